import type { AlertId } from '../../shared/base/ids';
import type { loopChannels } from '../../shared/handoff/loopChannels';
import type { ActionOutcome, RuleAction } from '../../shared/handoff/ruleAction';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, DueRuleAction } from '../app/context';
import type { Db } from '../db/openDatabase';
import { listAlerts } from '../incident/alertService';
import { openIncident } from '../incident/incidentService';
import { approvedPolicy, policySetter } from '../performance/performancePolicyService';
import { getReport } from '../performance/performanceService';
import { getLifecycle } from '../registry/lifecycleService';
import { rollBackAutomatically } from './automaticRollbackService';
import { findActions, insertAction, insertOutcome, type StoredAction } from './ruleActionRepo';
import { draftByRule } from './ruleDraft';

type Came = Omit<ActionOutcome, 'atUtc' | 'actedBy'>;

/** What broken rules set off, newest first, with what came of it. */
export function listActions(
  ctx: AppContext,
  { modelId }: InputOf<(typeof loopChannels)['handoff.listActions']>,
): readonly RuleAction[] {
  return findActions(ctx.db, modelId).map(({ logId: _log, ...action }) => ({
    ...action,
    rollbackTo: getLifecycle(ctx, { versionId: action.versionId }).rollbackTo?.version ?? null,
  }));
}

/** Notes, in the write that raises an alert, what its rule sets off; {@link settleActions} does it after. */
export function noteAction(db: Db, alertId: AlertId, due: DueRuleAction): void {
  insertAction(db, alertId, due);
}

/**
 * Does what rules have set off and nobody did yet, each as a write of its own with its own event.
 *
 * The finding is on record before anything acts on it, so one that fails is done the next time, and one that
 * was done is never done again.
 *
 * @returns how many were done
 */
export function settleActions(ctx: AppContext): number {
  const due = findActions(ctx.db, null, 'due').toReversed();
  let nActed = 0;
  for (const action of due) {
    try {
      settle(ctx, action);
      nActed += 1;
    } catch (error) {
      // The import that found the breach must not fail by what follows from it.
      ctx.log.error('an action of a rule could not be done', { action: action.action, error });
    }
  }
  return nActed;
}

function settle(ctx: AppContext, action: StoredAction): void {
  if (action.action === 'rollBack') {
    settleRollback(ctx, action);
    return;
  }
  const came = ACTS[action.action](ctx, action);
  record(ctx, action, came);
}

function record(ctx: AppContext, action: StoredAction, came: Came): void {
  const { alertId, modelId, ruleId, policyRevision } = action;
  const after = { action: action.action, ruleId, policyRevision, modelId, ...came };
  ctx.write('handoff.ruleActed', alertId, { after }, (db) =>
    insertOutcome(db, action, noted(ctx, came)),
  );
}

function noted(ctx: AppContext, came: Came) {
  return { ...came, atUtc: ctx.nowUtc(), actedBy: ctx.actor.id };
}

/** Outcome and step are one write: a rollback that is done is never asked for again. */
function settleRollback(ctx: AppContext, action: StoredAction): void {
  const { modelId, versionId, finding, policyRevision } = action;
  const approved = approvedPolicy(ctx, modelId);
  // Only the revision that found the breach acts on it, and only while it holds.
  const policy = approved?.revision === policyRevision ? approved : null;
  const answer = rollBackAutomatically(ctx, {
    modelId,
    versionId,
    finding,
    policy,
    also: (db, { version, versionId: restored }) =>
      insertOutcome(
        db,
        action,
        noted(ctx, {
          outcome: 'done',
          text: `Rolled back to version ${version}.`,
          subjectId: restored,
        }),
      ),
  });
  if (!answer.isDone)
    record(ctx, action, { outcome: 'recommended', text: answer.why, subjectId: null });
}

const ACTS: Readonly<
  Record<Exclude<RuleAction['action'], 'rollBack'>, (ctx: AppContext, action: StoredAction) => Came>
> = {
  openIncident(ctx, { alertId, modelId, ruleId, policyRevision, finding }) {
    const alert = listAlerts(ctx, { modelId }).find(({ id }) => id === alertId);
    const known = alert?.incidentId ?? null;
    if (known !== null)
      return { outcome: 'done', text: 'The alert belongs to an incident.', subjectId: known };
    if (alert === undefined || alert.state === 'closed')
      return { outcome: 'notDone', text: 'The alert was closed before.', subjectId: null };
    const reason = `By revision ${policyRevision} of the performance rules: ${finding}`;
    const { id } = openIncident(ctx, {
      alertIds: [alertId],
      title: `${alert.modelName}: rule ${ruleId} broken`.slice(0, 200),
      beganAtUtc: null,
      reason: reason.slice(0, 2000),
    });
    return { outcome: 'done', text: 'Opened an incident.', subjectId: id };
  },
  recommendRollback(ctx, { versionId }) {
    const to = getLifecycle(ctx, { versionId }).rollbackTo;
    return to === null
      ? { outcome: 'notDone', text: 'There is nothing to go back to.', subjectId: null }
      : {
          outcome: 'recommended',
          text: `Roll back to version ${to.version}.`,
          subjectId: to.versionId,
        };
  },
  retrain(ctx, { modelId, versionId, logId, ruleId, policyRevision, finding }) {
    const setById = policySetter(ctx, modelId);
    if (setById === null) throw new AppFailure('NOT_FOUND', 'Nobody has set this policy.');
    const { report } = getReport(ctx, { logId, reportId: null });
    const id = draftByRule(ctx, modelId, {
      versionId,
      evidence: [{ kind: 'performance', logId, reportId: report.id }],
      cause: { policy: 'performance', ruleId, rulesRevision: policyRevision, setById, finding },
    });
    return { outcome: 'done', text: 'Wrote a hand-off packet, to be approved.', subjectId: id };
  },
};
