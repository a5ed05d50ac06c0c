import type { CanaryId, ModelVersionId } from '../../shared/base/ids';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import { defaultPlan } from '../../shared/canary/canaryPlan';
import type { ArmLayout, Canary } from '../../shared/canary/channels';
import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { nextVersion } from './lifecycle';
import { csvFile, okValue, type TestModel } from './testModel';

/** Accuracy of 0.8, half of the traffic each, a drop of 5 points is too much. */
export const TRIAL_PLAN: CanaryPlan = {
  ...defaultPlan('correct', 'binary', 0.8),
  candidateShare: 0.5,
  margin: { value: 0.05, scale: 'absolute' },
};

/** So many rows, of which this share is correct, spread evenly; `from` makes files differ. */
export function outcomes(shareCorrect: number, n = 2_000, from = 0): string {
  const request = Array.from({ length: n }, (_, i) => `r${from + i}`);
  const correct = request.map((_, i) => Number(((i * 7919) % n) / n < shareCorrect));
  return csvFile({ request, correct }, `rows-${from}.csv`);
}

export interface Trial {
  readonly canaryId: CanaryId;
  readonly candidateId: ModelVersionId;
}

/** Plans a canary of a fresh version against the model's first one. */
export async function planTrial(model: TestModel, plan = TRIAL_PLAN): Promise<Trial> {
  const candidateId = await nextVersion(model);
  const { id } = okValue<'canary.plan'>(
    await model.call('canary.plan', {
      candidateVersionId: candidateId,
      controlVersionId: model.versionId,
      plan,
      reason: 'Retrained',
    }),
  );
  return { canaryId: id, candidateId };
}

/** Chooses the files of both arms and imports them as the next look. */
export async function importRows(
  { call, token }: TestModel,
  canaryId: CanaryId,
  files: readonly [control: string, candidate: string | null],
  columns: {
    readonly idColumn?: string;
    readonly timeColumn?: string;
    readonly layout?: ArmLayout;
  } = {},
): Promise<ResultOf<Contract['canary.importLook']>> {
  const [control, candidate] = files;
  const staged = await call('canary.inspectData', {
    canaryId,
    control: { token: token(control) },
    candidate: candidate === null ? null : { token: token(candidate) },
  });
  if (!staged.ok) return staged;
  return call('canary.importLook', {
    canaryId,
    stageId: staged.value.stageId,
    layout: columns.layout ?? { kind: 'twoFiles' },
    idColumn: columns.idColumn ?? null,
    timeColumn: columns.timeColumn ?? null,
  });
}

/** Imports one look with these accuracies and has the verdict recorded. */
export async function judgeTrial(
  model: TestModel,
  canaryId: CanaryId,
  shares: readonly [control: number, candidate: number],
): Promise<Canary> {
  const files = [outcomes(shares[0]), outcomes(shares[1], 2_000, 5_000)] as const;
  okValue<'canary.importLook'>(await importRows(model, canaryId, files));
  return okValue<'canary.judge'>(await model.call('canary.judge', { canaryId }));
}
