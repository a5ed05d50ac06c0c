import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  performanceChannels,
  PerformancePolicyRevision,
} from '../../shared/performance/channels';
import {
  replayRule,
  type PastWindow,
  type RuleReplay,
} from '../../shared/performance/policyReplay';
import type { AppContext } from '../app/context';
import { requireModel } from '../registry/registryService';
import { baselineOf } from './baseline';
import { findLogs, findReport } from './performanceRepo';
import { findPolicy, insertPolicy } from './settingsRepo';

type Input<K extends keyof typeof performanceChannels> = InputOf<(typeof performanceChannels)[K]>;

/** The rules that hold now; revision 0 is the default. @throws AppFailure NOT_FOUND */
export function getPolicy(
  ctx: AppContext,
  { modelId }: Input<'performance.getPolicy'>,
): PerformancePolicyRevision {
  requireModel(ctx, modelId);
  return findPolicy(ctx.db, modelId);
}

/**
 * What each rule would have done over the windows of the model, and how often chance sets it off.
 *
 * @returns one entry per rule of the policy, in its order
 * @throws AppFailure NOT_FOUND
 */
export function replayPolicy(
  ctx: AppContext,
  { modelId, policy }: Input<'performance.replayPolicy'>,
): readonly RuleReplay[] {
  requireModel(ctx, modelId);
  const { db } = ctx;
  const windows = findLogs(db, modelId).flatMap((log): PastWindow[] => {
    const report = log.isBaseline ? null : findReport(db, log.id, null);
    if (report === null) return [];
    return [
      {
        label: log.label,
        periodStart: log.periodStart,
        periodEnd: log.periodEnd,
        metrics: [...report.measurement.metrics, ...log.operations],
        segments: report.measurement.segments,
        baseline: baselineOf(db, log, policy),
        currency: log.currency,
      },
    ];
  });
  return policy.rules.map((rule) => replayRule(rule, windows));
}

/**
 * Changes a model's rules from the next measurement on; reports keep the rules they were judged by.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody changed them first; `current` is what holds now)
 */
export function setPolicy(
  ctx: AppContext,
  input: Input<'performance.setPolicy'>,
): PerformancePolicyRevision {
  requireModel(ctx, input.modelId);
  const { policy, reason } = input;
  const before = findPolicy(ctx.db, input.modelId).policy;
  return ctx.write(
    'performance.policySet',
    input.modelId,
    { before, after: policy, reason },
    (db) => {
      const current = findPolicy(db, input.modelId);
      if (current.revision !== input.revision) {
        throw new AppFailure('CONFLICT', 'The rules were changed since you opened them.', {
          current,
        });
      }
      const saved = {
        revision: current.revision + 1,
        policy,
        reason,
        setAtUtc: ctx.nowUtc(),
        setBy: ctx.actor.printedName,
      };
      insertPolicy(db, input.modelId, saved);
      return saved;
    },
  );
}
