import { z } from 'zod';
import { FileFingerprint, FileSource } from '../base/files';
import { ExplanationId, ModelId, ModelVersionId, StageId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { ExplanationAggregates, ShapMethod } from './computed';
import { ExplainedCase, ExplainedSpace } from './explanation';

const Count = z.number().int().nonnegative();

const ExplanationHead = z.strictObject({
  id: ExplanationId,
  modelId: ModelId,
  modelName: z.string(),
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  file: FileFingerprint,
  nCases: Count,
  /** Cases whose contributions do not give the prediction, over all outputs. */
  nFailed: Count,
  /** How Assay computed it from a model; null: the contributions were imported. */
  method: ShapMethod.nullable(),
  importedAtUtc: UtcInstant,
  importedBy: z.string(),
});
export type ExplanationHead = z.infer<typeof ExplanationHead>;

export const Explanation = ExplanationHead.extend({ aggregates: ExplanationAggregates });
export type Explanation = z.infer<typeof Explanation>;

const StagedShap = z.strictObject({
  stageId: StageId,
  file: FileFingerprint,
  nRows: Count,
  /** Names; null of the only one. */
  outputs: z.array(z.string().nullable()).min(1).readonly(),
  features: z.array(z.string()).min(1).readonly(),
  warnings: z.array(z.string()).readonly(),
});
export type StagedShap = z.infer<typeof StagedShap>;

export const explanationChannels = {
  /** Newest first. */
  'explanation.list': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: z.array(ExplanationHead).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  'explanation.get': channel({
    input: z.strictObject({ explanationId: ExplanationId }),
    output: Explanation,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Reads the columns of a file of SHAP values; stores nothing. */
  'explanation.inspectShap': channel({
    input: z.strictObject({ versionId: ModelVersionId, source: FileSource }),
    output: StagedShap,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Checks that contributions add up and keeps their aggregates. CONFLICT: this file is on record. */
  'explanation.importShap': channel({
    input: z.strictObject({
      stageId: StageId,
      /** Null: the space in which fewer cases fail. */
      space: ExplainedSpace.nullable(),
    }),
    output: Explanation,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INSUFFICIENT_DATA'],
  }),
  /** Finds the file of an explanation again, to look at single cases; stores nothing. */
  'explanation.openCases': channel({
    input: z.strictObject({
      explanationId: ExplanationId,
      source: FileSource,
      /** The model, where the explanation was computed from one. */
      modelSource: FileSource.nullish(),
    }),
    output: z.strictObject({ stageId: StageId, file: FileFingerprint }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Reads one case from the file; it is shown and not stored. */
  'explanation.explainCase': channel({
    input: z.strictObject({
      stageId: StageId,
      caseId: z.string().min(1).max(1000),
      output: z.string().nullable(),
    }),
    output: ExplainedCase,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
} as const;
