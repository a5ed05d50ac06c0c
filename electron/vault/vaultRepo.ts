import type { Meaning, Signature } from '../../shared/audit/signature';
import { PersonId, SignatureId, WorkspaceId } from '../../shared/base/ids';
import { Person } from '../../shared/vault/person';
import type { Db } from '../db/openDatabase';
import type { KeyUse, PersonKey } from './personKeys';

export interface WorkspaceRecord {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly isSample: boolean;
}

/** A person's key as others may see it. */
export interface PublicPersonKey {
  readonly keyId: string;
  readonly personId: PersonId;
  readonly printedName: string;
  readonly purpose: KeyUse;
  readonly publicKeyPem: string;
  readonly isRetired: boolean;
}

/** A signature with the exact bytes that were signed. */
export interface StoredSignature extends Signature {
  readonly recordType: string;
  readonly recordId: string;
  readonly statement: Uint8Array;
}

export function insertWorkspace(db: Db, record: WorkspaceRecord, createdAtUtc: string): void {
  db.prepare(
    'INSERT INTO workspace (one, id, name, is_sample, created_at_utc) VALUES (1, ?, ?, ?, ?)',
  ).run(record.id, record.name, record.isSample ? 1 : 0, createdAtUtc);
}

export function findWorkspace(db: Db): WorkspaceRecord | null {
  const row = db
    .prepare<[], { id: string; name: string; is_sample: number }>(
      'SELECT id, name, is_sample FROM workspace',
    )
    .get();
  if (row === undefined) return null;
  return { id: WorkspaceId.parse(row.id), name: row.name, isSample: row.is_sample === 1 };
}

export function insertPerson(db: Db, person: Person, createdAtUtc: string): void {
  db.prepare(
    'INSERT INTO person (id, printed_name, roles, created_at_utc) VALUES (?, ?, ?, ?)',
  ).run(person.id, person.printedName, JSON.stringify(person.roles), createdAtUtc);
}

/** People who may sign in. */
export function listActivePeople(db: Db): Person[] {
  return db
    .prepare<[], { id: string; printed_name: string; roles: string }>(
      'SELECT id, printed_name, roles FROM person WHERE deactivated_at_utc IS NULL ORDER BY id',
    )
    .all()
    .map(({ id, printed_name: printedName, roles }) =>
      Person.parse({ id, printedName, roles: JSON.parse(roles) as unknown }),
    );
}

export function insertPersonKey(
  db: Db,
  personId: PersonId,
  key: PersonKey,
  createdAtUtc: string,
): void {
  db.prepare(
    `INSERT INTO person_key
       (key_id, person_id, purpose, public_key_pem, nonce, wrapped_key, created_at_utc)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    key.keyId,
    personId,
    key.purpose,
    key.publicKeyPem,
    key.nonce,
    key.wrappedKey,
    createdAtUtc,
  );
}

export function findActiveKey(db: Db, personId: PersonId, purpose: KeyUse): PersonKey | null {
  const row = db
    .prepare<
      [string, string],
      { key_id: string; public_key_pem: string; nonce: Buffer; wrapped_key: Buffer }
    >(
      `SELECT key_id, public_key_pem, nonce, wrapped_key FROM person_key
       WHERE person_id = ? AND purpose = ? AND retired_at_utc IS NULL`,
    )
    .get(personId, purpose);
  if (row === undefined) return null;
  const { key_id: keyId, public_key_pem: publicKeyPem, nonce, wrapped_key: wrappedKey } = row;
  return { keyId, purpose, publicKeyPem, nonce, wrappedKey };
}

/** Every key that ever was, active or retired. */
export function listKeys(db: Db): PublicPersonKey[] {
  return db
    .prepare<
      [],
      {
        key_id: string;
        person_id: string;
        printed_name: string;
        purpose: KeyUse;
        public_key_pem: string;
        retired_at_utc: string | null;
      }
    >(
      `SELECT key_id, person_id, printed_name, purpose, public_key_pem, retired_at_utc
       FROM person_key JOIN person ON person.id = person_key.person_id
       ORDER BY person_key.created_at_utc, key_id`,
    )
    .all()
    .map((row) => ({
      keyId: row.key_id,
      personId: PersonId.parse(row.person_id),
      printedName: row.printed_name,
      purpose: row.purpose,
      publicKeyPem: row.public_key_pem,
      isRetired: row.retired_at_utc !== null,
    }));
}

export function insertSignature(db: Db, signature: StoredSignature): void {
  db.prepare(
    `INSERT INTO signature
       (id, record_type, record_id, record_sha256, person_id, printed_name, meaning, reason,
        signed_at_utc, utc_offset_minutes, key_id, statement, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    signature.id,
    signature.recordType,
    signature.recordId,
    signature.recordSha256,
    signature.personId,
    signature.printedName,
    signature.meaning,
    signature.reason,
    signature.signedAtUtc,
    signature.utcOffsetMinutes,
    signature.keyId,
    signature.statement,
    Buffer.from(signature.signatureBase64, 'base64'),
  );
}

interface SignatureRow {
  readonly id: string;
  readonly record_type: string;
  readonly record_id: string;
  readonly record_sha256: string;
  readonly person_id: string;
  readonly printed_name: string;
  readonly meaning: Meaning;
  readonly reason: string;
  readonly signed_at_utc: string;
  readonly utc_offset_minutes: number;
  readonly key_id: string;
  readonly statement: Buffer;
  readonly signature: Buffer;
}

function fromSignatureRow(row: SignatureRow): StoredSignature {
  return {
    id: SignatureId.parse(row.id),
    recordType: row.record_type,
    recordId: row.record_id,
    recordSha256: row.record_sha256,
    personId: PersonId.parse(row.person_id),
    printedName: row.printed_name,
    meaning: row.meaning,
    reason: row.reason,
    signedAtUtc: row.signed_at_utc,
    utcOffsetMinutes: row.utc_offset_minutes,
    keyId: row.key_id,
    statement: row.statement,
    signatureBase64: row.signature.toString('base64'),
  };
}

/** Signatures under one record, oldest first. */
export function findSignatures(db: Db, recordType: string, recordId: string): StoredSignature[] {
  return db
    .prepare<[string, string], SignatureRow>(
      'SELECT * FROM signature WHERE record_type = ? AND record_id = ? ORDER BY signed_at_utc, id',
    )
    .all(recordType, recordId)
    .map(fromSignatureRow);
}

export function listAllSignatures(db: Db): StoredSignature[] {
  return db
    .prepare<[], SignatureRow>('SELECT * FROM signature ORDER BY signed_at_utc, id')
    .all()
    .map(fromSignatureRow);
}
