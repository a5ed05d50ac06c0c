import { z } from 'zod';
import { ModelId, ModelVersionId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { ArtefactFile, DatasetDigest, SchemaColumn, Stage } from './model';

/** From the left version to the right one. */
export const CHANGES = ['added', 'removed', 'changed', 'same'] as const;
export const Change = z.enum(CHANGES);
export type Change = z.infer<typeof Change>;

const ParameterValue = z.union([z.string(), z.number(), z.boolean()]);

/** Null on the side that does not have it. */
function difference<const S extends z.ZodType>(value: S) {
  return { change: Change, left: value.nullable(), right: value.nullable() };
}

export const ComparedSide = z.strictObject({
  id: ModelVersionId,
  modelId: ModelId,
  modelName: z.string(),
  version: z.number().int().positive(),
  stage: Stage,
  registeredAtUtc: UtcInstant,
  registeredBy: z.string(),
});
export type ComparedSide = z.infer<typeof ComparedSide>;

export const FACTS = [
  'description',
  'trainingFile',
  'trainingSizeBytes',
  'trainingSha256',
  'runLink',
  'importedFrom',
  'importSource',
  'importSha256',
  'experiment',
  'runId',
  'importedVersion',
] as const;

export const FactDifference = z.strictObject({
  fact: z.enum(FACTS),
  ...difference(z.union([z.string(), z.number()])),
});
export type FactDifference = z.infer<typeof FactDifference>;

export const ParameterDifference = z.strictObject({
  name: z.string(),
  ...difference(ParameterValue),
});
export type ParameterDifference = z.infer<typeof ParameterDifference>;

export const MetricDifference = z.strictObject({
  name: z.string(),
  ...difference(z.number()),
  /** Right minus left; null unless both are there. */
  absolute: z.number().nullable(),
  /** As a share of the size of the left value; null also where that is 0. */
  relative: z.number().nullable(),
});
export type MetricDifference = z.infer<typeof MetricDifference>;

export const ColumnDifference = z.strictObject({
  name: z.string(),
  direction: SchemaColumn.shape.direction,
  /** The type of the column on each side. */
  ...difference(z.string()),
});
export type ColumnDifference = z.infer<typeof ColumnDifference>;

export const DatasetDifference = z.strictObject({
  name: z.string(),
  role: DatasetDigest.shape.role,
  /** The digest on each side. */
  ...difference(z.string()),
});
export type DatasetDifference = z.infer<typeof DatasetDifference>;

export const ArtefactDifference = z.strictObject({
  path: z.string(),
  ...difference(ArtefactFile.omit({ path: true })),
});
export type ArtefactDifference = z.infer<typeof ArtefactDifference>;

export const ChangeCounts = z.strictObject({
  added: z.number().int().nonnegative(),
  removed: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  same: z.number().int().nonnegative(),
});
export type ChangeCounts = z.infer<typeof ChangeCounts>;

/** What changes from one version to another, by name; the order in which things stand does not count. */
export const VersionComparison = z.strictObject({
  left: ComparedSide,
  right: ComparedSide,
  facts: z.array(FactDifference).readonly(),
  parameters: z.array(ParameterDifference).readonly(),
  metrics: z.array(MetricDifference).readonly(),
  columns: z.array(ColumnDifference).readonly(),
  datasets: z.array(DatasetDifference).readonly(),
  artefactCounts: ChangeCounts,
  /** Files that differ, at most 2,000 of them; those that are the same are only counted. */
  artefacts: z.array(ArtefactDifference).readonly(),
});
export type VersionComparison = z.infer<typeof VersionComparison>;
