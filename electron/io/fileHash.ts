import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileFingerprint } from '../../shared/base/files';
import type { Progress } from '../../shared/ipc/messages';
import { badData, stopIfCancelled } from './badData';

const CHUNK_BYTES = 4 * 1024 ** 2;

export interface ReadScope {
  readonly signal: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

/** Tells one state of a file from another without reading it. */
interface FileState {
  readonly sizeBytes: number;
  readonly modifiedNs: bigint;
}

/** A file that has been read from end to end, and how to tell that it is still the same. */
export interface HashedFile {
  readonly fingerprint: FileFingerprint;
  /** @throws AppFailure BAD_DATA when the file was changed since it was hashed */
  checkUnchanged(): Promise<void>;
}

/**
 * SHA-256 of a file, read in pieces so that a large file takes no memory.
 *
 * @throws AppFailure BAD_DATA when it cannot be read or changes meanwhile, CANCELLED
 */
export async function hashFile(path: string, scope: ReadScope): Promise<FileFingerprint> {
  return (await hashAndWatch(path, scope)).fingerprint;
}

/**
 * As {@link hashFile}, for many files one after another: into one buffer, and never through a link.
 *
 * @param name what messages call the file, e.g. its path within a folder
 */
export async function hashFileInto(
  buffer: Uint8Array,
  path: string,
  name: string,
  scope: ReadScope,
): Promise<FileFingerprint> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0); // Windows has no such flag
  return (await readThrough(path, scope, () => buffer, { name, flags })).fingerprint;
}

/** As {@link hashFile}, for a reader that goes on to read the same file by its path. */
export async function hashAndWatch(path: string, scope: ReadScope): Promise<HashedFile> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  return readThrough(path, scope, () => buffer);
}

/**
 * Reads a whole file into shared memory and hashes it on the way: one pass over the disk.
 *
 * @returns the bytes on a SharedArrayBuffer, so that worker threads see them without a copy
 */
export async function readAndHash(
  path: string,
  scope: ReadScope,
): Promise<{ readonly hashed: HashedFile; readonly bytes: Uint8Array<SharedArrayBuffer> }> {
  let bytes = new Uint8Array(new SharedArrayBuffer(0));
  const hashed = await readThrough(path, scope, (offset, sizeBytes) => {
    if (bytes.length !== sizeBytes) bytes = new Uint8Array(new SharedArrayBuffer(sizeBytes));
    return bytes.subarray(offset, Math.min(offset + CHUNK_BYTES, sizeBytes));
  });
  return { hashed, bytes };
}

interface OpenedAs {
  /** In messages. */
  readonly name: string;
  readonly flags: string | number;
}

async function readThrough(
  path: string,
  scope: ReadScope,
  bufferAt: (offset: number, sizeBytes: number) => Uint8Array,
  { name: fileName, flags }: OpenedAs = { name: basename(path), flags: 'r' },
): Promise<HashedFile> {
  const handle = await openForReading(path, { name: fileName, flags });
  try {
    const before = await stateOf(handle);
    const hash = createHash('sha256');
    for (let offset = 0; offset < before.sizeBytes;) {
      stopIfCancelled(scope.signal);
      const buffer = bufferAt(offset, before.sizeBytes);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      if (bytesRead === 0) throw changedWhileRead(fileName);
      hash.update(buffer.subarray(0, bytesRead));
      offset += bytesRead;
      scope.progress?.({ fraction: offset / before.sizeBytes, activity: `Reading ${fileName}` });
    }
    if (!isSame(before, await stateOf(handle))) throw changedWhileRead(fileName);
    return {
      fingerprint: { fileName, sha256: hash.digest('hex'), sizeBytes: before.sizeBytes },
      checkUnchanged: () => checkState(path, before),
    };
  } finally {
    await handle.close();
  }
}

async function checkState(path: string, expected: FileState): Promise<void> {
  const handle = await openForReading(path);
  try {
    if (!isSame(expected, await stateOf(handle))) throw changedWhileRead(basename(path));
  } finally {
    await handle.close();
  }
}

async function stateOf(handle: FileHandle): Promise<FileState> {
  const stat = await handle.stat({ bigint: true });
  return { sizeBytes: Number(stat.size), modifiedNs: stat.mtimeNs };
}

function isSame(a: FileState, b: FileState): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedNs === b.modifiedNs;
}

/** @throws AppFailure BAD_DATA when there is no such file, it is a folder, or it may not be read */
export async function openForReading(
  path: string,
  { name: file, flags }: OpenedAs = { name: basename(path), flags: 'r' },
): Promise<FileHandle> {
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw badData(file, 'there is no such file.');
    if (error.code === 'EACCES' || error.code === 'EPERM')
      throw badData(file, 'you may not read this file.');
    throw badData(file, `the file cannot be opened (${error.code ?? 'unknown reason'}).`);
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw badData(file, 'this is not a file.');
}

function changedWhileRead(file: string) {
  return badData(file, 'the file changed while it was being read. Try again when it is complete.');
}
