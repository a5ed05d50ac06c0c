import type { AppContext } from '../app/context';
import { deliverOutbox } from './outboxService';
import { fireRules } from './retrainingService';
import { settleActions } from './ruleActionService';

/**
 * Does what is due: actions of broken rules, retraining rules, manifests that wait for the outbox.
 *
 * @returns how many of each were done
 * @throws AppFailure STORAGE when the disk is full or read-only
 */
export function settle(ctx: AppContext) {
  const nActed = settleActions(ctx);
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
