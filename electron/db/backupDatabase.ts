import { chmodSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import { PARTIAL_SUFFIX, publishFile } from '../io/atomicWrite';
import { RESERVE_BYTES, requireFreeSpace } from '../io/freeSpace';
import { openDatabase, type Db } from './openDatabase';
import { toStorageFailure } from './storageFailure';

/**
 * Copies the whole database, encrypted with the same key, and proves the copy before it gets its name.
 *
 * `VACUUM INTO`, because SQLite's backup interface refuses encrypted files. Cost: O(size of the file).
 *
 * @throws AppFailure STORAGE when there is not room for twice the file and 64 MB; INTEGRITY when the copy
 *   does not hold what the original holds
 */
export function backUpDatabase(db: Db, path: string, keyHex: string): void {
  requireFreeSpace(dirname(path), 2 * statSync(db.name).size + RESERVE_BYTES, 'A backup');
  const partial = `${path}${PARTIAL_SUFFIX}`;
  try {
    vacuumInto(db, partial);
    compareCopy(db, partial, keyHex);
    publishFile(partial, path);
  } catch (error) {
    throw toStorageFailure(error) ?? error;
  } finally {
    removeDatabase(partial);
  }
}

/**
 * Writes a compact copy of the database, encrypted with the same key, as it is at this moment.
 *
 * Cost: O(size of the file), in one go.
 */
export function vacuumInto(db: Db, path: string): void {
  removeDatabase(path);
  db.prepare('VACUUM INTO ?').run(path);
  chmodSync(path, 0o600);
}

/** Removes a database file and whatever SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  rmSync(path, { force: true });
  removeJournals(path);
}

/** Removes what would be applied to a database when it is opened next: a file of the same name may be another one. */
export function removeJournals(path: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
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
export function contentCounts(db: Db): string {
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
