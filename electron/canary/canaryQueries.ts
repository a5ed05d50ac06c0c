import type { CanaryId } from '../../shared/base/ids';
import { judgeCanary } from '../../shared/canary/canaryJudge';
import type { CanaryJudgement } from '../../shared/canary/canaryJudgement';
import type {
  Canary,
  canaryChannels,
  CanaryHead,
  PlanRevision,
} from '../../shared/canary/channels';
import { metricPicture } from '../../shared/canary/metricPicture';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { liveAt } from '../registry/historyService';
import {
  findCanaries,
  findCanary,
  findLooks,
  findPlans,
  findVerdicts,
  type StoredLook,
} from './canaryRepo';

type Input<K extends keyof typeof canaryChannels> = InputOf<(typeof canaryChannels)[K]>;

/** Every canary, or those of one model; newest first. */
export function list(ctx: AppContext, { modelId }: Input<'canary.list'>): readonly CanaryHead[] {
  return findCanaries(ctx.db, modelId);
}

/** One canary with everything that was decided about it. @throws AppFailure NOT_FOUND */
export function get(ctx: AppContext, { canaryId }: Input<'canary.get'>): Canary {
  const head = requireCanary(ctx, canaryId);
  const looks = findLooks(ctx.db, canaryId);
  const plans = findPlans(ctx.db, canaryId);
  return {
    ...head,
    isCandidateLive: isLive(ctx, head),
    plans,
    looks: looks.map(({ look, ...facts }) => {
      const { primary: _primary, guardrails: _guardrails, ...shown } = look;
      return { ...facts, ...shown };
    }),
    verdicts: findVerdicts(ctx.db, canaryId).map(({ judgedById: _id, ...verdict }) => verdict),
    judgement: judgeNow(plans, looks),
    picture: metricPicture(looks.map(({ look }) => look)),
  };
}

function isLive(ctx: AppContext, { modelId, candidateVersionId }: CanaryHead): boolean {
  return (
    liveAt(ctx, { modelId, atUtc: ctx.nowUtc() }).live?.change.versionId === candidateVersionId
  );
}

/** @throws AppFailure NOT_FOUND */
export function requireCanary({ db }: Pick<AppContext, 'db'>, canaryId: CanaryId): CanaryHead {
  const head = findCanary(db, canaryId);
  if (head === null) throw new AppFailure('NOT_FOUND', 'There is no such canary.', { canaryId });
  return head;
}

/** What the judge says by the newest plan about every look; null before the first. */
export function judgeNow(
  plans: readonly PlanRevision[],
  looks: readonly StoredLook[],
): CanaryJudgement | null {
  const newest = plans.at(-1);
  if (newest === undefined || looks.length === 0) return null;
  return judgeCanary({
    plan: newest.plan,
    looks: looks.map(({ look }) => look),
    looksBeforePlan: newest.nLooksBefore,
  });
}
