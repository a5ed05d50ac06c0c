import { createHash } from 'node:crypto';
import { createWriteStream, read } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable, type PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  RandomAccessReader,
  fromRandomAccessReaderPromise,
  type Entry,
  type ZipFile as ZipReader,
} from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';

/** One file of an archive; it is opened when its turn has come. */
export interface ZipPart {
  readonly name: string;
  open(): Readable;
}

/** The same for every file, so that the same parts in the same order are the same bytes. */
const FORM = {
  compress: false,
  mtime: new Date(1980, 0, 1),
  forceDosTimestamp: true,
  mode: 0o100600,
} as const;
/** More than any archive of ours will ever have; a forged count ends here. */
const MOST_ENTRIES = 64;

/** An archive says of itself something that cannot be. */
export class BadZip extends Error {}

/**
 * Writes an archive of any size: files are stored as they are, and stream through.
 *
 * Beyond 4 GiB it becomes ZIP64 by itself. The file is new and for its owner only; the caller removes it
 * when this fails.
 */
export async function writeStoredZip(
  path: string,
  parts: readonly ZipPart[],
  signal: AbortSignal,
): Promise<void> {
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(archiveOf(parts), target, { signal });
}

/** The list of what is in an archive. @throws BadZip */
export async function listEntries(
  file: FileHandle,
): Promise<{ readonly reader: ZipReader; readonly entries: readonly Entry[] }> {
  const entries: Entry[] = [];
  try {
    const { size } = await file.stat();
    const options = { strictFileNames: true, autoClose: false };
    const reader = await fromRandomAccessReaderPromise(
      new BoundedReader(file, size),
      size,
      options,
    );
    for await (const entry of reader.eachEntry()) {
      entries.push(entry);
      if (entries.length > MOST_ENTRIES) throw new BadZip('it has too many files');
    }
    return { reader, entries };
  } catch (error) {
    throw toBadZip(error);
  }
}

/** The bytes of a small file in an archive. @throws BadZip when it is larger than `maxBytes` */
export async function readEntry(
  reader: ZipReader,
  entry: Entry,
  maxBytes: number,
): Promise<Buffer> {
  if (entry.compressionMethod !== 0) throw new BadZip(`${entry.fileName} is compressed`);
  if (entry.uncompressedSize > maxBytes) throw new BadZip(`${entry.fileName} is too large`);
  try {
    return Buffer.concat(await (await reader.openReadStreamPromise(entry)).toArray());
  } catch (error) {
    throw toBadZip(error);
  }
}

export interface Sweep {
  readonly signal: AbortSignal;
  /** Gets the bytes of each file in order. */
  onBytes(name: string, bytes: Uint8Array): void | Promise<void>;
  /** Told how many bytes of the archive have been compared. */
  onCompared?(comparedBytes: number): void;
}

/**
 * Reads every file of an archive, and demands that it is byte for byte what {@link writeStoredZip} makes
 * of them.
 *
 * The archive is made anew from its files and compared, so nothing can hide in it: no attribute, comment,
 * gap, prefix or suffix.
 *
 * @returns SHA-256 and size of the archive
 * @throws BadZip when a byte differs
 */
export async function sweepStoredZip(
  file: FileHandle,
  reader: ZipReader,
  entries: readonly Entry[],
  sweep: Sweep,
): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const { size } = await file.stat();
  const hash = createHash('sha256');
  let offset = 0;
  try {
    for await (const remade of archiveOf(entries.map((entry) => partOf(reader, entry, sweep)))) {
      sweep.signal.throwIfAborted();
      const expected = remade as Buffer; // the archive is made of bytes
      const found = Buffer.allocUnsafe(expected.length);
      const { bytesRead } = await file.read(found, 0, found.length, offset);
      if (bytesRead < found.length || !found.equals(expected)) {
        throw new BadZip(`it differs near byte ${offset} from what its parts make`);
      }
      hash.update(found);
      offset += found.length;
      sweep.onCompared?.(offset);
    }
  } catch (error) {
    throw toBadZip(error);
  }
  if (offset !== size) throw new BadZip(`${size - offset} bytes follow its end`);
  return { sha256: hash.digest('hex'), sizeBytes: size };
}

function archiveOf(parts: readonly ZipPart[]): Readable {
  const zip = new ZipWriter();
  const output = zip.outputStream as PassThrough; // what the library makes, behind a narrower type
  zip.on('error', (error: Error) => output.destroy(error));
  for (const { name, open } of parts) {
    zip.addReadStreamLazy(name, FORM, (hand) => {
      try {
        const source = open();
        source.on('error', (error) => output.destroy(error));
        output.once('close', () => source.destroy());
        hand(null, source);
      } catch (error) {
        output.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
  zip.end();
  return output;
}

function partOf(reader: ZipReader, entry: Entry, { onBytes }: Sweep): ZipPart {
  async function* bytes(): AsyncGenerator<Buffer> {
    if (entry.compressionMethod !== 0) throw new BadZip(`${entry.fileName} is compressed`);
    for await (const chunk of await reader.openReadStreamPromise(entry)) {
      const found = chunk as Buffer; // the stream has no encoding set
      await onBytes(entry.fileName, found);
      yield found;
    }
  }
  return { name: entry.fileName, open: () => Readable.from(bytes()) };
}

const CHUNK_BYTES = 2 ** 18;

/** Reads within a file only: a forged offset is a finding, where the file system would throw. */
class BoundedReader extends RandomAccessReader {
  constructor(
    private readonly file: FileHandle,
    private readonly sizeBytes: number,
  ) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (!(position >= 0 && position + length <= this.sizeBytes)) {
      setImmediate(callback, new BadZip('it points past its end, or was cut off'));
      return;
    }
    read(this.file.fd, buffer, offset, length, position, (error, bytesRead) =>
      callback(error ?? (bytesRead < length ? new BadZip('it was cut off') : null)),
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(bytesBetween(this.file, start, end));
  }
}

async function* bytesBetween(file: FileHandle, start: number, end: number) {
  for (let at = start; at < end;) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw new BadZip('it was cut off');
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** What the library finds wrong has no code of its own; failures of the disk have one. */
function toBadZip(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof BadZip || 'code' in error) return error;
  return new BadZip(error.message);
}
