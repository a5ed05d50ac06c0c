import type { IncidentId, ModelId } from '../../shared/base/ids';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { PerformanceDetail } from '../../shared/performance/channels';
import { DEFAULT_LIFECYCLE_POLICY } from '../../shared/registry/lifecycle';
import type { ModelVersion } from '../../shared/registry/model';
import { ask } from './answer';
import { newestVerdict, runCanary } from './sampleCanary';
import { closeAlert, closeIncident, note, openIncident } from './sampleIncident';
import { signRecord, takeSeat, type SampleCast } from './samplePeople';
import type { SampleScene } from './sampleScene';
import {
  approveAndPromote,
  createSampleModel,
  freezeReference,
  registerSampleVersion,
  stageTraining,
  stageVersion,
  writeSampleCard,
} from './sampleVersions';
import {
  importBatch,
  importOutcomes,
  importPredictions,
  judgeByArea,
  windowOf,
} from './sampleWindows';

/** The model with the versions that were there before anything went wrong. */
interface Live {
  readonly modelId: ModelId;
  readonly first: ModelVersion;
  readonly second: ModelVersion;
}

interface Lost {
  readonly incidentId: IncidentId;
  readonly reports: readonly DriftReport[];
  /** Window 2 with its outcomes. */
  readonly before: PerformanceDetail;
}

interface Retrained {
  readonly third: ModelVersion;
  readonly reports: readonly DriftReport[];
}

/** Version 1 goes live, then version 2, although its canary had not decided. */
export async function goLive(scene: SampleScene, { author, reviewer }: SampleCast): Promise<Live> {
  const { sample } = scene;
  scene.step('Registering version 1');
  const modelId = await createSampleModel(scene);
  await judgeByArea(scene, modelId);
  await setFirstGates(scene, modelId);
  const training = await stageTraining(scene, sample.reference);
  const model = { id: modelId, author, training };
  const { summary } = sample.first;
  const reason = 'First version of the sample model';
  const first = await registerSampleVersion(scene, model, {
    fitted: sample.first,
    summary,
    reason,
  });
  scene.step('Registering version 2');
  const second = await registerSampleVersion(scene, model, {
    fitted: sample.model,
    summary: 'Reads the client and how, when and how often the bank reached them.',
    reason: 'Ranks better than version 1 on the rows held out',
  });
  await freezeReference(scene, second.id, sample.reference);
  const toFirst = await stageVersion(scene, first.id, 'There is no model yet.');
  await runCanary(scene, {
    control: first.id,
    candidate: second.id,
    pair: sample.pairs.hold,
    reason: 'Both versions on the calls of window 1, by the lot of their number.',
  });
  const toSecond = await stageVersion(
    scene,
    second.id,
    'It ranks better on the rows held out. The canary needs more calls to decide; no gate asks for it.',
  );
  scene.step('Approving what goes live');
  await takeSeat(scene, reviewer);
  await approveAndPromote(scene, reviewer, toFirst, 'Better than no model');
  await approveAndPromote(scene, reviewer, toSecond, 'The figures on rows held out are better');
  await takeSeat(scene, author);
  return { modelId, first, second };
}

/** The data source changes: version 2 loses, which becomes an incident, and version 1 comes back. */
export async function loseAndRestore(
  scene: SampleScene,
  { author }: SampleCast,
  { modelId, first, second }: Live,
): Promise<Lost> {
  const { ctx, sample } = scene;
  const [one, two] = [windowOf(scene, 1), windowOf(scene, 2)];
  const reports = [await importBatch(scene, second.id, one)];
  await importPredictions(scene, second.id, one);
  reports.push(await importBatch(scene, second.id, two));
  const { log } = await importPredictions(scene, second.id, two);
  await importOutcomes(scene, modelId, two);
  const before = await ask(ctx, 'performance.getReport', { logId: log.id, reportId: null });
  const incidentId = await openIncident(scene, modelId, log.importedAtUtc);
  const canary = await runCanary(scene, {
    control: first.id,
    candidate: second.id,
    pair: sample.pairs.rollback,
    reason: 'Is it the version or the clients? Both versions on the calls of window 2.',
  });
  const verdict = newestVerdict(canary);
  const { id: signatureId } = await signRecord(
    scene,
    author,
    { recordType: 'canary.verdict', recordId: verdict.id },
    { meaning: 'authorship', reason: 'Ground of the rollback' },
  );
  await note(scene, incidentId, {
    kind: 'decision',
    text: verdict.judgement.sentence,
    evidence: { kind: 'signature', signatureId },
  });
  const back = await ask(ctx, 'registry.rollBack', {
    modelId,
    liveVersionId: second.id,
    reason: 'Version 1 does not read contact and ranks these clients better.',
  });
  await note(scene, incidentId, {
    kind: 'rollback',
    text: back.reason,
    evidence: { kind: 'stageChange', ordinal: back.ordinal },
  });
  await closeAlert(scene, { modelId, rule: 'canary', reason: 'Version 1 is back.' });
  await tightenGates(scene, modelId);
  return { incidentId, reports, before };
}

