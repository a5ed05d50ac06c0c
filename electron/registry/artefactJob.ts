import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { formatCount } from '../../shared/base/formatNumber';
import { SHOWN_ARTEFACTS, type ArtefactCheck } from '../../shared/registry/artefactChannels';
import type { ArtefactFile } from '../../shared/registry/model';
import { badData } from '../io/badData';
import { hashFileInto } from '../io/fileHash';
import { walkFolder, type FolderWalk, type WalkedFile, type WalkedOther } from '../io/folderWalk';
import type { JobScope } from '../workers/jobRunner';

/** Every file of a folder with its hash. */
export interface HashedArtefacts {
  /** Name of the folder or file. */
  readonly name: string;
  readonly files: readonly ArtefactFile[];
  readonly sizeBytes: number;
  readonly rootSha256: string;
  readonly refused: readonly WalkedOther[];
}

const BUFFER_BYTES = 2 ** 20;

/**
 * Makes the manifest of a folder, or of one file (job `registry.hashArtefacts`).
 *
 * Files are read in pieces, so that a model of any size takes no memory. Links are not followed.
 *
 * @param input.path folder or file
 * @param input.ignored paths that are passed over, with everything under them
 * @returns files in the order of their paths' code points; sizes in bytes
 * @throws AppFailure BAD_DATA (a file that cannot be read or changes meanwhile, too many files), CANCELLED
 */
export async function hashArtefacts(
  input: { readonly path: string; readonly ignored?: readonly string[] },
  scope: JobScope,
): Promise<HashedArtefacts> {
  const name = basename(input.path);
  scope.progress({ fraction: null, activity: `Looking through ${name}` });
  const { root, walk } = await look(input.path, scope.signal, new Set(input.ignored));
  const files = await hashAll(root, walk.files, scope);
  return {
    name,
    files,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    rootSha256: createHash('sha256').update(canonicalJson(files)).digest('hex'),
    refused: walk.refused,
  };
}

/**
 * Compares a folder, or one file, with a manifest (job `registry.compareArtefacts`).
 *
 * @param input.path folder or file
 * @param input.manifest what it should hold
 * @throws AppFailure as {@link hashArtefacts}
 */
export async function compareArtefacts(
  input: { readonly path: string; readonly manifest: readonly ArtefactFile[] },
  scope: JobScope,
): Promise<ArtefactCheck> {
  return compareWith(await hashArtefacts(input, scope), input.manifest);
}

/** What differs between the files that are there and those that should be. */
export function compareWith(
  found: HashedArtefacts,
  manifest: readonly Pick<ArtefactFile, 'path' | 'sha256'>[],
): ArtefactCheck {
  const hashes = new Map(found.files.map(({ path, sha256 }) => [path, sha256]));
  const expected = new Set(manifest.map(({ path }) => path));
  const changed = manifest.filter(
    ({ path, sha256 }) => hashes.has(path) && hashes.get(path) !== sha256,
  );
  const missing = manifest.filter(({ path }) => !hashes.has(path));
  const extra = found.files.filter(({ path }) => !expected.has(path));
  const paths = (files: readonly Pick<ArtefactFile, 'path'>[]): string[] =>
    files.slice(0, SHOWN_ARTEFACTS).map(({ path }) => path);
  return {
    name: found.name,
    nSame: manifest.length - changed.length - missing.length,
    nChanged: changed.length,
    nMissing: missing.length,
    nExtra: extra.length,
    changed: paths(changed),
    missing: paths(missing),
    extra: paths(extra),
    refused: found.refused.slice(0, SHOWN_ARTEFACTS),
    nRefused: found.refused.length,
    isSame: changed.length + missing.length + extra.length + found.refused.length === 0,
  };
}

/** A file is a folder of one. */
async function look(
  path: string,
  signal: AbortSignal,
  ignored: ReadonlySet<string>,
): Promise<{ readonly root: string; readonly walk: FolderWalk }> {
  const name = basename(path);
  const stat = await lstat(path).catch(() => null);
  if (stat === null) throw badData(name, 'there is no such folder or file.');
  if (stat.isSymbolicLink()) throw badData(name, 'this is a link. Choose what it leads to.');
  if (stat.isDirectory()) return { root: path, walk: await walkFolder(path, signal, { ignored }) };
  if (!stat.isFile()) throw badData(name, 'this is neither a folder nor a file.');
  const file = { path: name, sizeBytes: stat.size };
  return { root: join(path, '..'), walk: { files: [file], refused: [] } };
}

/** Most of the time with small files is spent on opening and closing them, so a few are open at once. */
const LANES = 4;

async function hashAll(
  root: string,
  files: readonly WalkedFile[],
  { signal, progress }: JobScope,
): Promise<ArtefactFile[]> {
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const report = everySoOften(progress);
  const hashed: ArtefactFile[] = [];
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let [nStarted, nDone, doneBytes] = [0, 0, 0];
  async function lane(): Promise<void> {
    const buffer = new Uint8Array(BUFFER_BYTES);
    for (let i = nStarted++; i < files.length; i = nStarted++) {
      const { path, sizeBytes: expectedBytes } = files[i] ?? { path: '', sizeBytes: 0 };
      let readBytes = 0;
      const { sha256, sizeBytes } = await hashFileInto(buffer, join(root, path), path, {
        signal: either,
        progress: ({ fraction }) => {
          doneBytes += (fraction ?? 0) * expectedBytes - readBytes;
          readBytes = (fraction ?? 0) * expectedBytes;
          report({
            fraction: totalBytes === 0 ? 1 : Math.min(1, doneBytes / totalBytes),
            activity: `Hashing file ${formatCount(nDone + 1)} of ${formatCount(files.length)}`,
          });
        },
      });
      hashed[i] = { path, sizeBytes, sha256 };
      nDone += 1;
    }
  }
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    stop.abort(); // where one lane failed, the others have nothing to do any more
  }
  return hashed;
}

const REPORT_EVERY_MS = 50;

/** Many small files would say more than anybody can read. */
function everySoOften(report: JobScope['progress']): JobScope['progress'] {
  let lastMs = 0;
  return (progress) => {
    const nowMs = performance.now();
    if (nowMs - lastMs < REPORT_EVERY_MS) return;
    lastMs = nowMs;
    report(progress);
  };
}
