import { randomUUID } from 'node:crypto';
import { PerformanceReportId, type AlertId, type OutcomeFileId } from '../../shared/base/ids';
import type { PerformanceHead } from '../../shared/performance/channels';
import { brokenInARow } from '../../shared/performance/judgePolicy';
import { judgeRules } from '../../shared/performance/judgeRules';
import type {
  MetricRule,
  PerformancePolicy,
  RuleFinding,
} from '../../shared/performance/performancePolicy';
import type {
  BaselineValue,
  Measurement,
  PerformanceReport,
  PredictionLog,
} from '../../shared/performance/performanceReport';
import type { AppContext, DueRuleAction } from '../app/context';
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
    : judgeRules(policy, window, (ruleId) => brokenInARow(ruleId, before));
  const alertIds = raiseAlerts(ctx, db, log, {
    policy,
    revision,
    findings,
    before: heads.get(log.id),
  });
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
  readonly revision: number;
  readonly findings: readonly RuleFinding[];
  /** The measurement of this very window before. */
  readonly before: PerformanceHead | undefined;
}

/** One alert per broken rule, unless this window was found to break it before. */
function raiseAlerts(
  { hooks, nowUtc }: AppContext,
  db: Db,
  log: PredictionLog,
  { policy, revision, findings, before }: ToRaise,
): readonly AlertId[] {
  const wasBroken = new Set(
    before?.findings.flatMap(({ ruleId, verdict }) => (verdict === 'broken' ? [ruleId] : [])),
  );
  return findings.flatMap(({ ruleId, metric, segment, verdict, sentence }) => {
    const rule = policy.rules.find(({ id }) => id === ruleId);
    if (rule === undefined || verdict !== 'broken' || wasBroken.has(ruleId)) return [];
    return [
      hooks.ruleBroken(
        db,
        {
          modelId: log.modelId,
          versionId: log.versionId,
          segment: segment === null ? null : `${segment.column} = ${segment.value}`,
          rule: ruleId,
          source: { kind: 'performance', windowId: log.id, metric },
          label: log.label,
          severity: rule.severity,
          message: sentence,
          atUtc: nowUtc(),
        },
        dueAction(rule, log, { policyRevision: revision, finding: sentence, dueAtUtc: nowUtc() }),
      ),
    ];
  });
}

/** What a broken rule sets off; nothing where it only alerts. */
function dueAction(
  { id, action }: MetricRule,
  log: PredictionLog,
  facts: Pick<DueRuleAction, 'policyRevision' | 'finding' | 'dueAtUtc'>,
): DueRuleAction | undefined {
  // Nobody has set the default rules, so nothing acts by them.
  if (action === 'alert' || facts.policyRevision === 0) return undefined;
  return {
    action,
    modelId: log.modelId,
    versionId: log.versionId,
    logId: log.id,
    ruleId: id,
    ...facts,
  };
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
