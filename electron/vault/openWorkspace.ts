import type { KeyObject } from 'node:crypto';
import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import {
  createHeadsLog,
  readPublicKey,
  verifyChain,
  type ChainFindings,
  type HeadsLog,
  type LogKey,
  type PublicKey,
} from '../audit/logService';
import { migrate, type MigrationRecord } from '../db/migrate';
import { openDatabase, type Db } from '../db/openDatabase';
import { copyForReading } from '../db/readingCopy';
import { sweepPartialFiles } from '../io/atomicWrite';
import { toFileFailure } from '../io/fileFailure';
import { openSlot, type KeySlot, type RecoverySlot, type SlotKeys } from './keySlot';
import { deriveMasterKey } from './passphraseKey';
import { unwrapPersonKey, type KeyUse, type PersonKey } from './personKeys';
import { deriveChildKey } from './sealing';
import type { VaultFile } from './vaultFile';
import { findActiveKey, findPerson, listKeys, type PersonRecord } from './peopleRepo';
import { findWorkspace, type WorkspaceRecord } from './vaultRepo';
import { isWritable, type WorkspaceFiles } from './workspaceFolder';

/** The encrypted file, open, and the log of heads beside it. */
export interface OpenFile {
  readonly db: Db;
  readonly heads: HeadsLog;
  readonly isReadOnly: boolean;
  /** Removes what lies outside the workspace and wipes the key of the heads. */
  cleanUp(): void;
}

/** Null when the passphrase, or the code of a recovery kit, is wrong. */
export async function unwrapKeys(
  { workspaceId }: Pick<VaultFile, 'workspaceId'>,
  slot: KeySlot | RecoverySlot,
  passphrase: string,
): Promise<SlotKeys | null> {
  const masterKey = await deriveMasterKey(passphrase, slot.kdf);
  try {
    return await openSlot(workspaceId, slot, masterKey);
  } finally {
    masterKey.fill(0);
  }
}

export function wipe({ personKek, dataKey }: SlotKeys): void {
  personKek.fill(0);
  dataKey.fill(0);
}

/**
 * Opens the database of a workspace; where the folder cannot be written to, a private copy of it.
 *
 * @param record how a migration is recorded, in the copy too; null leaves the file at its version
 * @throws AppFailure CONFLICT (open elsewhere), INTEGRITY (damaged, newer), STORAGE
 */
export function openFile(
  files: WorkspaceFiles,
  workspaceId: string,
  dataKey: Buffer,
  record: MigrationRecord | null,
): OpenFile {
  const isReadOnly = !isWritable(files);
  const copy = isReadOnly ? tryCopy(files.database) : null;
  const headsKey = deriveChildKey(dataKey, 'assay/heads/v1');
  const cleanUp = (): void => {
    headsKey.fill(0);
    copy?.remove();
  };
  let db: Db | null = null;
  try {
    const keyHex = dataKey.toString('hex');
    db = openDatabase({ path: copy?.path ?? files.database, keyHex });
    if (!isReadOnly) sweepPartialFiles(files.folder);
    const backupPathFor = isReadOnly ? null : (v: number) => `${files.database}.v${v}.bak`;
    if (record !== null) migrate(db, { keyHex, backupPathFor, record });
    const heads = createHeadsLog(files.heads, headsKey, workspaceId);
    return { db, heads, isReadOnly, cleanUp };
  } catch (error) {
    db?.close();
    cleanUp();
    throw error;
  }
}

/** Whose database it is, who signs in, and their log key. */
export interface Identity {
  readonly workspace: WorkspaceRecord;
  readonly person: PersonRecord;
  readonly logKey: { readonly stored: PersonKey; readonly privateKey: KeyObject };
}

