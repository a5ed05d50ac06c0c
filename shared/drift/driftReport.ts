import { z } from 'zod';
import { FileFingerprint } from '../base/files';
import { DriftReportId, ModelId, ModelVersionId, ReferenceId } from '../base/ids';
import { CalendarDay, UtcInstant } from '../base/time';
import { ColumnKind, ColumnRole } from './column';
import { DriftMethod, DriftPolicy } from './driftPolicy';
import { MultivariateDrift } from './multivariate';
import { ReferenceVariability } from './variability';

const Count = z.number().int().nonnegative();
const Share = z.number().min(0).max(1);

export const VERDICTS = ['drifted', 'inconclusive', 'stable', 'notAssessed'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** Two-sample Kolmogorov-Smirnov test. */
export const KsResult = z.strictObject({
  d: Share,
  pValue: Share,
  /** log10 of the p-value; finite even where `pValue` underflows to 0. */
  log10PValue: z.number().max(0),
  /** Smallest D that is significant at the policy's alpha for these n (uncorrected). */
  criticalD: Share,
  /** The value at which the two distribution functions are furthest apart. */
  atValue: z.number().nullable(),
  /** Largest possible error of `d`: 0, or 1/intervals when the reference is a quantile grid. */
  dErrorBound: Share,
});

/** Change of the missing share, live minus reference, with Newcombe's 95 % interval. */
export const MissingChange = z.strictObject({
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  pValue: Share,
});

/** Everything computed for one feature before a policy judges it. `null` = does not apply. */
export const FeatureStatistics = z.strictObject({
  name: z.string(),
  kind: ColumnKind,
  role: ColumnRole,
  nReference: Count,
  nLive: Count,
  missingReference: Share,
  missingLive: Share,
  nInfiniteReference: Count,
  nInfiniteLive: Count,
  missingChange: MissingChange.nullable(),
  ks: KsResult.nullable(),
  wasserstein: z
    .strictObject({
      raw: z.number().nonnegative(),
      normalised: z.number().nonnegative().nullable(),
    })
    .nullable(),
  psi: z.number().nonnegative().nullable(),
  /** Distance, base 2, in [0, 1]. */
  jensenShannon: Share.nullable(),
  chiSquare: z
    .strictObject({
      statistic: z.number().nonnegative(),
      df: Count,
      pValue: Share,
      log10PValue: z.number().max(0),
      cramersV: z.number().nonnegative(),
    })
    .nullable(),
  totalVariation: Share.nullable(),
  nNewCategories: Count,
  nVanishedCategories: Count,
  /**
   * Per statistic, what it stays below by chance in a share 1 - alpha of windows of these n when nothing
   * has moved; a statistic is left out where the counts cannot carry it. Empty in older reports.
   */
  chanceLimits: z.partialRecord(DriftMethod, z.number().nonnegative()).default({}),
  /** How much the column differs within its reference; null when the reference was not cut. */
  variability: ReferenceVariability.nullable().default(null),
  /** Why nothing could be computed; null when it could. */
  notAssessedReason: z.string().nullable(),
});
export type FeatureStatistics = z.infer<typeof FeatureStatistics>;

/** Equal bins over both sides for a picture; shares of usable rows. Outer bins are open-ended. */
export const HistogramPicture = z.strictObject({
  type: z.literal('histogram'),
  /** Inner and outer edges, shape (k + 1), ascending. */
  edges: z.array(z.number()).readonly(),
  reference: z.array(Share).readonly(),
  live: z.array(Share).readonly(),
});
/** The most frequent categories; the rest is merged into `other`. Counts of rows. */
export const CategoryPicture = z.strictObject({
  type: z.literal('categories'),
  labels: z.array(z.string()).readonly(),
  reference: z.array(Count).readonly(),
  live: z.array(Count).readonly(),
  otherReference: Count,
  otherLive: Count,
});
export const FeaturePicture = z.discriminatedUnion('type', [HistogramPicture, CategoryPicture]);
export type FeaturePicture = z.infer<typeof FeaturePicture>;

/** What the detail page of a feature draws beyond the small picture. */
export const FeatureDetail = z.strictObject({
  /** Empirical distribution functions at `x` (ascending, at most 402 points); empty for categories. */
  ecdf: z.strictObject({
    x: z.array(z.number()).readonly(),
    reference: z.array(Share).readonly(),
    live: z.array(Share).readonly(),
  }),
  quantiles: z
    .array(z.strictObject({ q: Share, reference: z.number(), live: z.number() }))
    .readonly(),
  newCategories: z.array(z.string()).readonly(),
  vanishedCategories: z.array(z.string()).readonly(),
});
export type FeatureDetail = z.infer<typeof FeatureDetail>;

/** One feature of a report: its statistics, and how the policy judged them. */
export const FeatureDrift = FeatureStatistics.extend({
  primary: DriftMethod,
  /** Value of the primary statistic. */
  primaryValue: z.number().nullable(),
  threshold: z.number(),
  /** `fallback`: the policy asks for the reference's variability, but it is not known. */
  thresholdOrigin: z.enum(['fixed', 'reference', 'fallback']).default('fixed'),
  /** p-value of the feature's test after the correction over the report's features. */
  adjustedPValue: Share.nullable(),
  verdict: Verdict,
  reason: z.string(),
  picture: FeaturePicture.nullable(),
});
export type FeatureDrift = z.infer<typeof FeatureDrift>;

/** How the columns of a live batch fit those of the reference. */
export const ColumnMatch = z.strictObject({
  matched: z.array(z.string()).readonly(),
  missing: z.array(z.string()).readonly(),
  added: z.array(z.string()).readonly(),
  changedType: z
    .array(z.strictObject({ name: z.string(), reference: z.string(), live: z.string() }))
    .readonly(),
});
export type ColumnMatch = z.infer<typeof ColumnMatch>;

/** How a column that the model gives or learns from did: a prediction, or a label. */
export const OutputFinding = z.strictObject({
  name: z.string(),
  role: z.enum(['prediction', 'label']),
  verdict: Verdict,
  sentence: z.string(),
});
export type OutputFinding = z.infer<typeof OutputFinding>;

export const DriftSummary = z.strictObject({
  nFeatures: Count,
  nAssessed: Count,
  nDrifted: Count,
  nInconclusive: Count,
  shareDrifted: Share,
  isDatasetDrift: z.boolean(),
  /** Name of the feature whose primary statistic exceeds its threshold most; null when none. */
  topFeature: z.string().nullable(),
  /** Predictions first, then labels; not counted among the features. Empty in older reports. */
  outputs: z.array(OutputFinding).readonly().default([]),
  /** The finding in one generated sentence. */
  sentence: z.string(),
});
export type DriftSummary = z.infer<typeof DriftSummary>;

/** What a list or the history needs of a report. */
export const DriftReportHead = z.strictObject({
  id: DriftReportId,
  modelId: ModelId,
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  label: z.string(),
  periodStart: CalendarDay.nullable(),
  periodEnd: CalendarDay.nullable(),
  computedAtUtc: UtcInstant,
  file: FileFingerprint,
  nRows: Count,
  summary: DriftSummary,
  /** All features together; null in older reports. */
  multivariate: MultivariateDrift.nullable().default(null),
});
export type DriftReportHead = z.infer<typeof DriftReportHead>;

export const DriftReport = DriftReportHead.extend({
  referenceId: ReferenceId,
  referenceFile: FileFingerprint,
  nReferenceRows: Count,
  policy: DriftPolicy,
  policyRevision: z.number().int().nonnegative(),
  match: ColumnMatch,
  features: z.array(FeatureDrift).readonly(),
  durationMs: z.number().nonnegative(),
  appVersion: z.string(),
});
export type DriftReport = z.infer<typeof DriftReport>;
