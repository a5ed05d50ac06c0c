import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  AliasChange,
  lifecycleChannels,
  LifecyclePolicyRevision,
  LiveAnswer,
  ModelHistory,
  StageChange,
} from '../../shared/registry/lifecycleChannels';
import type { AppContext } from '../app/context';
import { listSignatures } from '../vault/signingService';
import { findAliasChanges, insertAliasChange } from './aliasRepo';
import {
  findLifecyclePolicy,
  findRequest,
  findRequests,
  insertLifecyclePolicy,
} from './promotionRepo';
import { requireModel, requireVersion } from './registryService';
import { findStageChanges } from './stageRepo';

type Input<K extends keyof typeof lifecycleChannels> = InputOf<(typeof lifecycleChannels)[K]>;

/** Every step, request and change of alias of a model, oldest first. @throws AppFailure NOT_FOUND */
export function history(ctx: AppContext, { modelId }: Input<'registry.history'>): ModelHistory {
  requireModel(ctx, modelId);
  return {
    changes: findStageChanges(ctx.db, modelId),
    requests: findRequests(ctx.db, modelId),
    aliases: findAliasChanges(ctx.db, modelId),
  };
}

/**
 * Which version of a model was live at an instant, who decided so and why.
 *
 * Steps are taken in the order in which they were recorded, so the answer holds for a clock that was set back, too.
 *
 * @throws AppFailure NOT_FOUND
 */
export function liveAt(ctx: AppContext, { modelId, atUtc }: Input<'registry.liveAt'>): LiveAnswer {
  requireModel(ctx, modelId);
  const changes = findStageChanges(ctx.db, modelId);
  const change = changeToLive(changes, atUtc);
  if (change === null) return { atUtc, live: null };
  const end = changes.find(
    ({ ordinal, versionId, fromStage }) =>
      ordinal > change.ordinal && versionId === change.versionId && fromStage === 'Production',
  );
  const { requestId } = change;
  const request = requestId === null ? null : findRequest(ctx.db, requestId);
  const ref = { recordType: 'registry.promotion' as const, recordId: requestId ?? '' };
  const signatures = request === null ? [] : listSignatures(ctx, ref).signatures;
  return {
    atUtc,
    live: {
      change,
      untilUtc: end?.atUtc ?? null,
      request,
      signatures: signatures.map(({ printedName, meaning, reason, signedAtUtc }) => ({
        printedName,
        meaning,
        reason,
        signedAtUtc,
      })),
    },
  };
}

/** The step that made a version live which was live at an instant; null when none was. */
export function changeToLive(changes: readonly StageChange[], atUtc: string): StageChange | null {
  let live: StageChange | null = null;
  for (const change of changes) {
    if (change.atUtc > atUtc) continue;
    if (change.toStage === 'Production') live = change;
    else if (change.fromStage === 'Production') live = null;
  }
  return live;
}

/** Lets an alias stand for a version, or for none. @throws AppFailure NOT_FOUND, CONFLICT (it is so already) */
export function setAlias(
  ctx: AppContext,
  input: Input<'registry.setAlias'>,
): readonly AliasChange[] {
  const { modelId, versionId, reason } = input;
  const alias = input.alias.toLowerCase();
  requireModel(ctx, modelId);
  if (versionId !== null && requireVersion(ctx, versionId).snapshot.modelId !== modelId) {
    throw new AppFailure('NOT_FOUND', 'This version belongs to another model.', { versionId });
  }
  const before = findAliasChanges(ctx.db, modelId).findLast((one) => one.alias === alias);
  if ((before?.versionId ?? null) === versionId) {
    throw new AppFailure('CONFLICT', `The alias ${alias} is so already. Nothing was changed.`, {
      alias,
    });
  }
  const detail = {
    before: { alias, version: before?.versionId ?? null },
    after: { alias, version: versionId },
    reason,
  };
  ctx.write('registry.aliasSet', modelId, detail, (db) =>
    insertAliasChange(db, {
      modelId,
      alias,
      versionId,
      atUtc: ctx.nowUtc(),
      changedBy: ctx.actor.id,
      reason,
    }),
  );
  return findAliasChanges(ctx.db, modelId);
}

/** The gates of a model as they are now. @throws AppFailure NOT_FOUND */
export function getLifecyclePolicy(
  ctx: AppContext,
  { modelId }: Input<'registry.getLifecyclePolicy'>,
): LifecyclePolicyRevision {
  requireModel(ctx, modelId);
  return findLifecyclePolicy(ctx.db, modelId);
}

/**
 * Sets the gates of a model. Approvals given under other gates are outdated by it.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody changed them first; `current` is the policy now)
 */
export function setLifecyclePolicy(
  ctx: AppContext,
  input: Input<'registry.setLifecyclePolicy'>,
): LifecyclePolicyRevision {
  const { modelId, policy, reason, revision } = input;
  requireModel(ctx, modelId);
  const current = findLifecyclePolicy(ctx.db, modelId);
  if (current.revision !== revision) {
    throw new AppFailure(
      'CONFLICT',
      'The gates were changed while you were looking at them. Nothing was saved. Look at them again.',
      { current },
    );
  }
  const detail = { before: current.policy, after: policy, reason };
  ctx.write('registry.gatesSet', modelId, detail, (db) =>
    insertLifecyclePolicy(db, {
      modelId,
      policy,
      reason,
      revision: revision + 1,
      setAtUtc: ctx.nowUtc(),
      setBy: ctx.actor.id,
    }),
  );
  return findLifecyclePolicy(ctx.db, modelId);
}
