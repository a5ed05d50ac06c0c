import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { FileFingerprint, FileSource } from '../base/files';
import { ModelId, ModelVersionId, StageId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { Model, ModelDraft, ModelVersion, SchemaColumn, VersionSnapshot } from './model';

const ModelWithVersions = z.strictObject({
  model: Model,
  versions: z.array(ModelVersion).readonly(),
});
export type ModelWithVersions = z.infer<typeof ModelWithVersions>;

const StagedTrainingData = z.strictObject({
  stageId: StageId,
  file: FileFingerprint,
  nRows: z.number().int().nonnegative(),
  /** Proposed schema, read from the file; the person may correct it. */
  schema: z.array(SchemaColumn).readonly(),
});
export type StagedTrainingData = z.infer<typeof StagedTrainingData>;

export const registryChannels = {
  'registry.listModels': channel({
    input: z.strictObject({}),
    output: z.array(Model).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  'registry.getModel': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: ModelWithVersions,
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
  /** Freezes an immutable version and signs its snapshot with the person's key. */
  'registry.registerVersion': channel({
    input: z.strictObject({
      modelId: ModelId,
      description: VersionSnapshot.shape.description,
      hyperparameters: VersionSnapshot.shape.hyperparameters,
      metrics: VersionSnapshot.shape.metrics,
      trainingDataStageId: StageId.nullable(),
      schema: VersionSnapshot.shape.schema,
      signing: SigningAct,
    }),
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
