import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { formatBytes, formatCount } from '../../shared/base/formatNumber';
import type { ModelVersionId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import {
  MOST_KEPT_BYTES,
  type ArtefactCopyFile,
  type artefactChannels,
  type ArtefactCopy,
} from '../../shared/registry/artefactChannels';
import type { ArtefactFile } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { badData, cancelled, stopIfCancelled } from '../io/badData';
import { hashFile } from '../io/fileHash';
import { writeStoredZip } from '../io/storedZip';
import { toFileFailure } from '../io/fileFailure';
import { findKept, insertPiece, piecesOf, type KeptFile } from './artefactCopyRepo';
import { pickArtefacts, requireArtefacts } from './artefactService';
import { partialOf, pickExportFile, publishExport } from './exportFile';
import { requireVersion } from './registryService';

type Input<K extends keyof typeof artefactChannels> = InputOf<(typeof artefactChannels)[K]>;

/** Pieces of one transaction: some 20 ms, so that core answers others in between. */
const PIECE_BYTES = 2 ** 21;

/** How much of a version's files is kept in the workspace. @throws AppFailure NOT_FOUND */
export function artefactCopy(
  ctx: AppContext,
  { versionId }: Input<'registry.artefactCopy'>,
): ArtefactCopy {
  const files = distinct(requireVersion(ctx, versionId).snapshot.artefacts ?? []);
  return copyOf(ctx, files);
}

function copyOf({ db }: Pick<AppContext, 'db'>, files: readonly ArtefactFile[]): ArtefactCopy {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const lacking = lackingOf(db, files);
  return {
    nFiles: files.length,
    sizeBytes,
    nKept: files.length - lacking.length,
    isWhole: files.length > 0 && lacking.length === 0,
    isTooLarge: sizeBytes > MOST_KEPT_BYTES,
  };
}

/** The same content under several paths is one file. */
function distinct(files: readonly ArtefactFile[]): readonly ArtefactFile[] {
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}

/** A file that is not kept whole, and what is there of it. */
interface LackingFile extends ArtefactFile {
  readonly kept: KeptFile;
}

const NOTHING: KeptFile = { sizeBytes: 0, nPieces: 0 };

function lackingOf(db: AppContext['db'], files: readonly ArtefactFile[]): readonly LackingFile[] {
  const found = findKept(
    db,
    files.map(({ sha256 }) => sha256),
  );
  return files
    .map((file) => ({ ...file, kept: found.get(file.sha256) ?? NOTHING }))
    .filter(({ sizeBytes, kept }) => kept.nPieces === 0 || kept.sizeBytes !== sizeBytes);
}

/**
 * Copies the files of a version into the encrypted workspace, after comparing them with its manifest.
 *
 * Piece by piece, each a transaction with an event; what a cancelled copy has kept stays, and the next one goes
 * on from there. Files that are kept already, of whatever version, are not copied again.
 *
 * @throws AppFailure NOT_FOUND (version or token), INSUFFICIENT_DATA (no manifest), CONFLICT (too large to
 *   keep), BAD_DATA (a file is missing, differs from the manifest or cannot be read), CANCELLED, STORAGE
 */
export async function keepArtefacts(
  ctx: AppContext,
  input: Input<'registry.keepArtefacts'>,
): Promise<ArtefactCopy> {
  const { versionId } = input;
  const manifest = requireArtefacts(ctx, versionId);
  const files = distinct(manifest);
  const { sizeBytes, isTooLarge } = copyOf(ctx, files);
  if (isTooLarge) {
    throw new AppFailure(
      'CONFLICT',
      `These files are ${formatBytes(sizeBytes)} in all; at most ${formatBytes(MOST_KEPT_BYTES)} of a version are kept in a workspace. Nothing was copied. The manifest proves which files they are wherever they lie.`,
    );
  }
  const path = await pickArtefacts(ctx, input, 'Artefacts to keep a copy of');
  const found = await ctx.jobs.run('registry.compareArtefacts', { path, manifest }, ctx);
  if (found.nChanged + found.nMissing > 0) {
    throw badData(
      found.name,
      `${formatCount(found.nChanged)} files differ from the manifest and ${formatCount(found.nMissing)} are missing. Nothing was copied.`,
    );
  }
  const isFile = (await lstat(path)).isFile();
  const lacking = lackingOf(ctx.db, files);
  for (const [i, file] of lacking.entries()) {
    const activity = `Keeping file ${formatCount(i + 1)} of ${formatCount(lacking.length)}`;
    ctx.progress({ fraction: i / lacking.length, activity });
    await keepFile(ctx, versionId, isFile ? path : join(path, file.path), file);
  }
  return copyOf(ctx, files);
}

async function keepFile(
  ctx: AppContext,
  versionId: ModelVersionId,
  path: string,
  { path: name, sha256, sizeBytes, kept }: LackingFile,
): Promise<void> {
  const bytes = await readFile(path, { signal: ctx.signal }).catch((error: unknown) => {
    stopIfCancelled(ctx.signal);
    throw toFileFailure(error, path) ?? error;
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw badData(basename(path), 'it was changed while it was being copied.');
  let { sizeBytes: at, nPieces: ordinal } = kept;
  do {
    await setImmediate();
    stopIfCancelled(ctx.signal);
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    const after = { path: name, sha256, sizeBytes, keptBytes: at + piece.length };
    const row = { sha256, ordinal, bytes: piece };
    ctx.write('registry.artefactKept', versionId, { after }, (db) => insertPiece(db, row));
    at += piece.length;
    ordinal += 1;
  } while (at < bytes.length);
}

/**
 * Writes the kept files of a version into a ZIP archive, under the paths of its manifest.
 *
 * @throws AppFailure NOT_FOUND, INSUFFICIENT_DATA (no manifest, or not all of it is kept), INTEGRITY (a kept file
 *   is not what its digest says), CANCELLED, STORAGE
 */
export async function saveArtefacts(
  ctx: AppContext,
  { versionId }: Input<'registry.saveArtefacts'>,
): Promise<ArtefactCopyFile> {
  const manifest = requireArtefacts(ctx, versionId);
  const { nKept, nFiles, isWhole } = copyOf(ctx, distinct(manifest));
  if (!isWhole) {
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      `${formatCount(nKept)} of ${formatCount(nFiles)} files of this version are kept here. Nothing was written. Keep a copy of its folder first.`,
      { n: nKept, required: nFiles },
    );
  }
  const { modelName, version } = requireVersion(ctx, versionId).snapshot;
  const path = await pickExportFile(ctx, {
    title: `Files of ${modelName}, version ${version}`,
    name: `${modelName}-${version}-files`,
    extension: 'zip',
  });
  const partial = partialOf(path);
  const parts = manifest.map((file) => ({
    name: file.path,
    open: () => Readable.from(verified(ctx.db, file)),
  }));
  try {
    rmSync(partial, { force: true });
    await writeStoredZip(partial, parts, ctx.signal);
    const { sha256, sizeBytes } = await hashFile(partial, ctx);
    const facts = {
      action: 'registry.artefactsSaved',
      subject: versionId,
      format: 'files',
    } as const;
    return publishExport(ctx, path, { ...facts, sha256, sizeBytes });
  } catch (error) {
    if (ctx.signal.aborted) throw cancelled();
    throw toFileFailure(error, path) ?? error;
  } finally {
    rmSync(partial, { force: true });
  }
}

/** The pieces of a kept file; the last one comes only when the whole is what its digest says. */
function* verified(db: AppContext['db'], { path, sha256 }: ArtefactFile): Generator<Buffer> {
  const hash = createHash('sha256');
  for (const piece of piecesOf(db, sha256)) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== sha256) {
    throw new AppFailure(
      'INTEGRITY',
      `The kept copy of ${path} is not what its digest says. Nothing was written. Check the workspace in Settings.`,
      { step: 'artefactCopy' },
    );
  }
}
