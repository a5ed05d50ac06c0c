import { z } from 'zod';
import type { AlertId, ModelId, PersonId } from '../../shared/base/ids';
import { PredictionLogId } from '../../shared/base/ids';
import { RuleAction, type ActionOutcome } from '../../shared/handoff/ruleAction';
import type { DueRuleAction } from '../app/context';
import type { Db } from '../db/openDatabase';

/** An action as it lies in its table. */
export const StoredAction = RuleAction.omit({ rollbackTo: true }).extend({
  logId: PredictionLogId,
});
export type StoredAction = z.infer<typeof StoredAction>;

interface ActionRow {
  readonly outcome: string | null;
  readonly text: string | null;
  readonly subjectId: string | null;
  readonly atUtc: string | null;
  readonly actedBy: string | null;
}

/** Notes what a broken rule sets off; the same alert sets it off once. */
export function insertAction(db: Db, alertId: AlertId, due: DueRuleAction): void {
  db.prepare(
    `INSERT INTO rule_action (alert_id, action, model_id, version_id, log_id, rule_id, policy_revision,
       finding, due_at_utc)
     VALUES (@alertId, @action, @modelId, @versionId, @logId, @ruleId, @policyRevision, @finding, @dueAtUtc)
     ON CONFLICT (alert_id, action) DO NOTHING`,
  ).run({ alertId, ...due });
}

/** Newest first; only those that are still to be done, or all. */
export function findActions(
  db: Db,
  modelId: ModelId | null,
  which: 'all' | 'due' = 'all',
): StoredAction[] {
  return db
    .prepare<[string | null, string | null], ActionRow>(
      `SELECT a.alert_id AS alertId, a.action, a.model_id AS modelId, a.version_id AS versionId,
         v.version, a.log_id AS logId, a.rule_id AS ruleId, a.policy_revision AS policyRevision,
         a.finding, a.due_at_utc AS dueAtUtc, o.outcome, o.text, o.subject_id AS subjectId,
         o.at_utc AS atUtc, p.printed_name AS actedBy
       FROM rule_action a
       JOIN model_version v ON v.id = a.version_id
       LEFT JOIN rule_action_outcome o ON o.alert_id = a.alert_id AND o.action = a.action
       LEFT JOIN person p ON p.id = o.acted_by
       WHERE (? IS NULL OR a.model_id = ?) ${which === 'due' ? 'AND o.outcome IS NULL' : ''}
       ORDER BY a.due_at_utc DESC, a.rowid DESC`,
    )
    .all(modelId, modelId)
    .map(({ outcome, text, subjectId, atUtc, actedBy, ...action }) =>
      StoredAction.parse({
        ...action,
        outcome: outcome === null ? null : { outcome, text, subjectId, atUtc, actedBy },
      }),
    );
}

export function insertOutcome(
  db: Db,
  { alertId, action }: Pick<StoredAction, 'alertId' | 'action'>,
  outcome: Omit<ActionOutcome, 'actedBy'> & { readonly actedBy: PersonId },
): void {
  db.prepare(
    `INSERT INTO rule_action_outcome (alert_id, action, outcome, text, subject_id, at_utc, acted_by)
     VALUES (@alertId, @action, @outcome, @text, @subjectId, @atUtc, @actedBy)`,
  ).run({ alertId, action, ...outcome });
}
