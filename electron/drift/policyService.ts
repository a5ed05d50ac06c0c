import type { driftChannels, PolicyRevision } from '../../shared/drift/channels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { requireModel } from '../registry/registryService';
import { findPolicy, insertPolicy } from './policyRepo';

type Input<K extends keyof typeof driftChannels> = InputOf<(typeof driftChannels)[K]>;

/** The policy that holds now; revision 0 is the default. @throws AppFailure NOT_FOUND */
export function getPolicy(ctx: AppContext, input: Input<'drift.getPolicy'>): PolicyRevision {
  requireModel(ctx, input.modelId);
  return findPolicy(ctx.db, input.modelId);
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
