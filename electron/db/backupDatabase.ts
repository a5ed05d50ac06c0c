import { chmodSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import { PARTIAL_SUFFIX, publishFile } from '../io/atomicWrite';
import { openDatabase, type Db } from './openDatabase';
import { toStorageFailure } from './storageFailure';

const RESERVE_BYTES = 64 * 2 ** 20;

/**
 * Copies the whole database, encrypted with the same key, and proves the copy before it gets its name.
 *
 * `VACUUM INTO`, because SQLite's backup interface refuses encrypted files. Cost: O(size of the file).
 *
 * @throws AppFailure STORAGE when there is not room for twice the file and 64 MB; INTEGRITY when the copy
 *   does not hold what the original holds
 */
export function backUpDatabase(db: Db, path: string, keyHex: string): void {
  requireSpace(db.name, dirname(path));
  const partial = `${path}${PARTIAL_SUFFIX}`;
  rmSync(partial, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(partial);
    chmodSync(partial, 0o600);
    compareCopy(db, partial, keyHex);
    publishFile(partial, path);
  } catch (error) {
    throw toStorageFailure(error) ?? error;
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${partial}${suffix}`, { force: true });
  }
}

function requireSpace(databasePath: string, folder: string): void {
  const neededBytes = 2 * statSync(databasePath).size + RESERVE_BYTES;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= neededBytes) return;
  throw new AppFailure(
    'STORAGE',
    `A backup needs ${Math.ceil(neededBytes / 2 ** 20)} MB of free disk space. Nothing was changed. Free some space and try again.`,
    { neededBytes, freeBytes: bavail * bsize },
  );
}

function compareCopy(db: Db, path: string, keyHex: string): void {
  const copy = openDatabase({ path, keyHex, isReadOnly: true });
  try {
    const isSound = copy.pragma('integrity_check', { simple: true }) === 'ok';
    if (isSound && contentCounts(copy) === contentCounts(db)) return;
  } finally {
    copy.close();
  }
  throw new AppFailure(
    'INTEGRITY',
    'The backup does not hold what the workspace holds. It was dropped.',
    {
      step: 'backup',
    },
  );
}

/** Schema version and number of rows of every table, as text. */
function contentCounts(db: Db): string {
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
    )
    .all();
  const counts = tables.map(({ name }) => {
    const count = db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get();
    return `${name}=${String(count)}`;
  });
  return [String(db.pragma('user_version', { simple: true })), ...counts].join(' ');
}
