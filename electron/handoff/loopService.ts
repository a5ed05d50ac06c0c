import type { AppContext } from '../app/context';
import { rollbacksDue } from '../canary/canaryService';
import { rollBackAutomatically } from './automaticRollbackService';
import { deliverOutbox } from './outboxService';
import { fireRules } from './retrainingService';
import { settleActions } from './ruleActionService';

/**
 * Does what is due: verdicts of canaries, actions of broken rules, retraining rules, manifests that wait for the outbox.
 *
 * @returns how many of each were done
 * @throws AppFailure STORAGE when the disk is full or read-only
 */
export function settle(ctx: AppContext) {
  const nRolledBack = rollbacksDue(ctx).filter(
    (due) => rollBackAutomatically(ctx, due).isDone,
  ).length;
  const nActed = settleActions(ctx) + nRolledBack;
  const nFired = fireRules(ctx);
  return { nActed, nFired, nWritten: deliverOutbox(ctx) };
}

/**
 * Does what is due after new evidence came in; a failure is logged and left for the next time, because the
 * evidence itself is on record already.
 */
export function settleQuietly(ctx: AppContext): void {
  try {
    settle(ctx);
  } catch (error) {
    ctx.log.error('what follows from new evidence could not be done', { error });
  }
}
