import type { KeyObject } from 'node:crypto';
import type { Person } from '../../shared/vault/person';
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
import { migrate, type MigrationOutcome } from '../db/migrate';
import { openDatabase, type Db } from '../db/openDatabase';
import { copyForReading } from '../db/readingCopy';
import { sweepPartialFiles } from '../io/atomicWrite';
import { toFileFailure } from '../io/fileFailure';
import { openSlot, type KeySlot } from './keySlot';
import { deriveMasterKey } from './passphraseKey';
import { unwrapPersonKey, type KeyUse, type PersonKey } from './personKeys';
import { deriveChildKey } from './sealing';
import type { VaultFile } from './vaultFile';
import {
  findActiveKey,
  findWorkspace,
  listActivePeople,
  listKeys,
  type WorkspaceRecord,
} from './vaultRepo';
import { isWritable, type WorkspaceFiles } from './workspaceFolder';

/** The two keys a passphrase opens; whoever asked for them wipes them. */
export interface PassphraseKeys {
  readonly masterKey: Buffer;
  readonly dataKey: Buffer;
}

/** The encrypted file, open, and the log of heads beside it. */
export interface OpenFile {
  readonly db: Db;
  readonly heads: HeadsLog;
  readonly isReadOnly: boolean;
  readonly migration: MigrationOutcome | null;
  /** Removes what lies outside the workspace and wipes the key of the heads. */
  cleanUp(): void;
}

/** Null when the passphrase is wrong. */
export async function unwrapKeys(
  vault: VaultFile,
  slot: KeySlot,
  passphrase: string,
): Promise<PassphraseKeys | null> {
  const masterKey = await deriveMasterKey(passphrase, slot.kdf);
  const dataKey = openSlot(vault.workspaceId, slot, masterKey);
  if (dataKey !== null) return { masterKey, dataKey };
  masterKey.fill(0);
  return null;
}

/**
 * Opens the database of a workspace; where the folder cannot be written to, a private copy of it.
 *
 * @throws AppFailure CONFLICT (open elsewhere), INTEGRITY (damaged, newer), STORAGE
 */
export function openFile(
  files: WorkspaceFiles,
  workspaceId: string,
  dataKey: Buffer,
  canMigrate: boolean,
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
    const migration = canMigrate ? migrate(db, { keyHex, backupPathFor }) : null;
    const heads = createHeadsLog(files.heads, headsKey, workspaceId);
    return { db, heads, isReadOnly, migration, cleanUp };
  } catch (error) {
    db?.close();
    cleanUp();
    throw error;
  }
}

/** Whose database it is, who signs in, and their log key. */
export interface Identity {
  readonly workspace: WorkspaceRecord;
  readonly person: Person;
  readonly logKey: { readonly stored: PersonKey; readonly privateKey: KeyObject };
}

/** @throws AppFailure INTEGRITY when vault.json and the database do not belong together, FORBIDDEN */
export function identify(db: Db, vault: VaultFile, slot: KeySlot, masterKey: Buffer): Identity {
  const workspace = findWorkspace(db);
  if (workspace?.id !== vault.workspaceId) throw strangers();
  const person = listActivePeople(db).find(({ id }) => id === slot.personId);
  if (person === undefined) {
    throw new AppFailure('FORBIDDEN', 'This person may no longer sign in. Ask an administrator.');
  }
  const stored = findActiveKey(db, person.id, 'log');
  const owner = { workspaceId: workspace.id, personId: person.id };
  const privateKey = stored === null ? null : unwrapPersonKey(stored, owner, masterKey);
  if (stored === null || privateKey === null) throw strangers();
  return { workspace, person, logKey: { stored, privateKey } };
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
