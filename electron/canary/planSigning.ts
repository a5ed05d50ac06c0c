import { formatShare, formatStatistic } from '../../shared/base/formatNumber';
import { CanaryId, type PersonId } from '../../shared/base/ids';
import { plannedMargin } from '../../shared/canary/canaryPlan';
import type { UtcInstant } from '../../shared/base/time';
import type { ActingPolicy, AppContext, SignableRecord } from '../app/context';
import { lastEventAbout } from '../audit/logService';
import { promoterApprovals } from '../registry/approvalService';
import { findCanary, findPlans } from './canaryRepo';

/** The newest plan of a canary as a record to sign; by an approval, its verdict may roll back by itself. */
export function signablePlan({ db }: AppContext, id: string): SignableRecord | null {
  const canaryId = CanaryId.safeParse(id);
  const canary = canaryId.success ? findCanary(db, canaryId.data) : null;
  const newest = canary === null ? undefined : findPlans(db, canary.id).at(-1);
  if (canary === null || newest === undefined) return null;
  const { plan, revision, reason, setAtUtc, setBy } = newest;
  const setter = planSetter({ db }, canary.id);
  return {
    title: `Plan of the canary of ${canary.modelName}, version ${canary.candidate} against ${canary.control}, revision ${revision}`,
    facts: [
      { label: 'Metric', value: `${plan.primary.column}, ${plan.primary.kind}` },
      { label: 'Margin', value: formatStatistic(plannedMargin(plan)) },
      { label: 'Error, one-sided', value: formatShare(plan.alpha) },
      { label: 'Traffic for the candidate', value: formatShare(plan.candidateShare) },
      { label: 'Guardrails', value: String(plan.guardrails.length) },
      {
        label: 'On a verdict to roll back',
        value: plan.onRollBack === 'rollBack' ? 'ROLL BACK BY ITSELF' : 'recommend it',
      },
      { label: 'Looks before this revision', value: String(newest.nLooksBefore) },
      { label: 'Set by', value: setBy },
      { label: 'Set at (UTC)', value: setAtUtc },
      { label: 'Reason', value: reason },
    ],
    record: {
      v: 1,
      canaryId: canary.id,
      modelId: canary.modelId,
      candidateVersionId: canary.candidateVersionId,
      controlVersionId: canary.controlVersionId,
      ...newest,
    },
    authors: setter === null ? [] : [setter],
    meanings: ['review', 'approval', 'rejection', 'responsibility'],
  };
}

function planSetter({ db }: Pick<AppContext, 'db'>, canaryId: CanaryId): PersonId | null {
  const revised = lastEventAbout(db, 'canary.planRevised', canaryId);
  return (revised ?? lastEventAbout(db, 'canary.planned', canaryId))?.actorId ?? null;
}

/**
 * The newest plan of a canary, if it may act by itself: it was approved by signature before the verdict fell, by
 * somebody who may promote and did not write it.
 *
 * @returns null otherwise
 */
export function approvedPlan(
  ctx: AppContext,
  { canaryId, judgedAtUtc }: { readonly canaryId: CanaryId; readonly judgedAtUtc: UtcInstant },
): ActingPolicy | null {
  const newest = findPlans(ctx.db, canaryId).at(-1);
  if (newest?.plan.onRollBack !== 'rollBack') return null;
  const ref = { recordType: 'canary.plan', recordId: canaryId } as const;
  const approvals = promoterApprovals(ctx, ref).filter(
    ({ signedAtUtc }) => signedAtUtc <= judgedAtUtc,
  );
  if (approvals.length === 0) return null;
  const approvedBy = [...new Set(approvals.map(({ printedName }) => printedName))];
  return { kind: 'canary', revision: newest.revision, approvedBy };
}
