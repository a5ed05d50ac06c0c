import type { ModelId, ModelVersionId, PromotionRequestId } from '../../shared/base/ids';
import type { OutputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { PromotionStage } from '../../shared/registry/lifecycle';
import type { ModelVersion } from '../../shared/registry/model';
import { ask } from './answer';
import { sampleCard } from './sampleCard';
import type { Sample, SampleVersion } from './sampleManifest';
import { signRecord, type SamplePerson } from './samplePeople';
import { sourceOf, type SampleScene } from './sampleScene';

/** A version of the sample's model as it is about to be registered. */
interface NewVersion {
  readonly fitted: SampleVersion;
  /** What it is, in a sentence. */
  readonly summary: string;
  readonly reason: string;
}

export async function createSampleModel({ ctx, sample }: SampleScene): Promise<ModelId> {
  const { name, purpose } = sample.model;
  const { id } = await ask(ctx, 'registry.createModel', {
    name,
    purpose,
    owner: 'Marketing analytics',
  });
  return id;
}

type StagedTraining = OutputOf<Contract['registry.stageTrainingData']>;

/** Hashes the rows that versions were fitted on. */
export function stageTraining(scene: SampleScene, path: string): Promise<StagedTraining> {
  return ask(scene.ctx, 'registry.stageTrainingData', { source: sourceOf(scene, path) });
}

/** Registers and signs a version. */
export async function registerSampleVersion(
  { ctx, sample, passphrase }: SampleScene,
  model: {
    readonly id: ModelId;
    readonly author: SamplePerson;
    readonly training: StagedTraining;
  },
  { fitted, summary, reason }: NewVersion,
): Promise<ModelVersion> {
  const { training, author, id: modelId } = model;
  const preview = await ask(ctx, 'registry.previewVersion', {
    modelId,
    description: `${summary} Fitted on ${fitted.trainingData.file}. Data: ${sample.citation} ${sample.licence.name}.`,
    hyperparameters: { algorithm: sample.model.algorithm, ...fitted.hyperparameters },
    metrics: metricsOf(fitted),
    trainingDataStageId: training.stageId,
    schema: training.schema,
  });
  const { printedName } = author;
  const signing = { meaning: 'authorship', reason, printedName, passphrase } as const;
  return ask(ctx, 'registry.registerVersion', { stageId: preview.stageId, signing });
}

/** Freezes the training rows of a version as the reference of drift. */
export async function freezeReference(
  scene: SampleScene,
  versionId: ModelVersionId,
  path: string,
): Promise<void> {
  const { ctx, sample } = scene;
  const reference = { source: sourceOf(scene, path), versionId };
  const { stageId } = await ask(ctx, 'drift.inspectReference', reference);
  const columns = [...sample.columns];
  await ask(ctx, 'drift.freezeReference', { versionId, stageId, columns });
}

/** Asks for a promotion. */
async function askForStage(
  { ctx }: SampleScene,
  versionId: ModelVersionId,
  toStage: PromotionStage,
  reason: string,
): Promise<PromotionRequestId> {
  const { request } = await ask(ctx, 'registry.requestPromotion', { versionId, toStage, reason });
  if (request === null) throw new Error('the request of the sample is not there');
  return request.id;
}

/** Brings a fresh version to Staging and asks for Production, which somebody else decides. */
export async function stageVersion(
  scene: SampleScene,
  versionId: ModelVersionId,
  reason: string,
): Promise<PromotionRequestId> {
  const requestId = await askForStage(scene, versionId, 'Staging', reason);
  await ask(scene.ctx, 'registry.promote', { requestId, reason: 'It was evaluated.' });
  return askForStage(scene, versionId, 'Production', reason);
}

/** The reviewer approves a request and carries it out. */
export async function approveAndPromote(
  scene: SampleScene,
  reviewer: SamplePerson,
  requestId: PromotionRequestId,
  reason: string,
): Promise<void> {
  const ref = { recordType: 'registry.promotion', recordId: requestId } as const;
  await signRecord(scene, reviewer, ref, { meaning: 'approval', reason });
  await ask(scene.ctx, 'registry.promote', { requestId, reason });
}

/** The model card, with figures from what has just been recorded. */
export async function writeSampleCard(
  { ctx, sample }: SampleScene,
  versionId: ModelVersionId,
  fitted: SampleVersion,
): Promise<void> {
  const filled = await ask(ctx, 'card.fill', { versionId, revision: 0 });
  const content = sampleCard(filled.content, sample, fitted);
  await ask(ctx, 'card.save', { versionId, revision: 1, content });
}

function metricsOf({
  metrics,
  intercept,
  coefficients,
}: Pick<Sample['model'], 'metrics' | 'intercept' | 'coefficients'>): Record<string, number> {
  const named = (prefix: string, figures: Readonly<Record<string, unknown>>): [string, number][] =>
    Object.entries(figures).flatMap(([key, value]) =>
      typeof value === 'number' ? [[`${prefix}${key}`, value]] : [],
    );
  return Object.fromEntries([
    ...named('', metrics.inSample),
    ...named('holdOut.', metrics.holdOut),
    ['coefficient.intercept', intercept],
    ...coefficients.map(({ term, value }): [string, number] => [`coefficient.${term}`, value]),
  ]);
}
