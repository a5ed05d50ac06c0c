import type { FileSource } from '../../shared/base/files';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import {
  SHOWN_ARTEFACTS,
  type ArtefactCheck,
  type artefactChannels,
  type StagedArtefacts,
} from '../../shared/registry/artefactChannels';
import type { ArtefactFile } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { pickSourceFile, pickSourceFolder } from '../io/pickSource';
import { ARTEFACTS, requireVersion } from './registryService';

type Input<K extends keyof typeof artefactChannels> = InputOf<(typeof artefactChannels)[K]>;

/**
 * Hashes every file of a folder, or one file, ahead of registering a version.
 *
 * The files stay where they are: their paths, sizes and hashes are what is kept. Links are not followed;
 * they and what is no file are listed as refused.
 *
 * @returns sizes in bytes; at most {@link SHOWN_ARTEFACTS} files to look at, all of them counted
 * @throws AppFailure BAD_DATA (unreadable, changed meanwhile, too many files), INSUFFICIENT_DATA (no file),
 *   NOT_FOUND (token), CANCELLED (dialog closed or job stopped)
 */
export async function stageArtefacts(
  ctx: AppContext,
  input: Input<'registry.stageArtefacts'>,
): Promise<StagedArtefacts> {
  const path = await pickArtefacts(ctx, input, 'Artefacts of the model');
  const hashed = await ctx.jobs.run('registry.hashArtefacts', { path }, ctx);
  const { name, files, sizeBytes, rootSha256, refused } = hashed;
  if (files.length === 0) {
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      `There is no file in ${name}, so there is nothing to put into a manifest. Nothing was recorded. Choose the folder that holds the model.`,
      { n: 0, required: 1 },
    );
  }
  return {
    stageId: ctx.stages.put(ARTEFACTS, files),
    name,
    files: files.slice(0, SHOWN_ARTEFACTS),
    nFiles: files.length,
    sizeBytes,
    rootSha256,
    refused: refused.slice(0, SHOWN_ARTEFACTS),
    nRefused: refused.length,
  };
}

/**
 * Compares a folder, or one file, with the manifest that a version froze.
 *
 * @throws AppFailure NOT_FOUND (version or token), INSUFFICIENT_DATA (the version has no manifest), BAD_DATA
 *   (unreadable, changed meanwhile, too many files), CANCELLED (dialog closed or job stopped)
 */
export async function checkArtefacts(
  ctx: AppContext,
  input: Input<'registry.checkArtefacts'>,
): Promise<ArtefactCheck> {
  const manifest = requireArtefacts(ctx, input.versionId);
  const path = await pickArtefacts(ctx, input, 'Artefacts to compare');
  return ctx.jobs.run('registry.compareArtefacts', { path, manifest }, ctx);
}

/** @throws AppFailure NOT_FOUND, INSUFFICIENT_DATA when the version has no manifest */
export function requireArtefacts(
  ctx: Pick<AppContext, 'db'>,
  versionId: Parameters<typeof requireVersion>[1],
): readonly ArtefactFile[] {
  const { artefacts, modelName, version } = requireVersion(ctx, versionId).snapshot;
  if (artefacts !== undefined) return artefacts;
  throw new AppFailure(
    'INSUFFICIENT_DATA',
    `Version ${version} of ${modelName} was registered without artefacts, so there is no manifest. Nothing was changed. Register a new version with its artefacts.`,
    { n: 0, required: 1 },
  );
}

/** The folder or file that a call names, or that the person chooses. */
export function pickArtefacts(
  ctx: AppContext,
  { source, pick }: { readonly source: FileSource; readonly pick: 'folder' | 'file' },
  title: string,
): Promise<string> {
  return pick === 'folder'
    ? pickSourceFolder(ctx, source, title)
    : pickSourceFile(ctx, source, { title, extensions: [] });
}
