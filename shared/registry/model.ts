import { z } from 'zod';
import { FileFingerprint, Sha256Hex } from '../base/files';
import { HandoffPacketId, ModelId, ModelVersionId, PersonId, ReferenceId } from '../base/ids';
import { PlainText } from '../base/text';
import { UtcInstant } from '../base/time';
import { Signature } from '../audit/signature';

export const STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** Risk classes of the EU AI Act (Regulation 2024/1689): Art. 5, 6, 50, none of these, and chapter V. */
export const RISK_CLASSES = ['prohibited', 'high', 'limited', 'minimal', 'generalPurpose'] as const;
export const RiskClass = z.enum(RISK_CLASSES);
export type RiskClass = z.infer<typeof RiskClass>;

/** A word to find records by. */
export const Tag = z.string().trim().min(1).max(60).pipe(PlainText);
export const Tags = z.array(Tag).max(50).readonly();

export const ModelDraft = z.strictObject({
  name: z.string().trim().min(1).max(120).pipe(PlainText),
  purpose: z.string().trim().min(1).max(2000),
  owner: z.string().trim().min(1).max(120),
});
export type ModelDraft = z.infer<typeof ModelDraft>;

/** What may change about a model after it was registered; its name stays. */
export const ModelFacts = ModelDraft.omit({ name: true }).extend({
  /** For what it may be used, and by whom; empty until somebody says so. */
  intendedUse: z.string().trim().max(5000),
  /** Null until it was assessed. */
  riskClass: RiskClass.nullable(),
  tags: Tags,
});
export type ModelFacts = z.infer<typeof ModelFacts>;

export const Model = ModelDraft.extend({
  ...ModelFacts.shape,
  id: ModelId,
  createdAtUtc: UtcInstant,
  createdBy: PersonId,
  revision: z.number().int().nonnegative(),
  nVersions: z.number().int().nonnegative(),
  nBatches: z.number().int().nonnegative(),
  nOpenAlerts: z.number().int().nonnegative(),
  lastBatchAtUtc: UtcInstant.nullable(),
  /** Number of the version in Production; null while none is live. */
  liveVersion: z.number().int().positive().nullable(),
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

/** The values of one metric over training steps. */
export const MetricPoint = z.strictObject({
  step: z.number().int(),
  value: z.number(),
  /** Null where it was not recorded. */
  atUtc: UtcInstant.nullable(),
});
export type MetricPoint = z.infer<typeof MetricPoint>;

/** A dataset that a version was made or measured with, by the digest that its source gives it. */
export const DatasetDigest = z.strictObject({
  name: z.string().trim().min(1).max(500),
  role: z.enum(['training', 'validation', 'test', 'other']),
  /** As the source wrote it, e.g. `sha256:…` or the digest of MLflow. */
  digest: z.string().min(1).max(200),
  source: z.string().max(2000),
});
export type DatasetDigest = z.infer<typeof DatasetDigest>;

/** One file of a version's artefacts; the path is relative, with `/`. */
export const ArtefactFile = z.strictObject({
  path: z.string().min(1).max(4096),
  sizeBytes: z.number().int().nonnegative(),
  sha256: Sha256Hex,
});
export type ArtefactFile = z.infer<typeof ArtefactFile>;

/** Where an imported version comes from, and what that system said of it. */
export const ImportOrigin = z.strictObject({
  system: z.literal('mlflow'),
  /** Name of the folder or file that was read. */
  source: z.string().max(1024),
  /** SHA-256 over every byte that was read for this version, in a fixed order. */
  sourceSha256: Sha256Hex,
  experiment: z.string().max(500).nullable(),
  runId: z.string().max(200).nullable(),
  /** Number of the version there; null for a run that was never registered. */
  version: z.string().max(60).nullable(),
  /** Stage there; stages here are given by people through gates. */
  stage: z.string().max(60).nullable(),
  aliases: z.array(z.string().max(250)).readonly(),
  tags: z.record(z.string().max(500), z.string().max(20_000)),
  createdAtUtc: UtcInstant.nullable(),
});
export type ImportOrigin = z.infer<typeof ImportOrigin>;

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
  // Left out where there is nothing to say: what was signed before they were known keeps its bytes.
  metricSeries: z.record(ParameterName, z.array(MetricPoint).readonly()).optional(),
  datasets: z.array(DatasetDigest).max(1000).readonly().optional(),
  artefacts: z.array(ArtefactFile).max(100_000).readonly().optional(),
  /** Where the training run can be looked at: an address or a path, never opened by Assay. */
  runLink: z.string().min(1).max(2000).optional(),
  importedFrom: ImportOrigin.optional(),
  /** The approved hand-off packet that asked for it. */
  fromPacket: z
    .strictObject({
      packetId: HandoffPacketId,
      number: z.number().int().positive(),
      recordSha256: Sha256Hex,
    })
    .optional(),
});
export type VersionSnapshot = z.infer<typeof VersionSnapshot>;

export const ModelVersion = z.strictObject({
  id: ModelVersionId,
  snapshot: VersionSnapshot,
  snapshotSha256: Sha256Hex,
  stage: Stage,
  /** Names that stand for this version now, e.g. `champion`. */
  aliases: z.array(z.string()).readonly(),
  tags: Tags,
  tagsRevision: z.number().int().nonnegative(),
  signature: Signature,
  /** The frozen reference profile, once there is one. */
  referenceId: ReferenceId.nullable(),
});
export type ModelVersion = z.infer<typeof ModelVersion>;
