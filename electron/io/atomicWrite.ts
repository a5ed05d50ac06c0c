import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { toFileFailure } from './fileFailure';

/** Ends the name of a file that is not whole yet; what a crash leaves under it may be deleted. */
export const PARTIAL_SUFFIX = '.partial';

/**
 * Writes a whole file in one step: after a crash it holds its old bytes or the new ones, never a part.
 *
 * @param mode permissions of the file, for its owner only unless told otherwise
 * @throws AppFailure STORAGE when it cannot be written; what stood under the name is unchanged then
 */
export function writeFileAtomically(
  path: string,
  content: Uint8Array | string,
  mode = 0o600,
): void {
  const partial = `${path}${PARTIAL_SUFFIX}`;
  try {
    rmSync(partial, { force: true });
    writeFileSync(partial, content, { flag: 'wx', mode, flush: true });
    renameSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw toFileFailure(error, path) ?? error;
  }
}

/**
 * Writes a file that gets its name inside the write which records it: both come into being, or neither.
 *
 * @param record makes the record; calls `publish` as the last step of its write
 * @returns what `record` answers
 * @throws AppFailure STORAGE when the file cannot be written, else what `record` throws; nothing is left of it then
 */
export function writeRecordedFile<T>(
  path: string,
  content: Uint8Array,
  record: (publish: () => void) => T,
): T {
  const partial = `${path}${PARTIAL_SUFFIX}`;
  try {
    rmSync(partial, { force: true });
    writeFileSync(partial, content, { flag: 'wx', mode: 0o600 });
    return record(() => publishFile(partial, path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw toFileFailure(error, path) ?? error;
  }
}

/** Gives a finished file its final name, so that it is there after a power loss. */
export function publishFile(partial: string, path: string): void {
  const file = openSync(partial, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
  syncFolder(dirname(path));
}

/** Makes names that were just created or changed in a folder durable. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // Windows has no handle for a folder and needs none
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** True for the name of a file that is not whole, or of what SQLite keeps beside it. */
export function isPartialName(name: string): boolean {
  return /\.partial(?:-wal|-shm|-journal)?$/.test(name);
}

/** Deletes what an interrupted write left behind. */
export function sweepPartialFiles(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (isPartialName(name)) rmSync(join(folder, name), { force: true });
  }
}
