import { randomUUID } from 'node:crypto';
import { PerformanceReportId, type AlertId, type OutcomeFileId } from '../../shared/base/ids';
import type { PerformanceHead } from '../../shared/performance/channels';
import { brokenInARow, judgeRule } from '../../shared/performance/judgePolicy';
import type {
  PerformancePolicy,
  RuleAction,
  RuleFinding,
} from '../../shared/performance/performancePolicy';
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

/** What an alert recommends beside what was found. */
const ADVICE: Readonly<Record<RuleAction, string>> = {
  alert: '',
  openIncident: ' The rule asks for an incident.',
  recommendRollback: ' The rule recommends a rollback.',
};

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
  const alertIds = raiseAlerts(ctx, db, log, { policy, findings, before: heads.get(log.id) });
  const report: PerformanceReport = {
    id: PerformanceReportId.parse(randomUUID()),
    logId: log.id,
    computedAtUtc: ctx.nowUtc(),
    outcomeFileIds: [...outcomeFileIds],
    measurement,
    baseline: [...baseline] satisfies BaselineValue[],
    policyRevision: revision,
    findings,
    alertIds: [...alertIds],
    durationMs,
    appVersion: ctx.ports.appVersion,
  };
  insertReport(db, report);
  return report;
}

interface ToRaise {
  readonly policy: PerformancePolicy;
  readonly findings: readonly RuleFinding[];
  /** The measurement of this very window before. */
  readonly before: PerformanceHead | undefined;
}

/** One alert per broken rule, unless this window was found to break it before. */
function raiseAlerts(
  { hooks, nowUtc }: AppContext,
  db: Db,
  log: PredictionLog,
  { policy, findings, before }: ToRaise,
): readonly AlertId[] {
  const wasBroken = new Set(
    before?.findings.flatMap(({ ruleId, verdict }) => (verdict === 'broken' ? [ruleId] : [])),
  );
  return findings.flatMap(({ ruleId, metric, segment, verdict, sentence }) => {
    const rule = policy.rules.find(({ id }) => id === ruleId);
    if (rule === undefined || verdict !== 'broken' || wasBroken.has(ruleId)) return [];
    return [
      hooks.ruleBroken(db, {
        modelId: log.modelId,
        versionId: log.versionId,
        segment: segment === null ? null : `${segment.column} = ${segment.value}`,
        rule: ruleId,
        source: { kind: 'performance', windowId: log.id, metric },
        label: log.label,
        severity: rule.severity,
        message: sentence + ADVICE[rule.action],
        atUtc: nowUtc(),
      }),
    ];
  });
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
