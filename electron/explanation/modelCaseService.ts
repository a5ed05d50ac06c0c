import type { ModelCase, OtherOutcome } from '../../shared/explanation/modelCase';
import type { modelExplanationChannels } from '../../shared/explanation/modelChannels';
import type { InputOf, OutputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { get, OPENED_CASES } from './explanationService';
import type { ModelCaseRef } from './modelCaseJob';

type Channels = typeof modelExplanationChannels;
type Input<K extends keyof Channels> = InputOf<Channels[K]>;

/**
 * What can be asked of the model about one case; shown and not stored.
 *
 * @throws AppFailure NOT_FOUND (opened file or case), BAD_DATA (changed file, ambiguous case), CANCELLED
 */
export function readCaseInputs(
  ctx: AppContext,
  input: Input<'explanation.readCaseInputs'>,
): Promise<ModelCase> {
  return ctx.jobs.run('explanation.readCaseInputs', requireModelCase(ctx, input), ctx);
}

/**
 * Runs the model on a case with some inputs changed; shown and not stored.
 *
 * @throws AppFailure NOT_FOUND (opened file, case or input), BAD_DATA (changed file), CANCELLED
 */
export function tryInputs(
  ctx: AppContext,
  input: Input<'explanation.tryInputs'>,
): Promise<OutputOf<Channels['explanation.tryInputs']>> {
  const { changes } = input;
  const task = { ...requireModelCase(ctx, input), changes };
  return ctx.jobs.run('explanation.tryInputs', task, ctx);
}

/**
 * Small changes that would have led to another outcome, each run through the model.
 *
 * @throws AppFailure NOT_FOUND (opened file or case), BAD_DATA (changed file), CANCELLED
 */
export function findOtherOutcome(
  ctx: AppContext,
  input: Input<'explanation.findOtherOutcome'>,
): Promise<OtherOutcome> {
  const { wish } = input;
  const task = { ...requireModelCase(ctx, input), wish };
  return ctx.jobs.run('explanation.findOtherOutcome', task, ctx);
}

function requireModelCase(
  ctx: AppContext,
  { stageId, caseId }: Input<'explanation.readCaseInputs'>,
): ModelCaseRef {
  const { path, sha256, explanationId, model } = ctx.stages.get(OPENED_CASES, stageId);
  const { computed } = get(ctx, { explanationId }).aggregates;
  if (model === null || computed === undefined)
    throw new AppFailure(
      'NOT_FOUND',
      'This explanation was imported, so there is no model to ask. Compute one from the ONNX file of the version.',
    );
  return { ...model, path, expectedSha256: sha256, caseId, settings: computed.settings };
}
