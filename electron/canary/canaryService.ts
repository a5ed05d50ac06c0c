import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { CanaryId } from '../../shared/base/ids';
import { forecast as forecastOf } from '../../shared/canary/canaryPlanner';
import { measuredPart } from '../../shared/canary/canaryPlan';
import type { Canary, canaryChannels, CanaryForecast } from '../../shared/canary/channels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { requireVersion } from '../registry/registryService';
import { get, requireCanary } from './canaryQueries';
import { findLooks, findPlans, insertCanary, insertPlan } from './canaryRepo';

export { get, list } from './canaryQueries';
export { signablePlan } from './planSigning';
export { rollbacksDue } from './rollbackService';
export { compareFiles } from './compareService';
export { importLook, inspectData } from './lookService';
export {
  judge,
  listVerdicts,
  newestSignedVerdict,
  replay,
  signableVerdict,
  storedVerdict,
  verdictsOf,
} from './verdictService';

type Input<K extends keyof typeof canaryChannels> = InputOf<(typeof canaryChannels)[K]>;

/** Rows that a plan needs; null while it does not say how much one row varies. */
export function forecast(_ctx: AppContext, input: Input<'canary.forecast'>): CanaryForecast | null {
  return forecastOf(input.plan);
}

/**
 * Plans a canary: what will be measured, how much worse is acceptable, and how sure one must be.
 *
 * @throws AppFailure NOT_FOUND (a version), CONFLICT (not two versions of one model)
 */
export function plan(ctx: AppContext, input: Input<'canary.plan'>): Canary {
  const candidate = requireVersion(ctx, input.candidateVersionId);
  const control = requireVersion(ctx, input.controlVersionId);
  const { modelId } = candidate.snapshot;
  if (candidate.id === control.id || control.snapshot.modelId !== modelId)
    throw new AppFailure(
      'CONFLICT',
      'A canary compares two different versions of one model. Nothing was recorded. Choose another control.',
    );
  const canaryId = CanaryId.parse(randomUUID());
  const by = { setAtUtc: ctx.nowUtc(), setBy: ctx.actor.id };
  const { candidateVersionId, controlVersionId, reason } = input;
  const after = { modelId, candidateVersionId, controlVersionId, plan: input.plan };
  ctx.write('canary.planned', canaryId, { after, reason }, (db) => {
    const made = { createdAtUtc: by.setAtUtc, createdBy: by.setBy };
    insertCanary(db, { id: canaryId, modelId, candidateVersionId, controlVersionId, ...made });
    insertPlan(db, { canaryId, revision: 1, plan: input.plan, reason, nLooksBefore: 0, ...by });
  });
  return get(ctx, { canaryId });
}

/**
 * Changes a plan from now on; verdicts keep the revision they were judged by.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody was first: `current`; or looks are there and the new plan would
 *   measure something else)
 */
export function revisePlan(ctx: AppContext, input: Input<'canary.revisePlan'>): Canary {
  const { canaryId, reason } = input;
  requireCanary(ctx, canaryId);
  const before = findPlans(ctx.db, canaryId).at(-1)!;
  ctx.write(
    'canary.planRevised',
    canaryId,
    { before: before.plan, after: input.plan, reason },
    (db) => {
      const current = findPlans(db, canaryId).at(-1)!;
      if (current.revision !== input.revision)
        throw new AppFailure('CONFLICT', 'The plan was changed since you opened it.', { current });
      const nLooksBefore = findLooks(db, canaryId).length;
      const isSameMeasure =
        canonicalJson(measuredPart(current.plan)) === canonicalJson(measuredPart(input.plan));
      if (nLooksBefore > 0 && !isSameMeasure)
        throw new AppFailure(
          'CONFLICT',
          'Looks are on record, and the new plan would measure something else. Nothing was changed. Plan another canary for that.',
        );
      insertPlan(db, {
        canaryId,
        revision: current.revision + 1,
        plan: input.plan,
        reason,
        nLooksBefore,
        setAtUtc: ctx.nowUtc(),
        setBy: ctx.actor.id,
      });
    },
  );
  return get(ctx, { canaryId });
}
