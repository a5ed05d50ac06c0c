import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { AppFailure } from '../../shared/ipc/errors';
import type { CallScope } from '../app/context';
import { cancelled } from '../io/badData';
import { openForReading } from '../io/fileHash';
import { toFileFailure } from '../io/fileFailure';
import {
  BadZip,
  listEntries,
  readEntry,
  sweepStoredZip,
  writeStoredZip,
  type ZipPart,
} from '../io/storedZip';
import {
  BACKUP_PARTS,
  MANIFEST_NAME,
  formatManifest,
  parseManifest,
  sealManifest,
  type BackupManifest,
  type BackupPart,
  type PartFacts,
  type UnsealedManifest,
} from './backupManifest';

export const BACKUP_EXTENSION = 'assaybackup';

/** `vault.json` and `backup.json` are read into memory; both are far smaller. */
const MOST_TEXT_BYTES = 2 ** 20;

export interface NewBackup {
  readonly facts: Omit<UnsealedManifest, 'parts'>;
  readonly sources: Readonly<Record<BackupPart, { readonly sizeBytes: number; open(): Readable }>>;
  readonly dataKey: Uint8Array;
}

/** A backup that was read from end to end and fits together. */
export interface BackupContents {
  readonly fileName: string;
  /** Of the whole file. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly manifest: BackupManifest;
  readonly vaultText: string;
}

/**
 * Writes one backup: `vault.json`, `assay.db`, `heads.log` and the manifest `backup.json`, stored in a ZIP.
 *
 * The database is encrypted page by page as it is in the workspace; `heads.log` holds sizes and digests.
 * `vault.json` is as readable as it is in the workspace's folder: names of people, salts and wrapped keys.
 * No record is in clear text.
 *
 * @throws AppFailure STORAGE, CANCELLED; the caller removes what was written then
 */
export async function writeBackupFile(
  path: string,
  { facts, sources, dataKey }: NewBackup,
  { signal, progress }: CallScope,
): Promise<BackupManifest> {
  const parts = new Map<BackupPart, PartFacts>();
  const totalBytes = BACKUP_PARTS.reduce((sum, name) => sum + sources[name].sizeBytes, 0);
  let writtenBytes = 0;
  let manifest: BackupManifest | null = null;
  const measured = BACKUP_PARTS.map((name): ZipPart => {
    const onBytes = (sizeBytes: number): void => {
      writtenBytes += sizeBytes;
      progress({ fraction: writtenBytes / totalBytes, activity: 'Writing the backup' });
    };
    const onEnd = (part: PartFacts): void => void parts.set(name, part);
    return { name, open: () => Readable.from(measure(sources[name].open(), onBytes, onEnd)) };
  });
  const last: ZipPart = {
    name: MANIFEST_NAME,
    open() {
      manifest = sealManifest({ ...facts, parts: allParts(parts) }, dataKey);
      return Readable.from([Buffer.from(formatManifest(manifest), 'utf8')]);
    },
  };
  try {
    await writeStoredZip(path, [...measured, last], signal);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw toFileFailure(error, path) ?? error;
  }
  if (manifest === null) throw new Error('the backup ended before its manifest');
  return manifest;
}

/** Where the encrypted parts go while a backup is read. */
export type SavePaths = ReadonlyMap<string, string>;

/**
 * Reads a backup from end to end: its form, its manifest, and the digest of every part.
 *
 * Needs no key: that the manifest is genuine is another check. The archive is stored, has four files of
 * known names, and must be byte for byte what its parts make, so nothing else can be in it.
 *
 * @param saveTo parts that are written out on the way; the caller removes them when this fails
 * @throws AppFailure BAD_DATA (not a backup, damaged, of a newer Assay), STORAGE, CANCELLED
 */
export async function readBackupFile(
  path: string,
  saveTo: SavePaths,
  scope: CallScope,
): Promise<BackupContents> {
  const fileName = basename(path);
  const file = await openForReading(path);
  try {
    return await readOpenFile(file, fileName, saveTo, scope);
  } catch (error) {
    if (scope.signal.aborted) throw cancelled();
    if (error instanceof BadZip) throw await describe(error, file, fileName);
    throw toFileFailure(error, saveTo.get('assay.db') ?? path) ?? error;
  } finally {
    await file.close();
  }
}

async function readOpenFile(
  file: FileHandle,
  fileName: string,
  saveTo: SavePaths,
  { signal, progress }: CallScope,
): Promise<BackupContents> {
  const { reader, entries } = await listEntries(file);
  const last = entries.find((entry) => entry.fileName === MANIFEST_NAME);
  if (last === undefined) throw new BadZip(`it holds no ${MANIFEST_NAME}`);
  const manifest = parseManifest(
    decode(await readEntry(reader, last, MOST_TEXT_BYTES), MANIFEST_NAME),
    fileName,
  );
  if (manifest === null) throw new BadZip(`${MANIFEST_NAME} is not as Assay writes it`);
  const names = entries.map((entry) => entry.fileName).join(', ');
  const expected = [...BACKUP_PARTS, MANIFEST_NAME].join(', ');
  if (names !== expected) throw new BadZip(`it holds ${names} instead of ${expected}`);
  const { size } = await file.stat();
  const digests = new Digests(saveTo);
  const swept = await digests.whileOpen(() =>
    sweepStoredZip(file, reader, entries, {
      signal,
      onBytes: (name, bytes) => digests.add(name, bytes),
      onCompared: (done) => progress({ fraction: done / size, activity: `Reading ${fileName}` }),
    }),
  );
  for (const name of BACKUP_PARTS) {
    const found = digests.of(name);
    const { sha256: promised, sizeBytes: promisedBytes } = manifest.parts[name];
    if (found.sha256 !== promised || found.sizeBytes !== promisedBytes) {
      throw new BadZip(`${name} is not the one that ${MANIFEST_NAME} names`);
    }
  }
  const vaultText = decode(digests.vaultBytes(), 'vault.json');
  return { fileName, ...swept, manifest, vaultText };
}

/** Measures parts while they stream by, keeps the small one and writes out what is wanted. */
class Digests {
  private readonly parts = new Map<string, { hash: ReturnType<typeof createHash>; size: number }>();
  private readonly targets = new Map<string, FileHandle>();
  private readonly vault: Buffer[] = [];

