import { z } from 'zod';
import { FileSource, Sha256Hex } from '../base/files';
import { ModelVersionId, StageId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { ExportedFile } from './exportChannels';
import { ArtefactFile } from './model';

const Count = z.number().int().nonnegative();

/** Files beyond this many are counted and recorded, but not sent to be looked at. */
export const SHOWN_ARTEFACTS = 1000;

/** Something in a folder that no manifest can speak for. */
const RefusedEntry = z.strictObject({
  path: z.string(),
  reason: z.enum(['link', 'special', 'name']),
});
export type RefusedEntry = z.infer<typeof RefusedEntry>;

const StagedArtefacts = z.strictObject({
  stageId: StageId,
  /** Name of the folder or file that was read. */
  name: z.string(),
  /** The first {@link SHOWN_ARTEFACTS}, in the order of the manifest. */
  files: z.array(ArtefactFile).readonly(),
  nFiles: Count,
  sizeBytes: Count,
  /** SHA-256 of the canonical JSON of the whole list of files. */
  rootSha256: Sha256Hex,
  /** Left out of the manifest; the first {@link SHOWN_ARTEFACTS}. */
  refused: z.array(RefusedEntry).readonly(),
  nRefused: Count,
});
export type StagedArtefacts = z.infer<typeof StagedArtefacts>;

/** How a folder differs from a manifest; lists hold the first {@link SHOWN_ARTEFACTS}. */
export const ArtefactCheck = z.strictObject({
  name: z.string(),
  nSame: Count,
  nChanged: Count,
  nMissing: Count,
  nExtra: Count,
  changed: z.array(z.string()).readonly(),
  missing: z.array(z.string()).readonly(),
  extra: z.array(z.string()).readonly(),
  refused: z.array(RefusedEntry).readonly(),
  nRefused: Count,
  isSame: z.boolean(),
});
export type ArtefactCheck = z.infer<typeof ArtefactCheck>;

/** Of one version; larger models stay where they are, or every backup would hold them. */
export const MOST_KEPT_BYTES = 64e6;

/** How much of a version's files is kept in the workspace. */
export const ArtefactCopy = z.strictObject({
  /** Of different content. */
  nFiles: Count,
  sizeBytes: Count,
  nKept: Count,
  isWhole: z.boolean(),
  /** More than {@link MOST_KEPT_BYTES}. */
  isTooLarge: z.boolean(),
});
export type ArtefactCopy = z.infer<typeof ArtefactCopy>;

const ArtefactCopyFile = ExportedFile.extend({ format: z.literal('files') });
export type ArtefactCopyFile = z.infer<typeof ArtefactCopyFile>;

export const artefactChannels = {
  /**
   * Hashes every file of a folder, or one file, for the manifest of a new version; nothing is stored until
   * the version is registered. INSUFFICIENT_DATA: there is no file in it.
   */
  'registry.stageArtefacts': channel({
    input: z.strictObject({
      source: FileSource,
      /** Which dialog asks where there is no token. */
      pick: z.enum(['folder', 'file']).default('folder'),
    }),
    output: StagedArtefacts,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA', 'INSUFFICIENT_DATA'],
  }),
  /** Compares a folder (or a file) with the manifest that a version froze. INSUFFICIENT_DATA: it has none. */
  'registry.checkArtefacts': channel({
    input: z.strictObject({
      versionId: ModelVersionId,
      source: FileSource,
      pick: z.enum(['folder', 'file']).default('folder'),
    }),
    output: ArtefactCheck,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA', 'INSUFFICIENT_DATA'],
  }),
  /** How much of a version's files is kept in the workspace. */
  'registry.artefactCopy': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: ArtefactCopy,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Copies the files of a version into the workspace. CONFLICT: they are more than a workspace keeps. */
  'registry.keepArtefacts': channel({
    input: z.strictObject({
      versionId: ModelVersionId,
      source: FileSource,
      pick: z.enum(['folder', 'file']).default('folder'),
    }),
    output: ArtefactCopy,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'INSUFFICIENT_DATA', 'CONFLICT'],
  }),
  /** Writes the kept files of a version into an archive. INSUFFICIENT_DATA: not all of it is kept. */
  'registry.saveArtefacts': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: ArtefactCopyFile,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'INSUFFICIENT_DATA'],
  }),
} as const;
