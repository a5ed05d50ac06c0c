import { z } from 'zod';
import { AlertId, ModelId, ModelVersionId } from '../base/ids';
import { UtcInstant } from '../base/time';

/** What a broken rule can set off beside its alert. */
export const DUE_ACTIONS = ['openIncident', 'recommendRollback', 'rollBack', 'retrain'] as const;
export const DueAction = z.enum(DUE_ACTIONS);
export type DueAction = z.infer<typeof DueAction>;

/** What came of it. */
const ActionOutcome = z.strictObject({
  /** `recommended`: it is for a person to do; `notDone`: why not, is in the text. */
  outcome: z.enum(['done', 'recommended', 'notDone']),
  text: z.string(),
  /** The incident, version or packet that came of it; null where nothing did. */
  subjectId: z.uuid().nullable(),
  atUtc: UtcInstant,
  /** Printed name of who was signed in. */
  actedBy: z.string(),
});
export type ActionOutcome = z.infer<typeof ActionOutcome>;

export const RuleAction = z.strictObject({
  alertId: AlertId,
  action: DueAction,
  modelId: ModelId,
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  ruleId: z.string(),
  policyRevision: z.number().int().positive(),
  finding: z.string(),
  dueAtUtc: UtcInstant,
  /** Null while it is still to be done. */
  outcome: ActionOutcome.nullable(),
  /**
   * The version that a rollback would restore now; null when the version that broke the rule is not live
   * any more, or nothing was live before.
   */
  rollbackTo: z.number().int().positive().nullable(),
});
export type RuleAction = z.infer<typeof RuleAction>;

/** The reason that a person finds in the rollback dialog. */
export function rollbackReason({ policyRevision, finding }: RuleAction): string {
  return `Recommended by revision ${policyRevision} of the performance rules: ${finding}`.slice(
    0,
    2000,
  );
}
