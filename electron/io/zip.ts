import { crc32 } from 'node:zlib';
import { AppFailure } from '../../shared/ipc/errors';

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const LOCAL_BYTES = 30;
const END_BYTES = 22;
const VERSION = 20;
const UTF8_FLAG = 0x0800;
const DATE_1980_01_01 = 0x0021;
const MAX_FIELD_16 = 0xfffe; // 0xffff would announce ZIP64
const MAX_FIELD_32 = 0xfffffffe;

export interface ZipLimits {
  readonly maxBytes: number;
  readonly maxEntries: number;
}

export const DEFAULT_ZIP_LIMITS: ZipLimits = { maxBytes: 2 ** 30, maxEntries: 20_000 };

/** Files by path; the order of the map is the order in the archive. */
export type ZipFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Writes a ZIP archive in its one canonical form: the same files in the same order are the same bytes.
 *
 * Stored without compression, dated 1980-01-01, UTF-8 names, no extra fields, no comments.
 *
 * @throws RangeError when a path is unsafe or the archive would need ZIP64
 */
export function writeZip(files: ZipFiles): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, content] of files) {
    if (!isSafePath(path)) throw new RangeError(`writeZip: unsafe path ${JSON.stringify(path)}`);
    const entry = describe(Buffer.from(path, 'utf8'), content);
    if (offset + content.length > MAX_FIELD_32) throw new RangeError('writeZip: 4 GiB or more');
    directory.push(centralHeader(entry, offset));
    const header = localHeader(entry);
    parts.push(header, content);
    offset += header.length + content.length;
  }
  if (files.size > MAX_FIELD_16) throw new RangeError('writeZip: too many files');
  return Buffer.concat([...parts, ...directoryEnd(directory, offset)]);
}

/**
 * Reads a ZIP archive that {@link writeZip} could have written, and refuses every other.
 *
 * Each header is made anew from the content and compared byte for byte, so nothing can hide in the
 * archive: no compression (hence no bomb), comment, extra field, attribute, gap, prefix or suffix.
 *
 * @returns views into `bytes`, not copies
 * @throws AppFailure BAD_DATA when the form differs, a path is unsafe or repeated, or a limit is exceeded
 */
export function readZip(bytes: Uint8Array, limits = DEFAULT_ZIP_LIMITS): ZipFiles {
  if (bytes.length > limits.maxBytes) throw refuse(`it is larger than ${limits.maxBytes} bytes`);
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const endAt = archive.length - END_BYTES;
  if (endAt < 0 || archive.readUInt32LE(endAt) !== END_SIGNATURE) {
    throw refuse('it does not end as a ZIP file without comment does');
  }
  const count = archive.readUInt16LE(endAt + 10);
  if (count > limits.maxEntries) throw refuse(`it has more than ${limits.maxEntries} files`);
  const files = new Map<string, Uint8Array>();
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (let i = 0; i < count; i += 1) {
    const entry = readEntry(archive, offset, i + 1);
    if (files.has(entry.path)) throw refuse(`${entry.path} is in it twice`);
    files.set(entry.path, entry.content);
    directory.push(centralHeader(entry, offset));
    offset += LOCAL_BYTES + entry.name.length + entry.content.length;
  }
  if (!Buffer.concat(directoryEnd(directory, offset)).equals(archive.subarray(offset))) {
    throw refuse('its directory is not in canonical form');
  }
  return files;
}

interface Entry {
  readonly name: Buffer;
  readonly content: Uint8Array;
  readonly crc: number;
}

function readEntry(
  archive: Buffer,
  offset: number,
  nth: number,
): Entry & { readonly path: string } {
  if (offset + LOCAL_BYTES > archive.length) throw refuse(`file ${nth} is cut off`);
  const nameEnd = offset + LOCAL_BYTES + archive.readUInt16LE(offset + 26);
  const contentEnd = nameEnd + archive.readUInt32LE(offset + 22);
  if (contentEnd > archive.length) throw refuse(`file ${nth} is cut off`);
  const name = archive.subarray(offset + LOCAL_BYTES, nameEnd);
  const entry = describe(name, archive.subarray(nameEnd, contentEnd));
  if (!localHeader(entry).equals(archive.subarray(offset, nameEnd))) {
    throw refuse(`the header of file ${nth} is not in canonical form, or its checksum is wrong`);
  }
  const path = name.toString('utf8');
  if (!Buffer.from(path, 'utf8').equals(name) || !isSafePath(path)) {
    throw refuse(`the path of file ${nth} is not safe`);
  }
  return { ...entry, path };
}

function describe(name: Buffer, content: Uint8Array): Entry {
  return { name, content, crc: crc32(content) };
}

/** Version to content size and name length: the 24 bytes that both headers share, without extra field. */
function sharedFields({ name, content, crc }: Entry): Buffer {
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_FLAG, 2);
  fields.writeUInt16LE(DATE_1980_01_01, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function localHeader(entry: Entry): Buffer {
  return Buffer.concat([uint32(LOCAL_SIGNATURE), sharedFields(entry), Buffer.alloc(2), entry.name]);
}

function centralHeader(entry: Entry, offset: number): Buffer {
  const version = uint32(VERSION).subarray(0, 2);
  const noExtras = Buffer.alloc(12); // extra field, comment, disk, attributes
  return Buffer.concat([
    uint32(CENTRAL_SIGNATURE),
    version,
    sharedFields(entry),
    noExtras,
    uint32(offset),
    entry.name,
  ]);
}

function directoryEnd(directory: readonly Uint8Array[], offset: number): Uint8Array[] {
  const end = Buffer.alloc(END_BYTES);
  const size = directory.reduce((sum, header) => sum + header.length, 0);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return [...directory, end];
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Relative, with `/`, no empty, `.` or `..` segment, no drive letter, no control character. */
function isSafePath(path: string): boolean {
  const isPlain = path.length > 0 && path.isWellFormed() && !/[\\:]|\p{Cc}/u.test(path);
  return isPlain && path.split('/').every((part) => !['', '.', '..'].includes(part));
}

function refuse(reason: string): AppFailure {
  return new AppFailure('BAD_DATA', `The ZIP file was refused: ${reason}.`);
}
