import { EMPTY_DEFINITION } from '../../shared/feature/feature';
import { judgeTrial, planTrial } from './canary';
import { addPicture } from './cardPicture';
import { elementId, soundMap } from './flowMap';
import { draftPacket, PIPELINES } from './handoff';
import { importWindow, leadsTo, twoLive } from './breach';
import { setGates } from './lifecycle';
import { tempFolder } from './tempFolder';
import { importLog, importOutcomes, scoredLog } from './predictions';
import { openRequest, writeLetter } from './explanationRequests';
import { csvFile, okValue, registerVersion, SIGNING, type TestModel } from './testModel';
import { createWatchedFolder, take, watch } from './watchedFolder';

/**
 * Lets everything happen to a model that leaves records: a batch that drifts, an alert that is
 * acknowledged, policies, predictions with outcomes that come later, an alias, tags, a model card, a
 * canary with a verdict, a promotion, a kept file, a watched folder, and an audit package at the given path.
 */
export async function tellModelStory(model: TestModel, packagePath: string): Promise<void> {
  const { call, modelId, versionId, picks } = model;
  await model.importDrifted();
  const [alert] = okValue<'incident.listAlerts'>(await call('incident.listAlerts', { modelId }));
  const alertId = alert!.id;
  okValue<'incident.acknowledgeAlert'>(
    await call('incident.acknowledgeAlert', { alertId, reason: 'seen', revision: 0 }),
  );
  const opening = { alertIds: [alertId], title: 'Sizes moved', beganAtUtc: null, reason: 'All' };
  okValue<'incident.openIncident'>(await call('incident.openIncident', opening));
  okValue<'incident.setTarget'>(
    await call('incident.setTarget', { modelId, targetHours: 24, reason: 'Critical', revision: 0 }),
  );
  const { policy } = okValue<'drift.getPolicy'>(await call('drift.getPolicy', { modelId }));
  okValue<'drift.setPolicy'>(
    await call('drift.setPolicy', {
      modelId,
      policy: { ...policy, threshold: 0.6 },
      reason: 'Seasonal swing is normal',
      revision: 0,
    }),
  );
  await measurePerformance(model);
  await setGates(model, {});
  okValue<'registry.setAlias'>(
    await call('registry.setAlias', { modelId, versionId, alias: 'champion', reason: 'Best' }),
  );
  okValue<'registry.setVersionTags'>(
    await call('registry.setVersionTags', { versionId, tags: ['night run'], revision: 0 }),
  );
  const card = okValue<'card.fill'>(await call('card.fill', { versionId, revision: 0 }));
  okValue<'card.comment'>(
    await call('card.comment', { versionId, field: 'limitations', text: 'Which ones?' }),
  );
  okValue<'card.save'>(
    await call('card.save', {
      versionId,
      revision: 1,
      content: { ...card.content, limitations: ['New clients'] },
    }),
  );
  okValue<'card.addPicture'>(await addPicture(model));
  okValue<'feature.define'>(
    await call('feature.define', { name: 'size', definition: EMPTY_DEFINITION, reason: 'new' }),
  );
  await drawMap(model);
  await judgeTrial(model, (await planTrial(model)).canaryId, [0.8, 0.8]);
  await feedBack(model);
  await keepFile(model);
  okValue<'explanation.writeLetter'>(await writeLetter(model, await openRequest(model)));
  await handOver(model);
  await watchFolder(model);
  const scope = { modelId, periodStart: null, periodEnd: null };
  const { stageId } = okValue<'audit.previewPackage'>(await call('audit.previewPackage', scope));
  picks.push(packagePath);
  okValue<'audit.exportPackage'>(await call('audit.exportPackage', { stageId, signing: SIGNING }));
}

async function measurePerformance(model: TestModel): Promise<void> {
  const { call, modelId } = model;
  const change = { modelId, reason: 'As agreed', revision: 0 };
  okValue<'performance.setSettings'>(
    await call('performance.setSettings', {
      ...change,
      policy: { keepsJoin: true, lateAfterDays: 60 },
    }),
  );
  const { policy } = okValue<'performance.getPolicy'>(
    await call('performance.getPolicy', { modelId }),
  );
  okValue<'performance.setPolicy'>(await call('performance.setPolicy', { ...change, policy }));
  const { log, outcomes } = scoredLog(40);
  okValue<'performance.importLog'>(await importLog(model, csvFile(log)));
  okValue<'performance.importOutcomes'>(await importOutcomes(model, csvFile(outcomes)));
}

/** A data-flow map with one finding, which is accepted. */
async function drawMap({ call }: TestModel): Promise<void> {
  const content = soundMap({ securityMeasures: [] });
  okValue<'dataflow.save'>(await call('dataflow.save', { revision: 0, content, reason: 'New' }));
  okValue<'dataflow.acceptFinding'>(
    await call('dataflow.acceptFinding', {
      findingKey: `measuresMissing:${elementId(9)}`,
      findingText: 'No measure is named that protects "flow 9".',
      reason: 'Test data',
      expiresOn: '2999-12-31',
    }),
  );
}

/** A rollback told to the outbox, a rule that acts, and a retraining rule that fires. */
async function feedBack(model: TestModel): Promise<void> {
  const { call, modelId, token } = model;
  const liveVersionId = await twoLive(model);
  const source = { token: token(tempFolder()) };
  okValue<'handoff.setOutbox'>(
    await call('handoff.setOutbox', { source, reason: 'Ours', revision: 0 }),
  );
  okValue<'registry.rollBack'>(
    await call('registry.rollBack', { modelId, liveVersionId, reason: 'Worse' }),
  );
  await leadsTo(model, 'recommendRollback', 1);
  await importWindow(model, model.versionId, 'bad');
  const rules = [{ id: 'labels', isEnabled: true, kind: 'labels' as const, nRows: 10 }];
  okValue<'handoff.setRules'>(
    await call('handoff.setRules', { modelId, policy: { rules }, reason: 'Ours', revision: 0 }),
  );
}

/** Pipeline settings, and a packet that is changed and withdrawn. */
async function handOver(model: TestModel): Promise<void> {
  const { call, modelId } = model;
  okValue<'handoff.setSettings'>(
    await call('handoff.setSettings', { modelId, policy: PIPELINES, reason: 'Ours', revision: 0 }),
  );
  const { id: packetId, revision } = await draftPacket(model);
  okValue<'handoff.withdrawPacket'>(
    await call('handoff.withdrawPacket', { packetId, revision, reason: 'Not needed' }),
  );
}

/** A pipeline delivers a version under a name that nobody has registered. */
async function watchFolder(model: TestModel): Promise<void> {
  const inbox = createWatchedFolder();
  await watch(model, inbox);
  inbox.dropSidecar('version', { assay: 1, kind: 'newVersion', model: 'Nobody' });
  await take(model, SIGNING);
}

/** A version of one file that is kept in the workspace. */
async function keepFile(model: TestModel): Promise<void> {
  const path = csvFile({ weight: [1] });
  const { id: versionId } = okValue<'registry.registerVersion'>(
    await registerVersion(model, model.modelId, path),
  );
  const source = { token: model.token(path) };
  okValue<'registry.keepArtefacts'>(
    await model.call('registry.keepArtefacts', { versionId, source }),
  );
}
