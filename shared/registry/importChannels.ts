import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { FileSource, Sha256Hex } from '../base/files';
import { ModelId, ModelVersionId, StageId } from '../base/ids';
import { channel } from '../ipc/channel';

const Count = z.number().int().nonnegative();

/** Something in a store that could not be read, or not be taken over as it is. */
export const BrokenPart = z.strictObject({
  /** Path inside the store. */
  file: z.string(),
  problem: z.string(),
});
export type BrokenPart = z.infer<typeof BrokenPart>;

export const STORE_KINDS = ['folder', 'database', 'bundle', 'model'] as const;
export const StoreKind = z.enum(STORE_KINDS);
export type StoreKind = z.infer<typeof StoreKind>;

export const CANDIDATE_STATES = ['new', 'changed', 'known'] as const;
export const CandidateState = z.enum(CANDIDATE_STATES);
export type CandidateState = z.infer<typeof CandidateState>;

/** What may become one model version here: a registered version there, or a run that none names. */
const ImportCandidate = z.strictObject({
  /** Names it within what was looked at, the same at every look. */
  key: z.string(),
  /** Name of the model here. */
  modelName: z.string(),
  isNewModel: z.boolean(),
  /** Number there; null for a run that was never registered. */
  version: z.string().nullable(),
  runId: z.string().nullable(),
  stage: z.string().nullable(),
  aliases: z.array(z.string()).readonly(),
  nParameters: Count,
  nMetrics: Count,
  nColumns: Count,
  nArtefacts: Count,
  artefactBytes: Count,
  state: CandidateState,
  /** What differs from what is known here, in words. */
  changes: z.array(z.string()).readonly(),
  /** Number here of the version that it was imported as last; null when it is new. */
  knownVersion: z.number().int().positive().nullable(),
  /** Worth choosing unless the person says otherwise. */
  isSuggested: z.boolean(),
});
export type ImportCandidate = z.infer<typeof ImportCandidate>;

const InspectedStore = z.strictObject({
  stageId: StageId,
  /** Name of the folder or file. */
  sourceName: z.string(),
  kind: StoreKind,
  /** SHA-256 over every byte that was read. */
  sourceSha256: Sha256Hex,
  nFilesRead: Count,
  nExperiments: Count,
  nRuns: Count,
  nDeleted: Count,
  candidates: z.array(ImportCandidate).readonly(),
  broken: z.array(BrokenPart).readonly(),
  /** All of them; `broken` lists the first 1,000. */
  nBroken: Count,
});
export type InspectedStore = z.infer<typeof InspectedStore>;

const ImportedVersions = z.strictObject({
  versions: z
    .array(
      z.strictObject({
        key: z.string(),
        modelId: ModelId,
        versionId: ModelVersionId,
        modelName: z.string(),
        version: z.number().int().positive(),
      }),
    )
    .readonly(),
  nNewModels: Count,
  nAliases: Count,
  /** Aliases that stand for another version here and stay there; artefacts that could not be read. */
  notes: z.array(BrokenPart).readonly(),
  /** Chosen, and not imported because the person cancelled. */
  nLeft: Count,
});
export type ImportedVersions = z.infer<typeof ImportedVersions>;

export const importChannels = {
  /** Asks the person for a folder to import from; the window gets a token and its name. Null: closed. */
  'registry.pickImportFolder': channel({
    input: z.strictObject({}),
    output: z.strictObject({ token: z.uuid(), name: z.string() }).nullable(),
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Reads what MLflow left behind, and says what is new here, what changed and what is known. */
  'registry.inspectImport': channel({
    input: z.strictObject({ source: FileSource }),
    output: InspectedStore,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /**
   * Registers the chosen candidates as signed versions, part by part. CONFLICT: a version was registered
   * since the look. FORBIDDEN: a meaning that judges what one brings in oneself.
   */
  'registry.importVersions': channel({
    input: z.strictObject({
      stageId: StageId,
      keys: z.array(z.string().max(2000)).min(1).max(100_000).readonly(),
      signing: SigningAct,
    }),
    output: ImportedVersions,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'BAD_DATA'],
  }),
} as const;
