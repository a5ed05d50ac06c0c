import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { StageChange } from '../../shared/registry/lifecycleChannels';
import type { AppContext, ActingPolicy } from '../app/context';
import type { Db } from '../db/openDatabase';
import { history, liveAt } from '../registry/historyService';
import { getLifecycle, rollBackByPolicy } from '../registry/lifecycleService';
import { deliverOutbox } from './outboxService';

/** A breach that a policy answers with a rollback. */
interface PolicyRollback {
  readonly modelId: ModelId;
  /** The version that broke the rule. */
  readonly versionId: ModelVersionId;
  /** The policy that says so; null while nobody who may promote approved its newest revision. */
  readonly policy: ActingPolicy | null;
  /** What was found, in one sentence. */
  readonly finding: string;
  /** Runs in the write that goes back, to note that this breach is answered. */
  readonly also?: (db: Db, change: StageChange) => void;
}

type RollbackAnswer =
  | { readonly isDone: true; readonly change: StageChange }
  /** Nothing was changed; `why` is a sentence for people. */
  | { readonly isDone: false; readonly why: string };

/**
 * Goes back to the version before, because a signed policy says so: the one way in which anything rolls back
 * by itself. Performance rules and verdicts of canaries come through here.
 *
 * It never goes round in circles: it leaves only a version that people promoted, so a version that a rollback
 * restored stays until a person decides. It takes the registry's own step, with the policy in the audit
 * event; a person takes it back by the ordinary rollback. The manifest for whoever serves is queued in the same
 * write, and written into the outbox after it.
 *
 * @param breach.policy revision and approvers of the policy, or null when it is not approved
 * @param breach.also runs inside the same write; must not wait
 * @returns the step, or why none was taken: policy not approved, version not live, restored by a rollback
 *   already, or nothing to go back to. Never throws for these
 * @throws AppFailure STORAGE when the disk is full or read-only; nothing was changed then
 */
export function rollBackAutomatically(ctx: AppContext, breach: PolicyRollback): RollbackAnswer {
  const { modelId, versionId, policy, finding, also } = breach;
  const obstacle = obstacleTo(ctx, breach);
  if (obstacle !== null || policy === null) return { isDone: false, why: obstacle ?? NOT_APPROVED };
  const by = policy.approvedBy.join(', ');
  const reason = `By revision ${policy.revision} of the ${policy.kind} policy, approved by ${by}: ${finding}`;
  const change = rollBackByPolicy(
    ctx,
    { modelId, liveVersionId: versionId, reason: reason.slice(0, 2000) },
    { policy, ...(also === undefined ? {} : { also }) },
  );
  deliverOutbox(ctx);
  return { isDone: true, change };
}

const NOT_APPROVED =
  'Nobody who may promote has approved this revision of the policy by signature, so nothing rolls back by itself.';

function obstacleTo(ctx: AppContext, breach: PolicyRollback): string | null {
  const { modelId, versionId, policy } = breach;
  if (policy === null) return NOT_APPROVED;
  const live = liveAt(ctx, { modelId, atUtc: ctx.nowUtc() }).live?.change ?? null;
  if (live?.versionId !== versionId)
    return 'The version that broke the rule is not live, so there is nothing to roll back.';
  if (live.kind === 'rollback')
    return `Version ${live.version} was itself restored by a rollback; what comes next is for a person to decide.`;
  const { rollbackTo } = getLifecycle(ctx, { versionId });
  if (rollbackTo === null)
    return 'No other version was ever live, so there is nothing to go back to.';
  const wasLeft = history(ctx, { modelId }).changes.findLast(
    (change) => change.versionId === rollbackTo.versionId && change.fromStage === 'Production',
  );
  return wasLeft?.kind === 'rollback'
    ? `Version ${rollbackTo.version} was itself left by a rollback; what comes next is for a person to decide.`
    : null;
}
