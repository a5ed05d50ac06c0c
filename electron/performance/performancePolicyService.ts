import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  performanceChannels,
  PerformancePolicyRevision,
} from '../../shared/performance/channels';
import {
  replayRules,
  type PastWindow,
  type RuleReplay,
} from '../../shared/performance/policyReplay';
import { CORRECTION_WORDS } from '../../shared/drift/driftPolicy';
import { ModelId, type PersonId } from '../../shared/base/ids';
import { ruleWords } from '../../shared/performance/performancePolicy';
import type { ActingPolicy, AppContext, SignableRecord } from '../app/context';
import { lastEventAbout } from '../audit/logService';
import { promoterApprovals } from '../registry/approvalService';
import { findModelName, requireModel } from '../registry/registryService';
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
  return replayRules(policy, windows);
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

/** Who set the rules that hold now; null for the default. */
export function policySetter({ db }: Pick<AppContext, 'db'>, modelId: ModelId): PersonId | null {
  return lastEventAbout(db, 'performance.policySet', modelId)?.actorId ?? null;
}

const ACTION_WORDS = {
  alert: 'alert',
  openIncident: 'open an incident',
  recommendRollback: 'recommend a rollback',
  rollBack: 'ROLL BACK BY ITSELF',
  retrain: 'draft a hand-off packet for retraining',
} as const;

/** A model's performance rules as a record to sign; by an approval, a rule may roll back by itself. */
export function signablePerformancePolicy(ctx: AppContext, id: string): SignableRecord | null {
  const { db } = ctx;
  const modelId = ModelId.safeParse(id);
  const model = modelId.success ? findModelName(db, modelId.data) : null;
  if (!modelId.success || model === null) return null;
  const saved = findPolicy(db, modelId.data);
  const { revision, policy, reason, setAtUtc, setBy } = saved;
  const setter = policySetter(ctx, modelId.data);
  return {
    title: `Performance rules of ${model}, revision ${revision}`,
    facts: [
      { label: 'Model', value: model },
      { label: 'Revision', value: revision === 0 ? '0, the default' : String(revision) },
      ...policy.rules
        .filter(({ isEnabled }) => isEnabled)
        .map((rule) => ({
          label: `Rule ${rule.id}`,
          value: `${ruleWords(rule, null)}: ${ACTION_WORDS[rule.action]}`,
        })),
      ...(policy.correction === undefined
        ? []
        : [{ label: 'Correction over the rules', value: CORRECTION_WORDS[policy.correction] }]),
      { label: 'Set by', value: setBy ?? 'nobody yet' },
      { label: 'Set at (UTC)', value: setAtUtc ?? 'never' },
      { label: 'Reason', value: reason === '' ? 'none' : reason },
    ],
    record: { modelId: modelId.data, modelName: model, ...saved },
    authors: setter === null ? [] : [setter],
    meanings: ['review', 'approval', 'rejection', 'responsibility'],
  };
}

/**
 * The rules that hold now, if they may act by themselves: somebody who may promote, and who did not set them,
 * approved this very revision by signature, and nobody rejected it.
 *
 * @returns null otherwise
 */
export function approvedPolicy(ctx: AppContext, modelId: ModelId): ActingPolicy | null {
  const { revision } = findPolicy(ctx.db, modelId);
  if (revision === 0) return null;
  const ref = { recordType: 'performance.policy', recordId: modelId } as const;
  const approvals = promoterApprovals(ctx, ref);
  if (approvals.length === 0) return null;
  const approvedBy = [...new Set(approvals.map(({ printedName }) => printedName))];
  return { kind: 'performance', revision, approvedBy };
}
