import type { CanaryId, ModelVersionId } from '../../shared/base/ids';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import { defaultPlan } from '../../shared/canary/canaryPlan';
import type { Canary, CanaryVerdict } from '../../shared/canary/channels';
import { ask } from './answer';
import type { SamplePair } from './sampleManifest';
import { sourceOf, type SampleScene } from './sampleScene';

interface Trial {
  readonly control: ModelVersionId;
  readonly candidate: ModelVersionId;
  readonly pair: SamplePair;
  readonly reason: string;
}

/** Plans a canary on the area under the curve, imports both arms and puts the verdict on record. */
export async function runCanary(
  scene: SampleScene,
  { control, candidate, pair, reason }: Trial,
): Promise<Canary> {
  const { ctx } = scene;
  const { id: canaryId } = await ask(ctx, 'canary.plan', {
    candidateVersionId: candidate,
    controlVersionId: control,
    plan: planFor(scene),
    reason,
  });
  await importArms(scene, canaryId, pair);
  return ask(ctx, 'canary.judge', { canaryId });
}

/** The verdict that was just recorded. */
export function newestVerdict({ verdicts }: Canary): CanaryVerdict {
  const [verdict] = verdicts;
  if (verdict === undefined) throw new Error('the canary of the sample has no verdict');
  return verdict;
}

/** Half of the calls each, and a coarse margin: the usual twentieth of 5,000 calls would say nothing. */
function planFor({ sample }: SampleScene): CanaryPlan {
  const { auc, positiveRate } = sample.first.metrics.holdOut;
  const plan = defaultPlan('score', 'ranked', auc ?? 0.5);
  return {
    ...plan,
    primary: { ...plan.primary, labelColumn: 'y' },
    margin: { value: 0.05, scale: 'absolute' },
    candidateShare: 0.5,
    ramp: [0.5],
    expected: { ...plan.expected, positiveShare: positiveRate ?? null },
    guardrails: [
      {
        kind: 'mean',
        column: 'squared_error',
        isCritical: true,
        direction: 'lowerIsBetter',
        margin: { value: 0.1, scale: 'relative' },
      },
    ],
  };
}

async function importArms(
  scene: SampleScene,
  canaryId: CanaryId,
  { control, candidate }: SamplePair,
): Promise<void> {
  scene.step('Comparing two versions on the same window');
  const { ctx } = scene;
  const { stageId } = await ask(ctx, 'canary.inspectData', {
    canaryId,
    control: sourceOf(scene, control),
    candidate: sourceOf(scene, candidate),
  });
  await ask(ctx, 'canary.importLook', {
    canaryId,
    stageId,
    layout: { kind: 'twoFiles' },
    idColumn: 'call',
    timeColumn: 'contact_month',
  });
}