/** What the bank asks for before anything has gone wrong. */
async function setFirstGates({ ctx }: SampleScene, modelId: ModelId): Promise<void> {
  const { policy, revision } = await ask(ctx, 'registry.getLifecyclePolicy', { modelId });
  await ask(ctx, 'registry.setLifecyclePolicy', {
    modelId,
    policy: {
      Staging: [...policy.Staging],
      Production: policy.Production.filter(({ kind }) => kind !== 'reference'),
    },
    reason: 'Figures and the approval of a second person are enough for now.',
    revision,
  });
}

/** From now on a version goes to Production with a reference and a signed canary only. */
async function tightenGates({ ctx }: SampleScene, modelId: ModelId): Promise<void> {
  const { revision } = await ask(ctx, 'registry.getLifecyclePolicy', { modelId });
  const { Staging, Production } = DEFAULT_LIFECYCLE_POLICY;
  await ask(ctx, 'registry.setLifecyclePolicy', {
    modelId,
    policy: {
      Staging: [...Staging],
      Production: [...Production, { kind: 'canaryVerdict' }],
    },
    reason: 'Version 2 went live although its canary had not decided.',
    revision,
  });
}

/** Window 3 with version 1; then version 3, fitted on it, wins its canary on window 4 and goes live. */
export async function retrain(
  scene: SampleScene,
  { author, reviewer }: SampleCast,
  { modelId, first, second }: Live,
): Promise<Retrained> {
  const { sample } = scene;
  const three = windowOf(scene, 3);
  const reports = [await importBatch(scene, second.id, three)];
  await importPredictions(scene, first.id, three);
  scene.step('Registering the retrained version');
  const training = await stageTraining(scene, three.path);
  const { summary } = sample.retrained;
  const third = await registerSampleVersion(
    scene,
    { id: modelId, author, training },
    { fitted: sample.retrained, summary, reason: 'Retrained on calls with the new contact data' },
  );
  await freezeReference(scene, third.id, three.path);
  reports.push(await importBatch(scene, second.id, windowOf(scene, 4)));
  const canary = await runCanary(scene, {
    control: first.id,
    candidate: third.id,
    pair: sample.pairs.promote,
    reason: 'The retrained version beside the live one on the calls of window 4.',
  });
  await closeAlert(scene, {
    modelId,
    rule: 'drift',
    reason: 'The bank reaches other people in another way now. Version 3 is fitted on them.',
  });
  const request = await stageVersion(scene, third.id, 'Retrained after the incident.');
  scene.step('Approving the retrained version');
  await takeSeat(scene, reviewer);
  const ref = { recordType: 'canary.verdict', recordId: newestVerdict(canary).id } as const;
  await signRecord(scene, reviewer, ref, {
    meaning: 'approval',
    reason: 'Both arms are of the same window, and the worst end is above the margin',
  });
  await approveAndPromote(scene, reviewer, request, 'The signed canary says promote');
  await takeSeat(scene, author);
  return { third, reports };
}

/** Outcomes of version 3 show its figures within policy; the incident ends, the next window comes in. */
export async function settle(
  scene: SampleScene,
  { modelId, second }: Live,
  { incidentId, before, third }: Lost & Retrained,
): Promise<readonly DriftReport[]> {
  const { ctx, sample } = scene;
  await note(scene, incidentId, {
    kind: 'retraining',
    text: sample.retrained.summary,
    evidence: { kind: 'version', versionId: third.id },
    atUtc: third.snapshot.registeredAtUtc,
  });
  const { changes } = await ask(ctx, 'registry.history', { modelId });
  const live = changes.findLast(
    ({ versionId, toStage }) => versionId === third.id && toStage === 'Production',
  );
  if (live === undefined) throw new Error('version 3 of the sample is not live');
  await note(scene, incidentId, {
    kind: 'decision',
    text: live.reason,
    evidence: { kind: 'stageChange', ordinal: live.ordinal },
    atUtc: live.atUtc,
  });
  const five = windowOf(scene, 5);
  const report = await importBatch(scene, second.id, five);
  const after = await importPredictions(scene, third.id, five);
  await closeIncident(scene, incidentId, { before, after });
  await importPredictions(scene, third.id, windowOf(scene, 6));
  await writeSampleCard(scene, third.id, sample.retrained);
  return [report];
}
