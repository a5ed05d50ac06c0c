import type { driftChannels, PolicyRevision } from '../../shared/drift/channels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import { formatStatistic } from '../../shared/base/formatNumber';
import { ModelId } from '../../shared/base/ids';
import { CORRECTION_WORDS } from '../../shared/drift/driftPolicy';
import type { AppContext, SignableRecord } from '../app/context';
import { lastEventAbout } from '../audit/logService';
import { findModelName, requireModel } from '../registry/registryService';
import { findPolicy, insertPolicy } from './policyRepo';

type Input<K extends keyof typeof driftChannels> = InputOf<(typeof driftChannels)[K]>;

/** The policy that holds now; revision 0 is the default. @throws AppFailure NOT_FOUND */
export function getPolicy(ctx: AppContext, input: Input<'drift.getPolicy'>): PolicyRevision {
  requireModel(ctx, input.modelId);
  return findPolicy(ctx.db, input.modelId);
}

/** A model's policy as a record to sign; a change makes the signatures under it outdated. */
export function signablePolicy({ db }: AppContext, id: string): SignableRecord | null {
  const modelId = ModelId.safeParse(id);
  const model = modelId.success ? findModelName(db, modelId.data) : null;
  if (!modelId.success || model === null) return null;
  const saved = findPolicy(db, modelId.data);
  const { revision, policy, reason, setAtUtc, setBy } = saved;
  const setter = lastEventAbout(db, 'drift.policySet', modelId.data)?.actorId ?? null;
  return {
    title: `Drift policy of ${model}, revision ${revision}`,
    facts: [
      { label: 'Model', value: model },
      { label: 'Revision', value: revision === 0 ? '0, the default' : String(revision) },
      { label: 'Threshold', value: formatStatistic(policy.threshold) },
      { label: 'Significance', value: String(policy.alpha) },
      { label: 'Correction', value: CORRECTION_WORDS[policy.correction] },
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
 * Changes a model's drift policy from the next batch on; reports keep the policy they were judged by.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody changed it first; `current` is the policy now)
 */
export function setPolicy(ctx: AppContext, input: Input<'drift.setPolicy'>): PolicyRevision {
  requireModel(ctx, input.modelId);
  const before = findPolicy(ctx.db, input.modelId);
  const { policy, reason } = input;
  return ctx.write(
    'drift.policySet',
    input.modelId,
    { before: before.policy, after: policy, reason },
    (db) => {
      const current = findPolicy(db, input.modelId);
      if (current.revision !== input.revision) {
        throw new AppFailure('CONFLICT', 'The policy was changed since you opened it.', {
          current,
        });
      }
      const saved: PolicyRevision = {
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
