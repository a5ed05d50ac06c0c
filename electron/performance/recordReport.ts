import { randomUUID } from 'node:crypto';
import { PerformanceReportId, type OutcomeFileId } from '../../shared/base/ids';
import type { PerformanceHead } from '../../shared/performance/channels';
import { brokenInARow, judgeRule } from '../../shared/performance/judgePolicy';
import type { RuleFinding } from '../../shared/performance/performancePolicy';
import type {
  BaselineValue,
  Measurement,
  PerformanceReport,
  PredictionLog,
} from '../../shared/performance/performanceReport';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { baselineOf } from './baseline';
import { findLogs, findNewestHeads, insertReport } from './performanceRepo';
import { findPolicy } from './settingsRepo';

/** What a job measured about a log. */
export interface Measured {
  readonly measurement: Measurement;
  readonly outcomeFileIds: readonly OutcomeFileId[];
  readonly durationMs: number;
}

/** Judges a measurement by the model's policy and stores it. Inside a write only. */
export function recordReport(
  ctx: AppContext,
  db: Db,
  log: PredictionLog,
  { measurement, outcomeFileIds, durationMs }: Measured,
): PerformanceReport {
  const { revision, policy } = findPolicy(db, log.modelId);
  const heads = findNewestHeads(db, log.modelId);
  const baseline = baselineOf(db, log, policy);
  const window = {
    metrics: [...measurement.metrics, ...log.operations],
    segments: measurement.segments,
    baseline,
    currency: log.currency,
  };
  const before = findingsBefore(db, log, heads);
  const findings = log.isBaseline
    ? []
    : policy.rules
        .filter(({ isEnabled }) => isEnabled)
        .map((rule) => judgeRule(rule, window, brokenInARow(rule.id, before)));
  const report: PerformanceReport = {
    id: PerformanceReportId.parse(randomUUID()),
    logId: log.id,
    computedAtUtc: ctx.nowUtc(),
    outcomeFileIds: [...outcomeFileIds],
    measurement,
    baseline: [...baseline] satisfies BaselineValue[],
    policyRevision: revision,
    findings,
    alertIds: [],
    durationMs,
    appVersion: ctx.ports.appVersion,
  };
  insertReport(db, report);
  return report;
}

/** What the windows of the same version before this one found, newest first. */
function findingsBefore(
  db: Db,
  log: PredictionLog,
  heads: ReadonlyMap<string, PerformanceHead>,
): readonly (readonly RuleFinding[])[] {
  const live = findLogs(db, log.modelId).filter(
    ({ versionId, isBaseline }) => versionId === log.versionId && !isBaseline,
  );
  const at = live.findIndex(({ id }) => id === log.id);
  return live
    .slice(0, at < 0 ? live.length : at)
    .toReversed()
    .map(({ id }) => heads.get(id)?.findings ?? []);
}
