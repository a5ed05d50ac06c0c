import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Signature } from '../../shared/audit/signature';
import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import { AppFailure } from '../../shared/ipc/errors';
import { modelsByName } from '../../shared/registry/listChannels';
import type { VaultStatus } from '../../shared/vault/channels';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import type { CoreContext } from './context';
import { sampleCard } from './sampleCard';
import { readSample, type Sample } from './sampleManifest';

/** The main job done once on real data, call by call through the gate. */
export interface SampleStory {
  readonly modelId: ModelId;
  readonly versionId: ModelVersionId;
  readonly signature: Signature;
  readonly sample: Sample;
  readonly reports: readonly DriftReport[];
}

type OkValue<R> = R extends { readonly ok: true; readonly value: infer V } ? V : never;

/** @throws AppFailure with the call's own error when it failed */
export function valueOf<K extends ChannelName>(
  result: ResultOf<Contract[K]>,
): OkValue<ResultOf<Contract[K]>> {
  if (!result.ok)
    throw new AppFailure(result.error.code, result.error.message, result.error.details);
  return result.value;
}

/**
 * Opens the sample workspace, creating it first when it is not there: registers the model, freezes
 * its reference, imports every live window. One that was cut off half-way is made anew.
 *
 * @throws AppFailure whatever a step fails with; CANCELLED leaves no workspace behind
 */
export async function exploreSample(ctx: CoreContext): Promise<VaultStatus> {
  const folder = join(ctx.ports.userDataFolder, 'sample-workspace');
  if (existsSync(folder) && !(await openSample(ctx, folder))) discardSample(ctx, folder);
  if (ctx.vault.session() === null) await createSample(ctx, folder);
  return valueOf<'vault.status'>(await ctx.call('vault.status', {}));
}

/** @returns false when what is there is not the whole sample */
async function openSample(ctx: CoreContext, folder: string): Promise<boolean> {
  const opened = await ctx.call('vault.open', { folderToken: ctx.ports.tokenFor(folder) });
  if (!opened.ok || opened.value.state !== 'locked') return false;
  const [person] = opened.value.people;
  if (person === undefined) return false;
  const { passphrase } = SAMPLE_WORKSPACE;
  valueOf<'vault.unlock'>(await ctx.call('vault.unlock', { personId: person.id, passphrase }));
  const { nBatches } = valueOf<'registry.searchModels'>(
    await ctx.call('registry.searchModels', modelsByName('', 1)),
  );
  return nBatches >= readSample(ctx.ports.resourcesFolder).live.length;
}

async function createSample(ctx: CoreContext, folder: string): Promise<void> {
  mkdirSync(ctx.ports.userDataFolder, { recursive: true, mode: 0o700 });
  await ctx.vault.create({ ...SAMPLE_WORKSPACE, folder, isSample: true });
  try {
    await tellSampleStory(ctx, SAMPLE_WORKSPACE.passphrase);
  } catch (error) {
    discardSample(ctx, folder);
    throw error;
  }
}

/** The sample can be made again at any time, so a broken one is not worth keeping. */
function discardSample(ctx: CoreContext, folder: string): void {
  ctx.vault.lock('person');
  ctx.vault.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Performs the main job in the open workspace, up to the alert. */
export async function tellSampleStory(ctx: CoreContext, passphrase: string): Promise<SampleStory> {
  const sample = readSample(ctx.ports.resourcesFolder);
  await acceptAccountability(ctx, passphrase);
  const { modelId, versionId, signature } = await registerSampleModel(ctx, sample, passphrase);
  const reference = { source: sourceOf(ctx, sample.reference), versionId };
  const staged = valueOf<'drift.inspectReference'>(
    await ctx.call('drift.inspectReference', reference),
  );
  const columns = [...sample.columns];
  valueOf<'drift.freezeReference'>(
    await ctx.call('drift.freezeReference', { versionId, stageId: staged.stageId, columns }),
  );
  const reports: DriftReport[] = [];
  for (const [i, window] of sample.live.entries()) {
    if (ctx.signal.aborted) throw new AppFailure('CANCELLED', 'Cancelled. Nothing was kept.');
    ctx.progress({ fraction: i / sample.live.length, activity: `Importing ${window.label}` });
    reports.push(await importWindow(ctx, versionId, window));
  }
  await writeSampleCard(ctx, versionId, sample);
  return { modelId, versionId, signature, sample, reports };
}

/** The first signature of the session: it needs the name too, and what follows the passphrase alone. */
async function acceptAccountability(ctx: CoreContext, passphrase: string): Promise<void> {
  const status = valueOf<'vault.status'>(await ctx.call('vault.status', {}));
  if (status.state !== 'unlocked') throw new AppFailure('LOCKED', 'The sample is locked.');
  const { id: recordId, printedName } = status.person;
  const statement = { recordType: 'vault.accountability', recordId } as const;
  const { stageId } = valueOf<'vault.previewSigning'>(
    await ctx.call('vault.previewSigning', statement),
  );
  const reason = 'Before the first signature in this workspace';
  const signing = { meaning: 'responsibility', reason, printedName, passphrase } as const;
  valueOf<'vault.signAccountability'>(
    await ctx.call('vault.signAccountability', { stageId, signing }),
  );
}

async function registerSampleModel(ctx: CoreContext, sample: Sample, passphrase: string) {
  const { model } = sample;
  const owner = 'Marketing analytics';
  const { id: modelId } = valueOf<'registry.createModel'>(
    await ctx.call('registry.createModel', { name: model.name, purpose: model.purpose, owner }),
  );
  const training = valueOf<'registry.stageTrainingData'>(
    await ctx.call('registry.stageTrainingData', { source: sourceOf(ctx, sample.reference) }),
  );
  const preview = valueOf<'registry.previewVersion'>(
    await ctx.call('registry.previewVersion', {
      modelId,
      description: `${model.algorithm} fitted on the reference window. Data: ${sample.citation} ${sample.licence.name}.`,
      hyperparameters: { algorithm: model.algorithm, ...model.hyperparameters },
      metrics: sampleMetrics(model),
      trainingDataStageId: training.stageId,
      schema: training.schema,
    }),
  );
  const signing = {
    meaning: 'authorship',
    reason: 'First version of the sample model',
    passphrase,
  } as const;
  const version = valueOf<'registry.registerVersion'>(
    await ctx.call('registry.registerVersion', { stageId: preview.stageId, signing }),
  );
  return { modelId, versionId: version.id, signature: version.signature };
}

/** The model card, with figures from what has just been recorded. */
async function writeSampleCard(
  ctx: CoreContext,
  versionId: ModelVersionId,
  sample: Sample,
): Promise<void> {
  const filled = valueOf<'card.fill'>(await ctx.call('card.fill', { versionId, revision: 0 }));
  const content = sampleCard(filled.content, sample);
  valueOf<'card.save'>(await ctx.call('card.save', { versionId, revision: 1, content }));
}

function sampleMetrics({
  metrics,
  intercept,
  coefficients,
}: Sample['model']): Record<string, number> {
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

async function importWindow(
  ctx: CoreContext,
  versionId: ModelVersionId,
  { path, ...window }: Sample['live'][number],
): Promise<DriftReport> {
  const batch = valueOf<'drift.inspectBatch'>(
    await ctx.call('drift.inspectBatch', { versionId, source: sourceOf(ctx, path) }),
  );
  return valueOf<'drift.importBatch'>(
    await ctx.call('drift.importBatch', { versionId, stageId: batch.stageId, ...window }),
  );
}

function sourceOf(ctx: CoreContext, path: string): { token: string } {
  return { token: ctx.ports.tokenFor(path) };
}