  constructor(private readonly saveTo: SavePaths) {}

  async add(name: string, bytes: Uint8Array): Promise<void> {
    const part = this.parts.get(name) ?? { hash: createHash('sha256'), size: 0 };
    part.hash.update(bytes);
    part.size += bytes.length;
    this.parts.set(name, part);
    if (name === 'vault.json') this.keep(bytes, part.size);
    await (await this.targetOf(name))?.writeFile(bytes);
  }

  of(name: BackupPart): PartFacts {
    const { hash, size } = this.parts.get(name) ?? { hash: createHash('sha256'), size: 0 };
    return { sha256: hash.copy().digest('hex'), sizeBytes: size };
  }

  vaultBytes(): Buffer {
    return Buffer.concat(this.vault);
  }

  /** Closes what was written out, however the reading ends. */
  async whileOpen<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } finally {
      for (const target of this.targets.values()) await target.close();
    }
  }

  private keep(bytes: Uint8Array, sizeBytes: number): void {
    if (sizeBytes > MOST_TEXT_BYTES) throw new BadZip('vault.json is too large');
    this.vault.push(Buffer.from(bytes));
  }

  private async targetOf(name: string): Promise<FileHandle | undefined> {
    const path = this.saveTo.get(name);
    if (path === undefined || this.targets.has(name)) return this.targets.get(name);
    const target = await open(path, 'wx', 0o600);
    this.targets.set(name, target);
    return target;
  }
}

async function* measure(
  source: Readable,
  onBytes: (sizeBytes: number) => void,
  onEnd: (part: PartFacts) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of source) {
    const bytes = chunk as Buffer; // no encoding is set on a source
    hash.update(bytes);
    sizeBytes += bytes.length;
    onBytes(bytes.length);
    yield bytes;
  }
  onEnd({ sha256: hash.digest('hex'), sizeBytes });
}

function allParts(parts: ReadonlyMap<BackupPart, PartFacts>): BackupManifest['parts'] {
  const of = (name: BackupPart): PartFacts => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`${name} was not written before the manifest`);
    return part;
  };
  return {
    'vault.json': of('vault.json'),
    'assay.db': of('assay.db'),
    'heads.log': of('heads.log'),
  };
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BadZip(`${name} is not text`);
  }
}

/** A backup that was damaged is another thing than a file that never was one. */
async function describe(error: BadZip, handle: FileHandle, file: string): Promise<AppFailure> {
  const start = Buffer.alloc(40);
  await handle.read(start, 0, start.length, 0);
  const isBackup = start.toString('latin1', 30, 40) === BACKUP_PARTS[0];
  const message = isBackup
    ? `${file} is a damaged or incomplete backup: ${error.message.replace(/\.+$/u, '')}. Nothing was changed. Use another copy of it, or an older backup.`
    : `${file} is not a backup of an Assay workspace. Nothing was changed. Choose a file that ends with .${BACKUP_EXTENSION}.`;
  return new AppFailure('BAD_DATA', message, { file, reason: error.message });
}
