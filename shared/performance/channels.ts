import { z } from 'zod';
import { FileSource } from '../base/files';
import {
  ModelId,
  ModelVersionId,
  PerformanceReportId,
  PredictionLogId,
  StageId,
} from '../base/ids';
import { CalendarDay, UtcInstant } from '../base/time';
import { StagedTable } from '../drift/channels';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { DriftRelation } from './driftRelation';
import { PerformancePolicy } from './performancePolicy';
import { Measurement, OutcomeFile, PerformanceReport, PredictionLog } from './performanceReport';
import { RuleReplay } from './policyReplay';
import { Currency, LogColumns, OutcomeColumns, PredictionTask } from './predictionLog';

const Reason = z.string().trim().min(1).max(2000);
const Revision = z.number().int().nonnegative();

/** What is kept of a model's files, and when an outcome counts as late. */
export const PerformanceSettings = z.strictObject({
  /** Off: outcomes are joined only when they come together with their predictions. */
  keepsJoin: z.boolean(),
  lateAfterDays: z.number().int().min(0).max(3650),
});
export type PerformanceSettings = z.infer<typeof PerformanceSettings>;

const RevisionFacts = z.strictObject({
  revision: Revision,
  reason: z.string(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
});

export const PerformanceSettingsRevision = RevisionFacts.extend({ policy: PerformanceSettings });
export type PerformanceSettingsRevision = z.infer<typeof PerformanceSettingsRevision>;

export const PerformancePolicyRevision = RevisionFacts.extend({ policy: PerformancePolicy });
export type PerformancePolicyRevision = z.infer<typeof PerformancePolicyRevision>;

/** A report without its segments and curves. */
export const PerformanceHead = PerformanceReport.extend({
  measurement: Measurement.omit({ segments: true, thresholds: true, classes: true }),
});
export type PerformanceHead = z.infer<typeof PerformanceHead>;

/** One window: the log, and the newest measurement of it. */
export const PerformanceWindow = z.strictObject({ log: PredictionLog, report: PerformanceHead });
export type PerformanceWindow = z.infer<typeof PerformanceWindow>;

export const PerformanceOverview = z.strictObject({
  modelId: ModelId,
  /** In the order of the time they cover. */
  windows: z.array(PerformanceWindow).readonly(),
  outcomeFiles: z.array(OutcomeFile).readonly(),
  settings: PerformanceSettingsRevision,
  versions: z.array(z.strictObject({ id: ModelVersionId, version: z.number().int() })).readonly(),
});
export type PerformanceOverview = z.infer<typeof PerformanceOverview>;

export const PerformanceDetail = z.strictObject({
  log: PredictionLog,
  report: PerformanceReport,
  /** Every measurement of this log, newest first. */
  measurements: z
    .array(
      z.strictObject({
        id: PerformanceReportId,
        computedAtUtc: UtcInstant,
        nLabelled: z.number().int().nonnegative(),
      }),
    )
    .readonly(),
});
export type PerformanceDetail = z.infer<typeof PerformanceDetail>;

/** A log that was looked at, with what its columns seem to be. */
export const StagedLog = StagedTable.extend({
  proposal: z.strictObject({ columns: LogColumns, task: PredictionTask }),
  /** Label of the window that this very file was imported as; null when it is new. */
  knownAs: z.string().nullable(),
});
export type StagedLog = z.infer<typeof StagedLog>;

export const StagedOutcomes = StagedTable.extend({ proposal: OutcomeColumns });
export type StagedOutcomes = z.infer<typeof StagedOutcomes>;

export const performanceChannels = {
  /** Reads the columns of a prediction log and proposes what each is; stores nothing. */
  'performance.inspectLog': channel({
    input: z.strictObject({ versionId: ModelVersionId, source: FileSource }),
    output: StagedLog,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /**
   * Measures a staged log and records it as a window of the version. A log that is known already is
   * measured anew when outcomes come with it; CONFLICT when none do.
   */
  'performance.importLog': channel({
    input: z.strictObject({
      versionId: ModelVersionId,
      stageId: StageId,
      label: z.string().trim().min(1).max(200),
      periodStart: CalendarDay.nullable(),
      periodEnd: CalendarDay.nullable(),
      isBaseline: z.boolean(),
      columns: LogColumns,
      task: PredictionTask,
      currency: Currency.nullable(),
      /** Outcomes that come in a file of their own at the same time. */
      outcomes: z.strictObject({ stageId: StageId, columns: OutcomeColumns }).nullable(),
    }),
    output: PerformanceDetail,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INSUFFICIENT_DATA', 'INTEGRITY'],
  }),
  /** Reads the columns of a file with outcomes; stores nothing. */
  'performance.inspectOutcomes': channel({
    input: z.strictObject({ modelId: ModelId, source: FileSource }),
    output: StagedOutcomes,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Joins staged outcomes to every log of the model that is kept for it, and measures those anew. */
  'performance.importOutcomes': channel({
    input: z.strictObject({ modelId: ModelId, stageId: StageId, columns: OutcomeColumns }),
    output: z.strictObject({ file: OutcomeFile, nMeasured: z.number().int().nonnegative() }),
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INSUFFICIENT_DATA', 'INTEGRITY'],
  }),
  'performance.overview': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: PerformanceOverview,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Features ranked by how their drift goes with the loss of performance, over the windows that have both. */
  'performance.driftRelation': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: DriftRelation,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** One measurement of a log with its segments and curves; the newest one when none is named. */
  'performance.getReport': channel({
    input: z.strictObject({ logId: PredictionLogId, reportId: PerformanceReportId.nullable() }),
    output: PerformanceDetail,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Changes what is kept of later files, with a reason. CONFLICT when the revision is stale. */
  'performance.setSettings': channel({
    input: z.strictObject({
      modelId: ModelId,
      policy: PerformanceSettings,
      reason: Reason,
      revision: Revision,
    }),
    output: PerformanceSettingsRevision,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Drops every hash that is kept to join outcomes of this model; measurements stay. */
  'performance.dropJoin': channel({
    input: z.strictObject({ modelId: ModelId, reason: Reason }),
    output: z.strictObject({ nLogs: z.number().int(), nOutcomeFiles: z.number().int() }),
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND'],
  }),
  'performance.getPolicy': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: PerformancePolicyRevision,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** What a policy would have done over the model's own history, and how often by chance. */
  'performance.replayPolicy': channel({
    input: z.strictObject({ modelId: ModelId, policy: PerformancePolicy }),
    output: z.array(RuleReplay).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Changes the rules from the next window on, with a reason. CONFLICT when the revision is stale. */
  'performance.setPolicy': channel({
    input: z.strictObject({
      modelId: ModelId,
      policy: PerformancePolicy,
      reason: Reason,
      revision: Revision,
    }),
    output: PerformancePolicyRevision,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
