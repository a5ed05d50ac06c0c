import { PersonId } from '../../shared/base/ids';
import { KeyOrigin, Person, type Role } from '../../shared/vault/person';
import type { Db } from '../db/openDatabase';
import type { KeyUse, PersonKey } from './personKeys';

/** A person as the database keeps them. */
export interface PersonRecord extends Person {
  readonly identityCheck: string;
  readonly createdAtUtc: string;
  readonly deactivatedAtUtc: string | null;
  readonly revision: number;
  /** Digest of the key slot that was last recorded; null for a workspace of the first Assay. */
  readonly slotSha256: string | null;
  /** How they came to their access, and who gave it to them. */
  readonly accessOrigin: KeyOrigin;
  readonly accessBy: PersonId | null;
}

/** Why a key is not used any more. */
export type RetiredReason = 'reset' | 'recovered' | 'deactivated' | 'replaced';

/** A person's key as others may see it. */
export interface PublicPersonKey {
  readonly keyId: string;
  readonly personId: PersonId;
  readonly printedName: string;
  readonly purpose: KeyUse;
  readonly publicKeyPem: string;
  readonly isRetired: boolean;
  readonly createdAtUtc: string;
  readonly retiredAtUtc: string | null;
  readonly retiredReason: RetiredReason | null;
  readonly origin: KeyOrigin;
  readonly authorisedBy: PersonId | null;
}

interface PersonRow {
  readonly id: string;
  readonly printed_name: string;
  readonly roles: string;
  readonly created_at_utc: string;
  readonly deactivated_at_utc: string | null;
  readonly revision: number;
  readonly identity_check?: string;
  readonly slot_sha256?: string | null;
  readonly access_origin?: string;
  readonly access_by?: string | null;
}

/** In a workspace that was not migrated yet, which can be checked as it is, the newer columns are missing. */
function fromPersonRow(row: PersonRow): PersonRecord {
  const roles: unknown = JSON.parse(row.roles);
  return {
    ...Person.parse({ id: row.id, printedName: row.printed_name, roles }),
    identityCheck: row.identity_check ?? '',
    createdAtUtc: row.created_at_utc,
    deactivatedAtUtc: row.deactivated_at_utc,
    revision: row.revision,
    slotSha256: row.slot_sha256 ?? null,
    accessOrigin: KeyOrigin.parse(row.access_origin ?? 'created'),
    accessBy: PersonId.nullable().parse(row.access_by ?? null),
  };
}

export type NewPerson = Pick<
  PersonRecord,
  keyof Person | 'identityCheck' | 'createdAtUtc' | 'slotSha256' | 'accessOrigin' | 'accessBy'
>;

export function insertPerson(db: Db, person: NewPerson): void {
  db.prepare(
    `INSERT INTO person
       (id, printed_name, roles, created_at_utc, identity_check, slot_sha256, access_origin, access_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    person.id,
    person.printedName,
    JSON.stringify(person.roles),
    person.createdAtUtc,
    person.identityCheck,
    person.slotSha256,
    person.accessOrigin,
    person.accessBy,
  );
}

/** Everyone there ever was, in the order in which they came. */
export function listPeople(db: Db): PersonRecord[] {
  return db
    .prepare<[], PersonRow>('SELECT * FROM person ORDER BY created_at_utc, id')
    .all()
    .map(fromPersonRow);
}

/** People who may sign in. */
export function listActivePeople(db: Db): PersonRecord[] {
  return listPeople(db).filter(({ deactivatedAtUtc }) => deactivatedAtUtc === null);
}

export function findPerson(db: Db, id: PersonId): PersonRecord | null {
  const row = db.prepare<[string], PersonRow>('SELECT * FROM person WHERE id = ?').get(id);
  return row === undefined ? null : fromPersonRow(row);
}

/** A name belongs to one person for ever, also after they have left; letter case does not count. */
export function isNameTaken(db: Db, printedName: string): boolean {
  return listPeople(db).some((one) => foldName(one.printedName) === foldName(printedName));
}

/** How names are compared: what people would read as the same name is the same. */
export function foldName(printedName: string): string {
  return printedName.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** @returns false when the person changed since they were read */
export function updateRoles(
  db: Db,
  { id, revision }: Pick<PersonRecord, 'id' | 'revision'>,
  roles: readonly Role[],
): boolean {
  const { changes } = db
    .prepare('UPDATE person SET roles = ?, revision = revision + 1 WHERE id = ? AND revision = ?')
    .run(JSON.stringify(roles), id, revision);
  return changes === 1;
}

/** @returns false when the person changed since they were read */
export function markDeactivated(
  db: Db,
  { id, revision }: Pick<PersonRecord, 'id' | 'revision'>,
  atUtc: string,
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE person SET deactivated_at_utc = ?, revision = revision + 1
       WHERE id = ? AND revision = ? AND deactivated_at_utc IS NULL`,
    )
    .run(atUtc, id, revision);
  return changes === 1;
}

/** Notes which slot a person has from now on. */
export function setSlot(db: Db, id: PersonId, slotSha256: string): void {
  db.prepare('UPDATE person SET slot_sha256 = ? WHERE id = ?').run(slotSha256, id);
}

/** Notes how a person got a new way in. */
export function setAccess(
  db: Db,
  id: PersonId,
  access: Pick<PersonRecord, 'accessOrigin' | 'accessBy'>,
): void {
  db.prepare(
    'UPDATE person SET access_origin = ?, access_by = ?, revision = revision + 1 WHERE id = ?',
  ).run(access.accessOrigin, access.accessBy, id);
}

export interface KeyFacts {
  readonly origin: KeyOrigin;
  readonly authorisedBy: PersonId | null;
  readonly createdAtUtc: string;
}

export function insertPersonKey(
  db: Db,
  personId: PersonId,
  key: PersonKey,
  { origin, authorisedBy, createdAtUtc }: KeyFacts,
): void {
  db.prepare(
    `INSERT INTO person_key (key_id, person_id, purpose, public_key_pem, nonce, wrapped_key,
       created_at_utc, origin, authorised_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    key.keyId,
    personId,
    key.purpose,
    key.publicKeyPem,
    key.nonce,
    key.wrappedKey,
    createdAtUtc,
    origin,
    authorisedBy,
  );
}

/** Ends every key a person has; what they signed before stays theirs. */
export function retireKeys(
  db: Db,
  personId: PersonId,
  reason: RetiredReason,
  retiredAtUtc: string,
): void {
  db.prepare(
    `UPDATE person_key SET retired_at_utc = ?, retired_reason = ?
     WHERE person_id = ? AND retired_at_utc IS NULL`,
  ).run(retiredAtUtc, reason, personId);
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

interface KeyRow {
  readonly key_id: string;
  readonly person_id: string;
  readonly printed_name: string;
  readonly purpose: KeyUse;
  readonly public_key_pem: string;
  readonly created_at_utc: string;
  readonly retired_at_utc: string | null;
  readonly retired_reason?: RetiredReason | null;
  readonly origin?: string;
  readonly authorised_by?: string | null;
}

/** Every key that ever was, active or retired. */
export function listKeys(db: Db): PublicPersonKey[] {
  return db
    .prepare<[], KeyRow>(
      `SELECT person_key.*, printed_name
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
      createdAtUtc: row.created_at_utc,
      retiredAtUtc: row.retired_at_utc,
      retiredReason: row.retired_reason ?? null,
      origin: KeyOrigin.parse(row.origin ?? 'created'),
      authorisedBy: PersonId.nullable().parse(row.authorised_by ?? null),
    }));
}
