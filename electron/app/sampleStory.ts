import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Signature } from '../../shared/audit/signature';
import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { DriftReport } from '../../shared/drift/driftReport';
import { modelsByName } from '../../shared/registry/listChannels';
import type { VaultStatus } from '../../shared/vault/channels';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { ask } from './answer';
import type { CoreContext } from './context';
import { goLive, loseAndRestore, retrain, settle } from './sampleChapters';
import { readSample, type Sample } from './sampleManifest';
import { gatherCast } from './samplePeople';
import { createScene } from './sampleScene';
import { importBatch, windowOf } from './sampleWindows';
import { writeSampleCard } from './sampleVersions';

/** The case on real data, call by call through the gate. */
export interface SampleStory {
  readonly modelId: ModelId;
  /** Version 2, whose reference the windows are measured against. */
  readonly versionId: ModelVersionId;
  readonly signature: Signature;
  readonly sample: Sample;
  readonly reports: readonly DriftReport[];
}

/**
 * Opens the sample workspace, creating it first when it is not there. One that was cut off half-way is made
 * anew.
 *
 * @throws AppFailure whatever a step fails with; CANCELLED leaves no workspace behind
 */
export async function exploreSample(ctx: CoreContext): Promise<VaultStatus> {
  const folder = join(ctx.ports.userDataFolder, 'sample-workspace');
  if (existsSync(folder) && !(await openSample(ctx, folder))) discardSample(ctx, folder);
  if (ctx.vault.session() === null) await createSample(ctx, folder);
  return ask(ctx, 'vault.status', {});
}

/** @returns false when what is there is not the whole sample */
async function openSample(ctx: CoreContext, folder: string): Promise<boolean> {
  const opened = await ctx.call('vault.open', { folderToken: ctx.ports.tokenFor(folder) });
  if (!opened.ok || opened.value.state !== 'locked') return false;
  const [person] = opened.value.people;
  if (person === undefined) return false;
  const { passphrase } = SAMPLE_WORKSPACE;
  await ask(ctx, 'vault.unlock', { personId: person.id, passphrase });
  const { nBatches } = await ask(ctx, 'registry.searchModels', modelsByName('', 1));
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

/**
 * Tells the whole case in the open workspace: a change of the data source, the loss, the version before it
 * brought back, a retrained one on trial and live, outcomes within policy, the incident closed. What is left to
 * do is the alert of the last window, whose outcomes have not come yet.
 */
export async function tellSampleStory(ctx: CoreContext, passphrase: string): Promise<SampleStory> {
  const sample = readSample(ctx.ports.resourcesFolder);
  const scene = createScene(ctx, sample, passphrase);
  scene.step('Preparing two people with their keys');
  const cast = await gatherCast(scene);
  const live = await goLive(scene, cast);
  const lost = await loseAndRestore(scene, cast, live);
  const retrained = await retrain(scene, cast, live);
  const settled = await settle(scene, live, { ...lost, ...retrained });
  const { modelId, second } = live;
  const last = await importBatch(scene, second.id, windowOf(scene, 6));
  await writeSampleCard(scene, second.id, sample.model);
  const reports = [...lost.reports, ...retrained.reports, ...settled, last];
  return { modelId, versionId: second.id, signature: second.signature, sample, reports };
}
