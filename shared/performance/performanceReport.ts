import { z } from 'zod';
import { FileFingerprint } from '../base/files';
import {
  AlertId,
  ModelId,
  ModelVersionId,
  OutcomeFileId,
  PerformanceReportId,
  PredictionLogId,
} from '../base/ids';
import { CalendarDay, UtcInstant } from '../base/time';
import { Metric } from './metric';
import { RuleFinding, Segment } from './performancePolicy';
import { Currency, LogColumns, PredictionTask } from './predictionLog';

const Count = z.number().int().nonnegative();
const Interval = z.tuple([z.number(), z.number()]).readonly();

/** One figure with how sure it is. */
export const MetricValue = z.strictObject({
  metric: Metric,
  /** Null when the data cannot carry it; `reason` says why. */
  value: z.number().nullable(),
  /** 95 %; null where there is none for this metric or for so few rows. */
  interval: Interval.nullable(),
  n: Count,
  reason: z.string().nullable(),
});
export type MetricValue = z.infer<typeof MetricValue>;

/** Where the rows of a prediction log went. */
export const LogCounts = z.strictObject({
  nRows: Count,
  nMissingId: Count,
  nWithoutPrediction: Count,
  /** Rows beyond the first of an identifier. */
  nRepeated: Count,
  /** Identifiers with different predictions: left out of every metric. */
  nContradictory: Count,
  /** Identifiers with one prediction. */
  nPredictions: Count,
});
export type LogCounts = z.infer<typeof LogCounts>;

/** How predictions met their outcomes. */
export const JoinCounts = z.strictObject({
  nPredictions: Count,
  nLabelled: Count,
  /** Identifiers with different outcomes: left out of every metric. */
  nContradictory: Count,
  /** Outcome rows beyond the first of an identifier. */
  nRepeated: Count,
  /** Outcomes that came later than the model's limit; null without times on both sides. */
  nLate: Count.nullable(),
  /** Outcomes dated before their prediction; null without times on both sides. */
  nBeforePrediction: Count.nullable(),
});
export type JoinCounts = z.infer<typeof JoinCounts>;

/** How long outcomes take, in days, over those that have come. */
export const LabelDelay = z.strictObject({
  n: Count,
  medianDays: z.number(),
  p95Days: z.number(),
  maxDays: z.number(),
});
export type LabelDelay = z.infer<typeof LabelDelay>;

/** What is known so far is not a random part: how the labelled predictions differ from the others. */
export const LabelSelection = z.strictObject({
  meanScoreLabelled: z.number(),
  meanScoreUnlabelled: z.number(),
  /** Two-sided, Welch. */
  pValue: z.number(),
});
export type LabelSelection = z.infer<typeof LabelSelection>;

export const ClassFigures = z.strictObject({
  label: z.string(),
  support: Count,
  precision: z.number(),
  precisionInterval: Interval.nullable(),
  recall: z.number(),
  recallInterval: Interval.nullable(),
  f1: z.number(),
});
export type ClassFigures = z.infer<typeof ClassFigures>;

export const CalibrationBin = z.strictObject({
  n: Count,
  nPositive: Count,
  meanProbability: z.number().nullable(),
  sharePositive: z.number().nullable(),
});

export const ThresholdPoint = z.strictObject({
  threshold: z.number(),
  accuracy: z.number(),
  sharePositive: z.number(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
});
export type ThresholdPoint = z.infer<typeof ThresholdPoint>;

/** One value of a segment column. */
export const SegmentFigures = z.strictObject({
  column: z.string(),
  value: z.string(),
  nPredictions: Count,
  nLabelled: Count,
  metrics: z.array(MetricValue).readonly(),
  /** The metrics whose corrected interval lies wholly on the bad side of the overall figure. */
  weakIn: z.array(Metric).readonly(),
});
export type SegmentFigures = z.infer<typeof SegmentFigures>;

/** Expected performance, from the scores alone. */
export const Estimate = z.strictObject({
  metric: z.enum(['accuracy', 'auc']),
  value: z.number(),
  interval: Interval,
  n: Count,
});
export type Estimate = z.infer<typeof Estimate>;

/** What is computed from joined predictions. */
export const Measurement = z.strictObject({
  join: JoinCounts,
  delay: LabelDelay.nullable(),
  selection: LabelSelection.nullable(),
  metrics: z.array(MetricValue).readonly(),
  classes: z.array(ClassFigures).readonly(),
  calibration: z.array(CalibrationBin).readonly(),
  thresholds: z.array(ThresholdPoint).readonly(),
  segments: z.array(SegmentFigures).readonly(),
  estimates: z.array(Estimate).readonly(),
  /** What to know before reading the figures, in sentences. */
  warnings: z.array(z.string()).readonly(),
});
export type Measurement = z.infer<typeof Measurement>;

/** A prediction log as it was imported. */
export const PredictionLog = z.strictObject({
  id: PredictionLogId,
  modelId: ModelId,
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  label: z.string(),
  periodStart: CalendarDay.nullable(),
  periodEnd: CalendarDay.nullable(),
  /** What later windows are compared with. */
  isBaseline: z.boolean(),
  file: FileFingerprint,
  columns: LogColumns,
  task: PredictionTask,
  currency: Currency.nullable(),
  counts: LogCounts,
  operations: z.array(MetricValue).readonly(),
  importedAtUtc: UtcInstant,
  importedBy: z.string(),
  /** What is kept to join outcomes that come later. */
  joinState: z.enum(['kept', 'notKept', 'dropped']),
  droppedAtUtc: UtcInstant.nullable(),
});
export type PredictionLog = z.infer<typeof PredictionLog>;

/** A baseline figure, and where it comes from. */
export const BaselineValue = z.strictObject({
  metric: Metric,
  segment: Segment.nullable(),
  value: z.number(),
  source: z.string(),
});
export type BaselineValue = z.infer<typeof BaselineValue>;

/** One measurement of one log; it never changes, a later one stands beside it. */
export const PerformanceReport = z.strictObject({
  id: PerformanceReportId,
  logId: PredictionLogId,
  computedAtUtc: UtcInstant,
  /** Outcome files that were joined. */
  outcomeFileIds: z.array(OutcomeFileId).readonly(),
  measurement: Measurement,
  baseline: z.array(BaselineValue).readonly(),
  policyRevision: Count,
  findings: z.array(RuleFinding).readonly(),
  alertIds: z.array(AlertId).readonly(),
  durationMs: z.number().nonnegative(),
  appVersion: z.string(),
});
export type PerformanceReport = z.infer<typeof PerformanceReport>;

/** An outcome file as it was imported. */
export const OutcomeFile = z.strictObject({
  id: OutcomeFileId,
  modelId: ModelId,
  file: FileFingerprint,
  nRows: Count,
  /** Rows without an identifier or without an outcome. */
  nMissing: Count,
  /** Rows that belong to a prediction of the model. */
  nMatched: Count,
  importedAtUtc: UtcInstant,
  importedBy: z.string(),
  joinState: z.enum(['kept', 'notKept', 'dropped']),
});
export type OutcomeFile = z.infer<typeof OutcomeFile>;
