import { z } from 'zod';
import { FileFingerprint, FileSource } from '../base/files';
import { DriftReportId, ModelId, ModelVersionId, ReferenceId, StageId } from '../base/ids';
import { CalendarDay, UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { ColumnRole, ColumnSpec, InspectedColumn } from './column';
import { DriftPolicy, THRESHOLD_ORIGINS } from './driftPolicy';
import {
  ColumnMatch,
  DriftReport,
  DriftReportHead,
  DriftSummary,
  FeatureDetail,
  FeatureDrift,
  Verdict,
} from './driftReport';
import { MultivariateDrift } from './multivariate';
import { ChunkChoice } from './variability';

const MAX_COLUMNS = 2_000;

export const StagedTable = z.strictObject({
  stageId: StageId,
  file: FileFingerprint,
  nRows: z.number().int().nonnegative(),
  columns: z.array(InspectedColumn).readonly(),
  /** What the reader had to say, e.g. columns renamed because two had the same name. */
  warnings: z.array(z.string()).readonly(),
});
export type StagedTable = z.infer<typeof StagedTable>;

const StagedBatch = StagedTable.extend({ match: ColumnMatch });
export type StagedBatch = z.infer<typeof StagedBatch>;

export const Reference = z.strictObject({
  id: ReferenceId,
  modelId: ModelId,
  versionId: ModelVersionId,
  file: FileFingerprint,
  nRows: z.number().int().nonnegative(),
  columns: z.array(ColumnSpec).readonly(),
  frozenAtUtc: UtcInstant,
});
export type Reference = z.infer<typeof Reference>;

export const PolicyRevision = z.strictObject({
  revision: z.number().int().nonnegative(),
  policy: DriftPolicy,
  reason: z.string(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
});
export type PolicyRevision = z.infer<typeof PolicyRevision>;

/** The heat strip: one row per feature, one cell per batch (oldest first; null = not assessed). */
export const DriftHistory = z.strictObject({
  batches: z.array(DriftReportHead).readonly(),
  features: z
    .array(
      z.strictObject({
        name: z.string(),
        role: ColumnRole,
        cells: z
          .array(
            z
              .strictObject({
                verdict: Verdict,
                primary: z.string(),
                value: z.number().nullable(),
                threshold: z.number(),
                /** What the statistic stays below by chance at these n; null where that is not known. */
                chanceLimit: z.number().nullable(),
              })
              .nullable(),
          )
          .readonly(),
      }),
    )
    .readonly(),
});
export type DriftHistory = z.infer<typeof DriftHistory>;

const ComparedFile = z.strictObject({
  file: FileFingerprint,
  nRows: z.number().int().nonnegative(),
  nColumns: z.number().int().nonnegative(),
});

/** Two files compared without a workspace. */
export const DriftComparison = z.strictObject({
  reference: ComparedFile,
  live: ComparedFile,
  policy: DriftPolicy,
  summary: DriftSummary,
  features: z.array(FeatureDrift).readonly(),
  /** Null when it was not asked for. */
  multivariate: MultivariateDrift.nullable(),
  /** Columns of the reference that are no features, and why. */
  ignored: z.array(z.strictObject({ name: z.string(), reason: z.string() })).readonly(),
  durationMs: z.number().nonnegative(),
});
export type DriftComparison = z.infer<typeof DriftComparison>;

const Reason = z.string().trim().min(1).max(2000);

export const driftChannels = {
  /** Reads a file's columns and proposes kind and role for each; stores nothing. */
  'drift.inspectReference': channel({
    input: z.strictObject({ versionId: ModelVersionId, source: FileSource }),
    output: StagedTable,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT'],
  }),
  /** Freezes the reference profile of a version from a staged file. CONFLICT when it has one. */
  'drift.freezeReference': channel({
    input: z.strictObject({
      versionId: ModelVersionId,
      stageId: StageId,
      columns: z.array(ColumnSpec).min(1).max(MAX_COLUMNS).readonly(),
      /** Not said: ten chunks, in the order of the first date column or of the file. */
      chunks: ChunkChoice.optional(),
    }),
    output: Reference,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INSUFFICIENT_DATA'],
  }),
  'drift.getReference': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: Reference.nullable(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Reads a live batch's columns and matches them to the reference; stores nothing. */
  'drift.inspectBatch': channel({
    input: z.strictObject({ versionId: ModelVersionId, source: FileSource }),
    output: StagedBatch,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Computes and stores how far a staged batch drifted; raises an alert when the policy is broken. */
  'drift.importBatch': channel({
    input: z.strictObject({
      versionId: ModelVersionId,
      stageId: StageId,
      label: z.string().trim().min(1).max(200),
      periodStart: CalendarDay.nullable(),
      periodEnd: CalendarDay.nullable(),
      /** The file that the reference was frozen from, for the domain classifier; not kept. */
      referenceFile: FileSource.optional(),
    }),
    output: DriftReport,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INSUFFICIENT_DATA'],
  }),
  /** Compares two files exactly, by the default policy, with thresholds from the reference where asked; stores nothing and needs no workspace. */
  'drift.compareFiles': channel({
    input: z.strictObject({
      reference: FileSource,
      live: FileSource,
      /** Not said: fixed, as in the default policy. */
      thresholdFrom: z.enum(THRESHOLD_ORIGINS).optional(),
      /** Also looks at all features together. */
      isMultivariate: z.boolean().optional(),
    }),
    output: DriftComparison,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA', 'INSUFFICIENT_DATA'],
  }),
  /** The newest report of each of these models that has one. */
  'drift.latestReports': channel({
    input: z.strictObject({ modelIds: z.array(ModelId).max(200).readonly() }),
    output: z.array(DriftReportHead).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  'drift.getReport': channel({
    input: z.strictObject({ reportId: DriftReportId }),
    output: DriftReport,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  'drift.getFeature': channel({
    input: z.strictObject({ reportId: DriftReportId, name: z.string().max(1024) }),
    output: z.strictObject({ feature: FeatureDrift, detail: FeatureDetail }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  'drift.history': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: DriftHistory,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  'drift.getPolicy': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: PolicyRevision,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Changes a model's drift policy from now on, with a reason. CONFLICT when the revision is stale. */
  'drift.setPolicy': channel({
    input: z.strictObject({
      modelId: ModelId,
      policy: DriftPolicy,
      reason: Reason,
      revision: z.number().int().nonnegative(),
    }),
    output: PolicyRevision,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
