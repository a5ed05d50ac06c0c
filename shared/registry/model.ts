import { z } from 'zod';
import { FileFingerprint, Sha256Hex } from '../base/files';
import { ModelId, ModelVersionId, PersonId, ReferenceId } from '../base/ids';
import { PlainText } from '../base/text';
import { UtcInstant } from '../base/time';
import { Signature } from '../audit/signature';

export const STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

export const ModelDraft = z.strictObject({
  name: z.string().trim().min(1).max(120).pipe(PlainText),
  purpose: z.string().trim().min(1).max(2000),
  owner: z.string().trim().min(1).max(120),
});
export type ModelDraft = z.infer<typeof ModelDraft>;

export const Model = ModelDraft.extend({
  id: ModelId,
  createdAtUtc: UtcInstant,
  createdBy: PersonId,
  nVersions: z.number().int().nonnegative(),
  nBatches: z.number().int().nonnegative(),
  nOpenAlerts: z.number().int().nonnegative(),
  lastBatchAtUtc: UtcInstant.nullable(),
});
export type Model = z.infer<typeof Model>;

/** One column of what the model takes in or gives out. */
export const SchemaColumn = z.strictObject({
  name: z.string().min(1).max(1024),
  type: z.string().min(1).max(120),
  direction: z.enum(['input', 'output']),
});
export type SchemaColumn = z.infer<typeof SchemaColumn>;

const ParameterValue = z.union([z.string().max(20_000), z.number(), z.boolean()]);
const ParameterName = z.string().trim().min(1).max(250);

/** Everything that a version freezes for ever; its canonical JSON is what the author signs. */
export const VersionSnapshot = z.strictObject({
  modelId: ModelId,
  modelName: z.string(),
  version: z.number().int().positive(),
  description: z.string().max(5000),
  hyperparameters: z.record(ParameterName, ParameterValue),
  metrics: z.record(ParameterName, z.number()),
  trainingData: FileFingerprint.nullable(),
  schema: z.array(SchemaColumn).max(5000).readonly(),
  registeredAtUtc: UtcInstant,
  registeredBy: PersonId,
});
export type VersionSnapshot = z.infer<typeof VersionSnapshot>;

export const ModelVersion = z.strictObject({
  id: ModelVersionId,
  snapshot: VersionSnapshot,
  snapshotSha256: Sha256Hex,
  stage: Stage,
  signature: Signature,
  /** The frozen reference profile, once there is one. */
  referenceId: ReferenceId.nullable(),
});
export type ModelVersion = z.infer<typeof ModelVersion>;
