import { closeSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppFailure } from '../../shared/ipc/errors';
import { migrations } from './migrations/index';
import { refuseNewer, schemaVersion } from './schemaVersion';
import { toStorageFailure } from './storageFailure';

/** The one connection to a workspace's encrypted file. */
export type Db = Database.Database;

export interface OpenOptions {
  readonly path: string;
  /** The 256-bit data key as 64 lowercase hex digits. */
  readonly keyHex: string;
  /** A database module built for this runtime; by default what the environment names. */
  readonly nativeBinding?: string | undefined;
  /** Refuses every write on this connection. The place of the file must be writable all the same. */
  readonly isReadOnly?: boolean;
  /** Makes the file when it is not there. */
  readonly canCreate?: boolean;
}

/** "ASAY": marks the file as ours. */
const APPLICATION_ID = 0x41534159;
/** A second window is refused within this time plus little. */
const BUSY_TIMEOUT_MS = 1000;
/** What the prebuilt module asks of its runtime; an older one does not throw, it crashes (ADR-0003). */
const PREBUILT_NODE_API = 10;

/** Set on every connection in this order and read back: name, value, what reading gives. */
export const CONNECTION_PRAGMAS = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['fullfsync', 'ON', 1],
  ['checkpoint_fullfsync', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['secure_delete', 'ON', 1],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['mmap_size', '0', 0],
  ['journal_size_limit', String(64 * 2 ** 20), 64 * 2 ** 20],
] as const;

/**
 * Opens the encrypted file with every setting of the product, or not at all.
 *
 * @throws AppFailure CONFLICT when another process has it open, INTEGRITY when the file is damaged, not
 *   ours, or of a newer Assay, STORAGE when the disk refuses
 */
export function openDatabase(options: OpenOptions): Db {
  const { path, nativeBinding = process.env['ASSAY_SQLITE_BINDING'] } = options;
  refuseOldRuntime(nativeBinding);
  const db = connect(path, nativeBinding, options.canCreate === true);
  try {
    unlockFile(db, options.keyHex);
    checkIdentity(db, options.canCreate === true);
    applyPragmas(db);
    if (options.canCreate === true) markAsOurs(db, path);
    if (options.isReadOnly === true) db.pragma('query_only = ON');
    return db;
  } catch (error) {
    db.close();
    throw toStorageFailure(error) ?? error;
  }
}

/** An empty database that never touches a disk, for looking at what migrations make. */
export function openMemoryDatabase(): Db {
  const nativeBinding = process.env['ASSAY_SQLITE_BINDING'];
  refuseOldRuntime(nativeBinding);
  return new Database(':memory:', nativeBinding ? { nativeBinding } : {});
}

function refuseOldRuntime(nativeBinding: string | undefined): void {
  if (nativeBinding || Number(process.versions['napi']) >= PREBUILT_NODE_API) return;
  throw new Error(
    `This runtime has Node-API ${process.versions['napi']}; the database module needs ${PREBUILT_NODE_API}, or ASSAY_SQLITE_BINDING must name one built for it.`,
  );
}

function connect(path: string, nativeBinding: string | undefined, canCreate: boolean): Db {
  const binding = nativeBinding ? { nativeBinding } : {};
  try {
    return new Database(path, { timeout: BUSY_TIMEOUT_MS, fileMustExist: !canCreate, ...binding });
  } catch (error) {
    throw toStorageFailure(error) ?? error;
  }
}

/** Writes every page anew under another key; only for a file that no other process can have open. */
export function replaceKey(db: Db, newKeyHex: string): void {
  expectPragma(db, 'journal_mode = DELETE', 'delete'); // in WAL mode the module refuses another key
  const key = rawKey(newKeyHex);
  db.rekey(key);
  key.fill(0);
}

/** The only place that shapes a key for SQLite: in another form it would be taken for a passphrase. */
function rawKey(keyHex: string): Buffer {
  if (!/^[0-9a-f]{64}$/.test(keyHex)) throw new Error('a data key is 64 lowercase hex digits');
  return Buffer.from(`x'${keyHex}'`, 'ascii');
}

function unlockFile(db: Db, keyHex: string): void {
  const key = rawKey(keyHex);
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.key(key);
  key.fill(0);
  // Before the first read: set later, a second process could still get in (ADR-0003).
  expectPragma(db, 'locking_mode = EXCLUSIVE', 'exclusive');
  expectPragma(db, 'cipher', 'sqlcipher');
  expectPragma(db, 'legacy', '4');
}

/** The first read; fails as "not a database" when the key or the file is wrong. */
function checkIdentity(db: Db, canCreate: boolean): void {
  const applicationId = Number(db.pragma('application_id', { simple: true }));
  const version = schemaVersion(db);
  const isNew = canCreate && applicationId === 0 && version === 0;
  if (applicationId !== APPLICATION_ID && !isNew) {
    throw new AppFailure('INTEGRITY', 'This file is not an Assay workspace. Nothing was changed.', {
      step: 'applicationId',
    });
  }
  refuseNewer(version, migrations.at(-1)?.version ?? 0);
}

function applyPragmas(db: Db): void {
  for (const [name, value, expected] of CONNECTION_PRAGMAS) {
    db.pragma(`${name} = ${value}`);
    expectPragma(db, name, expected);
  }
}

function expectPragma(db: Db, pragma: string, expected: string | number): void {
  const found = db.pragma(pragma, { simple: true });
  if (found !== expected) {
    throw new Error(`SQLite answers ${String(found)} to ${pragma}; ${expected} is required`);
  }
}

function markAsOurs(db: Db, path: string): void {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const start = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, start);
  } finally {
    closeSync(file);
  }
  if (start.every((byte) => byte === 0) || start.toString('latin1').startsWith('SQLite format 3')) {
    throw new Error('the new database file is not encrypted');
  }
}
