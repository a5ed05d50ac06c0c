import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { FileFingerprint, FileSource, Sha256Hex } from '../base/files';
import { ModelId, ModelVersionId, StageId, HandoffPacketId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { VersionSummary } from './listChannels';
import { Model, ModelDraft, ModelVersion, SchemaColumn, VersionSnapshot } from './model';

/** A model and the versions that stand out; the others are found by `registry.searchVersions`. */
const ModelOutline = z.strictObject({
  model: Model,
  newest: VersionSummary.nullable(),
  /** The version in Production. */
  live: VersionSummary.nullable(),
  nReferences: z.number().int().nonnegative(),
  /** The newest 50 versions with a frozen reference, and the live one if it has one; newest first. */
  referenced: z.array(VersionSummary).readonly(),
});
export type ModelOutline = z.infer<typeof ModelOutline>;

const StagedTrainingData = z.strictObject({
  stageId: StageId,
  file: FileFingerprint,
  nRows: z.number().int().nonnegative(),
  /** Proposed schema, read from the file; the person may correct it. */
  schema: z.array(SchemaColumn).readonly(),
});
export type StagedTrainingData = z.infer<typeof StagedTrainingData>;

/** Exactly what a new version will freeze and its author will sign. */
const VersionPreview = z.strictObject({
  stageId: StageId,
  snapshot: VersionSnapshot,
  /** The snapshot as canonical JSON: the bytes whose hash is signed. */
  snapshotJson: z.string(),
  snapshotSha256: Sha256Hex,
});
export type VersionPreview = z.infer<typeof VersionPreview>;

export const registryChannels = {
  'registry.getModel': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: ModelOutline,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Registers a model. CONFLICT when the name is taken. */
  'registry.createModel': channel({
    input: ModelDraft,
    output: Model,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
  /** Hashes a training-data file and reads its columns; nothing is stored until a version is registered. */
  'registry.stageTrainingData': channel({
    input: z.strictObject({ source: FileSource }),
    output: StagedTrainingData,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Makes the snapshot of a new version and holds it ready: exactly this is what will be signed. */
  'registry.previewVersion': channel({
    input: z.strictObject({
      modelId: ModelId,
      description: VersionSnapshot.shape.description,
      hyperparameters: VersionSnapshot.shape.hyperparameters,
      metrics: VersionSnapshot.shape.metrics,
      trainingDataStageId: StageId.nullable(),
      schema: VersionSnapshot.shape.schema,
      /** Of `registry.stageArtefacts`; null or left out: no manifest. */
      artefactsStageId: StageId.nullish(),
      runLink: VersionSnapshot.shape.runLink,
      /** Digests that a pipeline stated, staged by core; null or left out: none. */
      statedStageId: StageId.nullish(),
      /** The approved hand-off packet that asked for it. CONFLICT: it is not approved. */
      packetId: HandoffPacketId.nullish(),
    }),
    output: VersionPreview,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /**
   * Freezes a previewed version and signs its snapshot with the person's key. CONFLICT: its number was
   * taken since the preview. FORBIDDEN: a meaning that judges one's own work.
   */
  'registry.registerVersion': channel({
    input: z.strictObject({ stageId: StageId, signing: SigningAct }),
    output: ModelVersion,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  'registry.getVersion': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: ModelVersion,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
} as const;
