import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { CanaryHead } from '../../shared/canary/channels';
import type { ActingPolicy, AppContext } from '../app/context';
import { liveAt } from '../registry/historyService';
import { findActingCanaries, findLooks, findPlans, findVerdicts } from './canaryRepo';
import { judgeNow } from './canaryQueries';
import { approvedPlan } from './planSigning';
import { isSuperseded, recordVerdict } from './verdictService';

/** A verdict that is to be acted on without waiting for a person. */
interface RollbackDue {
  readonly modelId: ModelId;
  /** The candidate, which is live. */
  readonly versionId: ModelVersionId;
  readonly policy: ActingPolicy;
  readonly finding: string;
}

/**
 * What canaries ask for whose approved plan rolls back by itself. Puts a verdict to roll back on record as soon
 * as the looks give it.
 *
 * Nothing is noted as due: a verdict acts while its candidate is live by a promotion that is older. Once the
 * candidate is not live, or people promote it again, the verdict is spent.
 */
export function rollbacksDue(ctx: AppContext): readonly RollbackDue[] {
  return findActingCanaries(ctx.db).flatMap((canary) => {
    try {
      recordVerdictDue(ctx, canary);
      return rollbackDue(ctx, canary) ?? [];
    } catch (error) {
      // The import that brought the look must not fail by what follows from it.
      ctx.log.error('a verdict to roll back could not be put on record', { error });
      return [];
    }
  });
}

function recordVerdictDue(ctx: AppContext, canary: CanaryHead): void {
  const { id: canaryId } = canary;
  const [newest] = findVerdicts(ctx.db, canaryId);
  if (newest !== undefined && !isSuperseded(ctx.db, newest)) return;
  if (approvedPlan(ctx, { canaryId, judgedAtUtc: ctx.nowUtc() }) === null) return;
  const judgement = judgeNow(findPlans(ctx.db, canaryId), findLooks(ctx.db, canaryId));
  if (judgement?.verdict === 'rollBack') recordVerdict(ctx, canary);
}

function rollbackDue(ctx: AppContext, canary: CanaryHead): RollbackDue | null {
  const { id: canaryId, modelId, candidateVersionId: versionId } = canary;
  const [verdict] = findVerdicts(ctx.db, canaryId);
  if (verdict?.judgement.verdict !== 'rollBack' || isSuperseded(ctx.db, verdict)) return null;
  const { judgedAtUtc, judgement } = verdict;
  const live = liveAt(ctx, { modelId, atUtc: ctx.nowUtc() }).live?.change;
  if (live?.versionId !== versionId || live.atUtc > judgedAtUtc) return null;
  const policy = approvedPlan(ctx, { canaryId, judgedAtUtc });
  return policy === null ? null : { modelId, versionId, policy, finding: judgement.sentence };
}
