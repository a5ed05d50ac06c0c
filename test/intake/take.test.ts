import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actionsOf, leadsTo } from '../support/breach';
import { outcomes, planTrial } from '../support/canary';
import { scoredLog, windowsOf } from '../support/predictions';
import { testClock } from '../support/testClock';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  SIGNING,
  type TestModel,
} from '../support/testModel';
import { createWatchedFolder, take, type WatchedFolder } from '../support/watchedFolder';

const batch = (from = 0): string => csvFile({ size: evenly(from), colour: colours(0.5) });
const BATCH = { kind: 'liveBatch', model: 'Churn', version: 1, window: { label: 'May' } } as const;

describe('the watched folder', () => {
  const clock = testClock();
  let model: TestModel;
  let inbox: WatchedFolder;
  let revision = 0;

  beforeAll(async () => {
    model = await createTestModel({ nowMs: clock.nowMs });
  });
  afterAll(() => model.close());
  beforeEach(async () => {
    inbox = createWatchedFolder();
    const set = await model.call('intake.setFolder', {
      source: { token: model.token(inbox.folder) },
      reason: 'Another one',
      revision,
    });
    ({ revision } = okValue<'intake.setFolder'>(set));
  });

  function newestEvent(): { action: string; after: unknown } {
    const { body } = model.core.context.vault
      .session()!
      .db.prepare<[], { body: Buffer }>('SELECT body FROM audit_event ORDER BY seq DESC LIMIT 1')
      .get()!;
    const { action, after } = JSON.parse(body.toString('utf8'));
    return { action, after };
  }

  it('imports a live batch in the name of the signed-in person, and says so in its event', async () => {
    inbox.drop(batch(), 'may.csv', BATCH);
    const { taken, waiting, problem } = await take(model);
    expect({ waiting, problem }).toEqual({ waiting: [], problem: null });
    expect(taken).toMatchObject([
      { outcome: 'imported', kind: 'liveBatch', action: 'drift.batchImported', problem: null },
    ]);
    expect(newestEvent()).toMatchObject({
      action: 'drift.batchImported',
      after: {
        label: 'May',
        byWatchedFolder: { intakeId: taken[0]!.id, sidecar: 'may.csv.assay.json' },
      },
    });
    expect(inbox.names()).toEqual(['done', 'failed', 'taking']);
    expect(inbox.names('done', 'may.csv')).toEqual([
      'may.csv',
      'may.csv.assay.json',
      'may.csv.receipt.json',
    ]);
    expect(inbox.names('taking')).toEqual([]);
  });

  it('takes files in the order of their sequence, whatever their names', async () => {
    const { log, outcomes: labels } = scoredLog(40, 'order');
    inbox.drop(csvFile(labels), 'a-labels.csv', {
      kind: 'outcomes',
      model: 'Churn',
      sequence: 2,
      columns: { id: 'id', label: 'y' },
    });
    inbox.drop(csvFile(log), 'z-log.csv', {
      kind: 'predictions',
      model: 'Churn',
      version: 1,
      sequence: 1,
      window: { label: 'June', start: '2026-06-01', end: '2026-06-30' },
      task: { positiveLabel: 'yes' },
    });
    const { taken } = await take(model);
    expect(taken.map(({ action, problem }) => [action, problem])).toEqual([
      ['performance.logImported', null],
      ['performance.outcomesImported', null],
    ]);
    const [window] = await windowsOf(model);
    expect(window).toMatchObject({
      log: { label: 'June', periodStart: '2026-06-01' },
      report: { measurement: { join: { nLabelled: 40 } } },
    });
  });

  it('holds back what comes after a file of the same model that is not whole', async () => {
    const path = batch(0.01);
    inbox.drop(path, 'one.csv', { ...BATCH, sequence: 1, sizeBytes: statSync(path).size + 5 });
    inbox.drop(batch(0.02), 'two.csv', { ...BATCH, sequence: 2 });
    inbox.drop(batch(0.03), 'other.csv', { ...BATCH, model: 'Nobody', sequence: 3 });
    const { taken, waiting } = await take(model);
    expect(taken.map(({ modelName }) => modelName)).toEqual(['Nobody']);
    expect(waiting.map(({ name, waitsFor }) => [name, waitsFor])).toEqual([
      ['one.csv.assay.json', 'whole'],
      ['two.csv.assay.json', 'earlier'],
    ]);
  });

  it('takes a file whose size no sidecar names once two looks a second apart find the same', async () => {
    inbox.drop(batch(0.04), 'calm.csv', { ...BATCH, sizeBytes: undefined });
    const first = await take(model);
    expect(first.waiting).toMatchObject([{ name: 'calm.csv.assay.json', waitsFor: 'whole' }]);
    expect((await take(model)).taken).toEqual([]);
    clock.advance(1_000);
    writeFileSync(join(inbox.folder, 'calm.csv'), 'size,colour\n1,red\n2,blue\n');
    expect((await take(model)).taken).toEqual([]);
    clock.advance(1_000);
    expect((await take(model)).taken).toMatchObject([{ outcome: 'imported' }]);
  });

  it('waits for a sidecar, and for the file that a sidecar names', async () => {
    writeFileSync(join(inbox.folder, 'alone.csv'), 'size\n1\n');
    inbox.dropSidecar('missing.csv', { assay: 1, ...BATCH });
    const { taken, waiting } = await take(model);
    expect(taken).toEqual([]);
    expect(waiting.map(({ name, waitsFor }) => [name, waitsFor])).toEqual([
      ['missing.csv.assay.json', 'file'],
      ['alone.csv', 'sidecar'],
    ]);
  });

  it('imports the same bytes once, however often they are delivered', async () => {
    const path = batch(0.05);
    for (const outcome of ['imported', 'repeated', 'repeated']) {
      inbox.drop(path, 'again.csv', { ...BATCH, window: { label: 'Again' } });
      expect((await take(model)).taken).toMatchObject([{ outcome }]);
    }
    expect(inbox.names('done')).toEqual(['again.csv', 'again.csv (2)', 'again.csv (3)']);
    const { batches } = okValue<'drift.history'>(
      await model.call('drift.history', { modelId: model.modelId }),
    );
    expect(batches.filter(({ label }) => label === 'Again')).toHaveLength(1);
  });

  it('finishes what a crash has left: an import on record is moved, another one is made', async () => {
    const path = batch(0.06);
    inbox.drop(path, 'left.csv', { ...BATCH, window: { label: 'Left' } });
    const [record] = (await take(model)).taken;
    // As it was between the commit and the move.
    renameSync(join(inbox.folder, 'done', 'left.csv'), join(inbox.folder, 'taking', record!.id));
    const fresh = '6f1f3a0e-7c0b-4b58-9a3c-000000000001';
    const other = { ...BATCH, window: { label: 'Begun' }, assay: 1 };
    mkdirSync(join(inbox.folder, 'taking', fresh));
    inbox.drop(batch(0.07), 'begun.csv', other);
    // As it was between the two moves of a claim.
    renameSync(
      join(inbox.folder, 'begun.csv.assay.json'),
      join(inbox.folder, 'taking', fresh, 'begun.csv.assay.json'),
    );
    mkdirSync(join(inbox.folder, 'taking', '6f1f3a0e-7c0b-4b58-9a3c-000000000002'));
    const { taken } = await take(model);
    expect(new Map(taken.map(({ id, outcome }) => [id, outcome]))).toEqual(
      new Map([
        [fresh, 'imported'],
        [record!.id, 'imported'],
      ]),
    );
    expect(inbox.names('done')).toEqual(['begun.csv', 'left.csv']);
    expect(inbox.names('taking')).toEqual([]);
    const { batches } = okValue<'drift.history'>(
      await model.call('drift.history', { modelId: model.modelId }),
    );
    expect(batches.filter(({ label }) => label === 'Left')).toHaveLength(1);
  });

  it('leaves a new version until a person signs it, and registers it at stage None', async () => {
    inbox.dropSidecar('v2', {
      assay: 1,
      kind: 'newVersion',
      model: 'Churn',
      sequence: 1,
      hyperparameters: { depth: 4 },
      metrics: { auc: 0.83 },
      artefacts: [{ path: 'model.onnx', sizeBytes: 3, sha256: 'ab'.repeat(32) }],
    });
    inbox.drop(batch(0.08), 'reference.csv', {
      kind: 'reference',
      model: 'Churn',
      version: 2,
      sequence: 9,
      columns: { colour: { role: 'ignored' } },
    });
    const unsigned = await take(model);
    expect(unsigned.taken).toEqual([]);
    expect(unsigned.waiting.map(({ waitsFor }) => waitsFor)).toContain('signature');
    const { sidecarSha256 } = unsigned.waiting.find(({ name }) => name === 'v2.assay.json')!;
    const refused = await model.call('intake.take', {
      signing: { ...SIGNING, passphrase: 'not the passphrase' },
      versions: [sidecarSha256!],
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    clock.advance(2_000);
    // Only what the person was shown: another sidecar under this name would wait again.
    expect((await take(model, SIGNING, ['0'.repeat(64)])).taken).toEqual([]);
    const { taken } = await take(model, SIGNING, [sidecarSha256!]);
    expect(taken.map(({ action, problem }) => [action, problem])).toEqual([
      ['registry.versionRegistered', null],
      ['drift.referenceFrozen', null],
    ]);
  });

  it('imports the arms of a canary from two files', async () => {
    const { canaryId } = await planTrial(model);
    const [control, candidate] = [outcomes(0.8, 400), outcomes(0.8, 300, 1)];
    const head = okValue<'canary.get'>(await model.call('canary.get', { canaryId }));
    inbox.drop(candidate, 'candidate.csv', {
      kind: 'canaryArms',
      model: head.modelName,
      version: head.candidate,
      layout: { kind: 'twoFiles', control: { file: 'control.csv' } },
    });
    renameSync(control, join(inbox.folder, 'control.csv'));
    await take(model);
    clock.advance(1_500);
    expect((await take(model)).taken).toMatchObject([
      { outcome: 'imported', action: 'canary.lookImported', files: [{}, {}] },
    ]);
    expect(inbox.names('done', 'candidate.csv')).toContain('control.csv');
  });

  it('says why a folder cannot be used, and takes nothing', async () => {
    inbox.drop(batch(0.1), 'kept.csv', BATCH);
    mkdirSync(join(inbox.folder, '..', 'elsewhere'));
    symlinkSync(join(inbox.folder, '..', 'elsewhere'), join(inbox.folder, 'done'));
    expect(await take(model)).toMatchObject({
      taken: [],
      problem: expect.stringContaining('done is not a folder'),
    });
    rmSync(inbox.folder, { recursive: true });
    expect(await take(model)).toMatchObject({ problem: expect.stringContaining('not there') });
    const state = okValue<'intake.getState'>(await model.call('intake.getState', {}));
    expect(state.problem).toContain('not there');
  });

  it('takes nothing while it is paused', async () => {
    inbox.drop(batch(0.11), 'later.csv', BATCH);
    okValue<'intake.pause'>(await model.call('intake.pause', { isPaused: true }));
    expect((await take(model)).taken).toEqual([]);
    okValue<'intake.pause'>(await model.call('intake.pause', { isPaused: false }));
    expect((await take(model)).taken).toMatchObject([{ outcome: 'imported' }]);
  });

  it('is switched on with a reason, by whoever read the newest setting', async () => {
    const change = { isOn: true, reason: 'Go live', revision };
    const on = okValue<'intake.setWatch'>(await model.call('intake.setWatch', change));
    expect(on).toMatchObject({ isOn: true, folder: inbox.folder, revision: revision + 1 });
    const stale = await model.call('intake.setWatch', change);
    expect(stale).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    ({ revision } = on);
  });

  it('refuses the folder of the workspace', async () => {
    const chosen = await model.call('intake.setFolder', {
      source: { token: model.token(model.folder) },
      reason: 'Near',
      revision,
    });
    expect(chosen).toMatchObject({ ok: false, error: { code: 'BAD_DATA' } });
  });

  it('does at once what a rule asks for that a delivered file breaks', async () => {
    await leadsTo(model, 'openIncident');
    const { log, outcomes: real } = scoredLog(40, 'bad');
    const y = real['y']!.map((label) => (label === 'yes' ? 'no' : 'yes'));
    inbox.drop(csvFile({ ...log, y }), 'bad.csv', {
      kind: 'predictions',
      model: 'Churn',
      version: 1,
      window: { label: 'July', start: '2026-07-01', end: '2026-07-31' },
      columns: { label: 'y' },
      task: { positiveLabel: 'yes' },
    });
    const { taken } = await take(model);
    expect(taken.map(({ problem }) => problem)).toEqual([null]);
    expect(await actionsOf(model)).toMatchObject([
      { action: 'openIncident', outcome: { outcome: 'done', text: 'Opened an incident.' } },
    ]);
  });

  it('ends with the session, and goes on after the next sign-in', async () => {
    inbox.drop(batch(0.12), 'after.csv', BATCH);
    const person = model.core.context.vault.session()!.actor.id;
    const passing = model.call('intake.take', { signing: null, versions: null });
    model.core.context.vault.lock('person');
    expect(await passing).toMatchObject({ ok: false });
    await model.core.context.vault.unlock(person, SIGNING.passphrase);
    expect((await take(model)).taken).toMatchObject([{ outcome: 'imported' }]);
    expect(inbox.names('done')).toEqual(['after.csv']);
  });
});
