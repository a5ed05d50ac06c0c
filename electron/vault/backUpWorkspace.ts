import {
  createReadStream,
  existsSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { AppFailure } from '../../shared/ipc/errors';
import type { CallScope } from '../app/context';
import { currentHead } from '../audit/logService';
import { contentCounts, removeDatabase } from '../db/backupDatabase';
import { openDatabase, type Db } from '../db/openDatabase';
import { schemaVersion } from '../db/schemaVersion';
import { toStorageFailure } from '../db/storageFailure';
import { PARTIAL_SUFFIX } from '../io/atomicWrite';
import { cancelled } from '../io/badData';
import { toFileFailure } from '../io/fileFailure';
import { RESERVE_BYTES, requireFreeSpace } from '../io/freeSpace';
import { scaleScope } from '../io/scaleProgress';
import { readBackupFile, writeBackupFile, type BackupContents, type NewBackup } from './backupFile';
import { formatManifest, requireGenuine, type BackupManifest } from './backupManifest';
import { requireDescribed, unlike } from './backupProof';
import { parseVaultFile } from './vaultFile';
import type { WorkspaceFiles } from './workspaceFolder';

/** The open workspace that is to be copied. */
export interface BackupSource {
  /** For reading. */
  readonly db: Db;
  readonly files: WorkspaceFiles;
  readonly workspace: Pick<BackupManifest, 'workspaceId' | 'workspaceName'>;
  readonly appVersion: string;
  readonly createdAtUtc: string;
  copyDatabase(path: string): void;
}

/** A whole and verified backup that has not got its name yet. */
export interface VerifiedBackup extends BackupContents {
  readonly partialPath: string;
}

interface Snapshot extends NewBackup {
  readonly counts: string;
}

/**
 * Writes a backup beside its final name, reads it again, and proves it by opening what was read.
 *
 * The state that goes into it is taken in one moment; records that are written meanwhile are not in it.
 * The encrypted copy of the database lies in the workspace's folder while this runs, where the next
 * sign-in sweeps what a killed process has left.
 *
 * @param publish gives the file its name; called once, after everything was verified. When it fails, or
 *   anything before it, nothing stays
 * @throws AppFailure CONFLICT (inside the workspace's own folder), NOT_FOUND (no such folder), STORAGE,
 *   INTEGRITY, CANCELLED
 * Cost: O(size of the workspace) on the disk: written twice, read twice; memory stays flat
 */
export async function backUpWorkspace<T>(
  source: BackupSource,
  path: string,
  dataKey: Uint8Array,
  scope: CallScope,
  publish: (backup: VerifiedBackup) => T,
): Promise<T> {
  const partialPath = `${path}${PARTIAL_SUFFIX}`;
  const copy = `${source.files.database}.backup${PARTIAL_SUFFIX}`;
  requireOtherFolder(source.files.folder, path);
  requireRoom(source, path);
  try {
    scope.progress({ fraction: 0, activity: 'Copying the database' });
    await setImmediate(); // lets the message out before the one step that cannot be interrupted
    if (scope.signal.aborted) throw cancelled();
    rmSync(partialPath, { force: true });
    const snapshot = takeSnapshot(source, copy, dataKey);
    const written = await writeBackupFile(partialPath, snapshot, scaleScope(scope, 0.1, 0.5));
    removeDatabase(copy);
    const saved = new Map([['assay.db', copy]]);
    const contents = await readBackupFile(partialPath, saved, scaleScope(scope, 0.5, 0.95));
    scope.progress({ fraction: 0.95, activity: 'Opening what was written' });
    await setImmediate();
    if (scope.signal.aborted) throw cancelled();
    prove(contents, written, snapshot, copy);
    removeDatabase(copy); // makes room for the event
    return publish({ ...contents, partialPath, fileName: basename(path) });
  } catch (error) {
    throw toStorageFailure(error) ?? toFileFailure(error, path) ?? error;
  } finally {
    removeDatabase(copy);
    rmSync(partialPath, { force: true });
  }
}

/** Everything at one moment: no other call runs in between. */
function takeSnapshot(source: BackupSource, copy: string, dataKey: Uint8Array): Snapshot {
  const { db, files, workspace, appVersion, createdAtUtc } = source;
  source.copyDatabase(copy);
  const vault = readFileSync(files.vault);
  const heads = existsSync(files.heads) ? readFileSync(files.heads) : Buffer.alloc(0);
  const facts = {
    format: 'assay/backup' as const,
    v: 1 as const,
    ...workspace,
    appVersion,
    schemaVersion: schemaVersion(db),
    createdAtUtc,
    log: currentHead(db),
  };
  const sources = {
    'vault.json': sourceOf(vault),
    'assay.db': {
      sizeBytes: statSync(copy).size,
      open: () => createReadStream(copy, { highWaterMark: 2 ** 18 }),
    },
    'heads.log': sourceOf(heads),
  };
  return { facts, sources, dataKey, counts: contentCounts(db) };
}

function sourceOf(bytes: Buffer): { readonly sizeBytes: number; open(): Readable } {
  return { sizeBytes: bytes.length, open: () => Readable.from(pieces(bytes)) };
}

/** Small enough that core answers other calls in between. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  const pieceBytes = 2 ** 18;
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Opens the database that came out of the written file, and compares it with the live one. */
function prove(
  { manifest, vaultText }: BackupContents,
  written: BackupManifest,
  { dataKey, counts }: Snapshot,
  copy: string,
): void {
  requireGenuine(manifest, dataKey);
  if (formatManifest(manifest) !== formatManifest(written)) throw unlike('its manifest changed');
  if (parseVaultFile(vaultText).workspaceId !== manifest.workspaceId) {
    throw unlike('its vault.json is of another workspace');
  }
  const keyHex = Buffer.from(dataKey).toString('hex');
  const db = openDatabase({ path: copy, keyHex, isReadOnly: true });
  try {
    requireDescribed(db, manifest);
    if (contentCounts(db) !== counts) throw unlike('its tables hold another number of rows');
  } finally {
    db.close();
  }
}

/** A backup in the folder of the workspace is lost with it, and could overwrite a file of it. */
function requireOtherFolder(folder: string, path: string): void {
  const file = basename(path);
  if (!existsSync(dirname(path))) {
    throw new AppFailure(
      'NOT_FOUND',
      `There is no folder ${dirname(path)} for ${file}. Nothing was written. Choose another place.`,
    );
  }
  if (realpathSync(dirname(path)) !== realpathSync(folder)) return;
  throw new AppFailure(
    'CONFLICT',
    `${file} would lie in the folder of the workspace itself and be lost with it. Nothing was written. Choose another folder, best on another disk.`,
  );
}

/** Once for the copy in the workspace's folder, once for the backup; together where they share a disk. */
function requireRoom({ db, files }: BackupSource, path: string): void {
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }));
  const databaseBytes = pragma('page_count') * pragma('page_size');
  const folder = dirname(path);
  if (statSync(folder).dev === statSync(files.folder).dev) {
    requireFreeSpace(folder, 2 * databaseBytes + RESERVE_BYTES, 'A backup');
    return;
  }
  requireFreeSpace(files.folder, databaseBytes + RESERVE_BYTES, 'A backup');
  requireFreeSpace(folder, databaseBytes + RESERVE_BYTES, 'A backup');
}
