import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { PerformanceDetail } from '../../shared/performance/channels';
import { ask } from './answer';
import type { Sample } from './sampleManifest';
import { sourceOf, type SampleScene } from './sampleScene';

export type SampleWindow = Sample['live'][number];

const LOG_COLUMNS = {
  id: 'call',
  time: 'contact_month',
  prediction: null,
  score: 'score',
  latencyMs: null,
  isSuccess: null,
  cost: null,
  segments: ['contact'],
} as const;
const OUTCOME_COLUMNS = { id: 'call', label: 'y', time: null } as const;

/** One live window of the numbered six. */
export function windowOf({ sample }: SampleScene, number: number): SampleWindow {
  const window = sample.live[number - 1];
  if (window === undefined) throw new Error(`the sample has no window ${number}`);
  return window;
}

/** Measures how far a window drifted from the rows that version 2 was fitted on. */
export async function importBatch(
  scene: SampleScene,
  versionId: ModelVersionId,
  { path, label, periodStart, periodEnd }: SampleWindow,
): Promise<DriftReport> {
  scene.step(`Importing ${label}`);
  const { ctx } = scene;
  const source = sourceOf(scene, path);
  const { stageId } = await ask(ctx, 'drift.inspectBatch', { versionId, source });
  const window = { label, periodStart, periodEnd };
  return ask(ctx, 'drift.importBatch', { versionId, stageId, ...window });
}

/** Imports what a version predicted in a window, with what came of it where the log says so. */
export async function importPredictions(
  scene: SampleScene,
  versionId: ModelVersionId,
  { log, label, periodStart, periodEnd }: SampleWindow,
): Promise<PerformanceDetail> {
  if (log === null) throw new Error(`the sample has no predictions of ${label}`);
  scene.step(`Importing the predictions of ${label}`);
  const { ctx, sample } = scene;
  const source = sourceOf(scene, log.path);
  const { stageId } = await ask(ctx, 'performance.inspectLog', { versionId, source });
  const { decisionThreshold: threshold } = sample.model.prediction;
  return ask(ctx, 'performance.importLog', {
    versionId,
    stageId,
    label,
    periodStart,
    periodEnd,
    isBaseline: false,
    columns: { ...LOG_COLUMNS, label: log.isLabelled ? 'y' : null },
    task: { kind: 'classification', positiveLabel: 'yes', threshold },
    currency: null,
    outcomes: null,
  });
}

/** Imports what came of the calls of a window, and measures its predictions anew. */
export async function importOutcomes(
  scene: SampleScene,
  modelId: ModelId,
  { outcomes, label }: SampleWindow,
): Promise<void> {
  if (outcomes === null) throw new Error(`the sample has no outcomes of ${label}`);
  scene.step(`Importing the outcomes of ${label}`);
  const { ctx } = scene;
  const source = sourceOf(scene, outcomes);
  const { stageId } = await ask(ctx, 'performance.inspectOutcomes', { modelId, source });
  const columns = OUTCOME_COLUMNS;
  await ask(ctx, 'performance.importOutcomes', { modelId, stageId, columns });
}

/**
 * Leaves the alarm to the area under the curve: at its threshold no version of this model ever says yes, so
 * its accuracy is the share of no.
 */
export async function judgeByArea({ ctx }: SampleScene, modelId: ModelId): Promise<void> {
  const { policy, revision } = await ask(ctx, 'performance.getPolicy', { modelId });
  const rules = policy.rules.map((rule) =>
    rule.metric === 'accuracy' ? { ...rule, isEnabled: false } : { ...rule },
  );
  await ask(ctx, 'performance.setPolicy', {
    modelId,
    policy: { rules },
    reason:
      'At a threshold of 0.5 every version says no to nearly every client, so accuracy is only the share of no. The area under the curve says whether clients are ranked well.',
    revision,
  });
}