/** @throws AppFailure INTEGRITY when vault.json and the database do not belong together, FORBIDDEN */
export function identify(
  db: Db,
  vault: VaultFile,
  personId: PersonId,
  personKek: Buffer,
): Identity {
  const { workspace, person } = requireActive(db, vault, personId);
  const stored = findActiveKey(db, person.id, 'log');
  if (stored === null) throw accessWasReset();
  const owner = { workspaceId: workspace.id, personId: person.id };
  const privateKey = unwrapPersonKey(stored, owner, personKek);
  if (privateKey === null) throw strangers();
  return { workspace, person, logKey: { stored, privateKey } };
}

/** @throws AppFailure INTEGRITY when vault.json and the database do not belong together, FORBIDDEN */
export function requireActive(
  db: Db,
  vault: VaultFile,
  personId: PersonId,
): { readonly workspace: WorkspaceRecord; readonly person: PersonRecord } {
  const workspace = findWorkspace(db);
  if (workspace?.id !== vault.workspaceId) throw strangers();
  const person = findPerson(db, personId);
  if (person === null || person.deactivatedAtUtc !== null) {
    throw new AppFailure('FORBIDDEN', 'This person may no longer sign in. Ask an administrator.');
  }
  return { workspace, person };
}

/** Every log key by its identifier; one that is not what it is named after is left out. */
export function logKeysById(db: Db): ReadonlyMap<string, LogKey> {
  return publicKeysById(db, 'log');
}

/** The public keys for one purpose; one that is not what it is named after is left out. */
export function publicKeysById(db: Db, purpose: KeyUse): ReadonlyMap<string, LogKey> {
  const keys = new Map<string, LogKey>();
  for (const key of listKeys(db)) {
    if (key.purpose !== purpose) continue;
    const publicKey = tryReadKey(key.publicKeyPem);
    if (publicKey?.fingerprint === key.keyId)
      keys.set(key.keyId, { publicKey, personId: key.personId });
  }
  return keys;
}

/** Null when the text is not an Ed25519 key. */
export function tryReadKey(publicKeyPem: string): PublicKey | null {
  try {
    return readPublicKey(publicKeyPem);
  } catch {
    return null;
  }
}

/** Enough that a forger at the desk is found at once; the rest is checked on demand. */
const SIGNATURES_CHECKED_AT_OPEN = 2000;

/**
 * Checks the log at sign-in: all of it but the signatures of old events, and the newest head outside.
 *
 * @throws AppFailure INTEGRITY naming the first event that does not fit
 */
export async function requireSoundLog(db: Db, heads: HeadsLog, workspaceId: string): Promise<void> {
  const nEvents = Number(db.prepare('SELECT count(*) FROM audit_event').pluck().get());
  // The newest head vouches for all before it: its root covers them.
  const newest = heads.newest();
  const findings = await verifyChain(db, {
    workspaceId,
    keys: logKeysById(db),
    heads: newest === null ? [] : [newest],
    signaturesFromSeq: nEvents - SIGNATURES_CHECKED_AT_OPEN + 1,
  });
  if (findings.broken !== null) throw brokenLog(findings.broken);
}

function brokenLog({ seq, problem }: NonNullable<ChainFindings['broken']>): AppFailure {
  return new AppFailure(
    'INTEGRITY',
    `The audit log of this workspace was changed outside Assay: event ${seq}: ${problem}. Nothing was changed now. Keep this folder as it is, restore the latest backup into a new folder, and run "assay workspace check" on this one for the details.`,
    { step: 'auditLog', seq, problem },
  );
}

function accessWasReset(): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    'Your access was reset, and this passphrase no longer opens it. Ask the administrator for the one-time passphrase, or for another reset.',
  );
}

function strangers(): AppFailure {
  return new AppFailure(
    'INTEGRITY',
    'vault.json and assay.db in this folder do not belong together. Nothing was changed. Restore both from the same backup into a new folder.',
    { step: 'workspace' },
  );
}

function tryCopy(path: string): ReturnType<typeof copyForReading> {
  try {
    return copyForReading(path);
  } catch (error) {
    throw toFileFailure(error, path) ?? error;
  }
}
