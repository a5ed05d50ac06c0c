import type { Meaning, Signature } from '../../shared/audit/signature';
import { PersonId, SignatureId, WorkspaceId } from '../../shared/base/ids';
import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';

export interface WorkspaceRecord {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly isSample: boolean;
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

/** Says that somebody left who knows the data key, or that it has been replaced since. */
export function setKeyChangeDue(db: Db, isDue: boolean): void {
  db.prepare('UPDATE workspace SET is_key_change_due = ?').run(isDue ? 1 : 0);
}

export function isKeyChangeDue(db: Db): boolean {
  return db.prepare('SELECT is_key_change_due FROM workspace').pluck().get() === 1;
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

export function insertSignature(db: Db, signature: StoredSignature): void {
  preparedStatement(
    db,
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

/** By the size of the log that each was made on: a clock can go back, the log cannot. */
const IN_ORDER = "ORDER BY json_extract(CAST(statement AS TEXT), '$.logSize'), id";

/** Signatures under one record, oldest first. */
export function findSignatures(db: Db, recordType: string, recordId: string): StoredSignature[] {
  return db
    .prepare<[string, string], SignatureRow>(
      `SELECT * FROM signature WHERE record_type = ? AND record_id = ? ${IN_ORDER}`,
    )
    .all(recordType, recordId)
    .map(fromSignatureRow);
}

export function listAllSignatures(db: Db): StoredSignature[] {
  return db
    .prepare<[], SignatureRow>(`SELECT * FROM signature ${IN_ORDER}`)
    .all()
    .map(fromSignatureRow);
}
