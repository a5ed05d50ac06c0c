import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { PacketCheck } from '../../shared/handoff/packetCheck';
import { formatBytes } from '../../shared/base/formatNumber';
import { AppFailure } from '../../shared/ipc/errors';
import { readZip, type ZipFiles } from '../io/zip';
import type { JobScope } from '../workers/jobRunner';
import { verifyPacket } from './verifyPacket';

/** A packet holds a few texts; anything larger is something else. */
const MAX_PACKET_BYTES = 64 * 2 ** 20;
const MAX_FILES = 1_000;

interface CheckInput {
  /** A ZIP file, or a folder with the same files. */
  readonly path: string;
  /** Fingerprints by printed name. */
  readonly trusted: Readonly<Record<string, string>>;
}

/**
 * Checks a hand-off packet; in a job process, because the file may come from anyone.
 *
 * @returns the steps of the check; files in another form than Assay writes are a failed step
 * @throws AppFailure BAD_DATA when it cannot be read at all, or is too large to be a packet
 */
export async function checkPacketFile(
  { path, trusted }: CheckInput,
  scope: JobScope,
): Promise<PacketCheck> {
  scope.progress({ fraction: null, activity: 'Checking the packet' });
  return verifyPacket(await readPacket(path), trusted);
}

async function readPacket(path: string): Promise<ZipFiles> {
  const file = basename(path);
  try {
    const state = await stat(path);
    if (state.isDirectory()) return await readFolder(path);
    if (state.size > MAX_PACKET_BYTES) throw tooLarge(file);
    return readZip(await readFile(path));
  } catch (error) {
    if (error instanceof AppFailure) throw error;
    throw new AppFailure(
      'BAD_DATA',
      `${file} cannot be read. Nothing was checked. See that it is there and may be opened.`,
      { file },
    );
  }
}

async function readFolder(folder: string): Promise<ZipFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  let sizeBytes = 0;
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = await lstat(path);
    sizeBytes += size;
    if (!entry.isFile() || files.size >= MAX_FILES || sizeBytes > MAX_PACKET_BYTES)
      throw tooLarge(basename(folder));
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  }
  return files;
}

function tooLarge(file: string): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `${file} is no hand-off packet: it holds links, more than ${MAX_FILES} files or more than ${formatBytes(MAX_PACKET_BYTES)}. Nothing was checked.`,
    { file },
  );
}
