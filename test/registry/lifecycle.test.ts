import { afterEach, describe, expect, it } from 'vitest';
import type { ModelVersionId } from '../../shared/base/ids';
import { DEFAULT_LIFECYCLE_POLICY } from '../../shared/registry/lifecycle';
import {
  ask,
  bring,
  lifecycleOf,
  nextVersion,
  registryEvents,
  setGates,
  stages,
} from '../support/lifecycle';
import { createTestModel, okValue, type TestModel } from '../support/testModel';

let test: TestModel;
afterEach(() => test.close());

describe('promotion', () => {
  it('goes from None to Staging to Production, and archives what was live, in one event', async () => {
    test = await createTestModel();
    await setGates(test, {});
    const first = test.versionId;
    await bring(test, first, 'Staging');
    await bring(test, first, 'Production');
    const second = await nextVersion(test);
    await bring(test, second, 'Staging');
    const before = await lifecycleOf(test, second);
    expect(before).toMatchObject({ toStage: 'Production', replaces: { version: 1 } });
    const nBefore = registryEvents(test).length;
    await bring(test, second, 'Production');
    expect(stages(test)).toEqual([
      [1, 'Archived'],
      [2, 'Production'],
    ]);
    expect(registryEvents(test).slice(nBefore)).toEqual([
      'registry.promotionRequested',
      'registry.versionPromoted',
    ]);
    expect(await lifecycleOf(test, second)).toMatchObject({
      stage: 'Production',
      toStage: null,
      gates: [],
      replaces: null,
      rollbackTo: { version: 1 },
    });
  });

  it('refuses a step that does not exist, and puts the attempt on record', async () => {
    test = await createTestModel();
    const { versionId } = test;
    const answer = await test.call('registry.requestPromotion', {
      versionId,
      toStage: 'Production',
      reason: 'In a hurry',
    });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'CONFLICT',
        message:
          'There is no step from None to Production. Version 1 stays in None; the attempt is on record.',
      },
    });
    expect(registryEvents(test).at(-1)).toBe('registry.stepRefused');
    expect(stages(test)).toEqual([[1, 'None']]);
  });

  it('stays before a closed gate, names it, and puts the attempt on record', async () => {
    test = await createTestModel();
    const { versionId } = test;
    await setGates(test, {
      Staging: [
        { kind: 'evaluation' },
        { kind: 'metric', metric: 'auc', comparison: 'atLeast', bound: 0.9 },
        { kind: 'artefacts' },
      ],
    });
    const requestId = await ask(test, versionId, 'Staging');
    const { gates } = await lifecycleOf(test, versionId);
    expect(gates.map(({ gate, isMet, finding }) => [gate.kind, isMet, finding])).toEqual([
      ['evaluation', true, '1 on record.'],
      ['metric', false, 'It is 0.800.'],
      ['artefacts', false, 'No artefact is on record.'],
    ]);
    const answer = await test.call('registry.promote', { requestId, reason: 'Anyway' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(registryEvents(test).at(-1)).toBe('registry.stepRefused');
    expect(stages(test)).toEqual([[1, 'None']]);
    // The gate opens, and the same request goes through.
    await setGates(test, { Staging: [{ kind: 'evaluation' }] });
    okValue<'registry.promote'>(await test.call('registry.promote', { requestId, reason: 'Now' }));
    expect(stages(test)).toEqual([[1, 'Staging']]);
  });

  it('is asked for once at a time, and can be withdrawn', async () => {
    test = await createTestModel();
    const { versionId } = test;
    const requestId = await ask(test, versionId, 'Staging');
    const input = { versionId, toStage: 'Staging' as const, reason: 'Again' };
    expect(await test.call('registry.requestPromotion', input)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    const withdrawn = await test.call('registry.withdrawPromotion', {
      requestId,
      reason: 'Not yet',
    });
    expect(okValue<'registry.withdrawPromotion'>(withdrawn).request).toBeNull();
    expect(await test.call('registry.promote', { requestId, reason: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('withdrawn by') },
    });
    await bring(test, versionId, 'Staging');
  });

  it('looks at open alerts, at the risk class and at the frozen reference', async () => {
    test = await createTestModel();
    const { versionId } = test;
    await setGates(test, {
      Staging: [
        { kind: 'reference' },
        { kind: 'noOpenAlert', severity: 'warning' },
        { kind: 'assessed' },
        { kind: 'trainingData' },
        { kind: 'schema' },
      ],
    });
    await test.importDrifted();
    const { gates } = await lifecycleOf(test, versionId);
    expect(gates.map(({ gate, isMet }) => [gate.kind, isMet])).toEqual([
      ['reference', true],
      ['noOpenAlert', false],
      ['assessed', false],
      ['trainingData', false],
      ['schema', false],
    ]);
  });
});

describe('rollback', () => {
  it('brings back the version before, in one step, and can be taken back the same way', async () => {
    test = await createTestModel();
    await setGates(test, {});
    const { modelId, versionId: first } = test;
    await bring(test, first, 'Staging');
    await bring(test, first, 'Production');
    const second = await nextVersion(test);
    await bring(test, second, 'Staging');
    await bring(test, second, 'Production');
    const input = { modelId, liveVersionId: second, reason: 'Accuracy fell' };
    const change = okValue<'registry.rollBack'>(await test.call('registry.rollBack', input));
    expect(change).toMatchObject({ version: 1, kind: 'rollback', reason: 'Accuracy fell' });
    expect(stages(test)).toEqual([
      [1, 'Production'],
      [2, 'Archived'],
    ]);
    // Whoever still sees version 2 in Production must look again.
    expect(await test.call('registry.rollBack', input)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Version 1 is live by now') },
    });
    okValue<'registry.rollBack'>(
      await test.call('registry.rollBack', { ...input, liveVersionId: first }),
    );
    expect(stages(test)).toEqual([
      [1, 'Archived'],
      [2, 'Production'],
    ]);
  });

  it('is refused where nothing was live before, and that is on record', async () => {
    test = await createTestModel();
    const input = { modelId: test.modelId, liveVersionId: null, reason: 'x' };
    expect(await test.call('registry.rollBack', input)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    expect(registryEvents(test).at(-1)).toBe('registry.stepRefused');
  });
});

describe('archiving', () => {
  it('takes a version out of Production, withdraws its request, and happens once', async () => {
    test = await createTestModel();
    await setGates(test, {});
    const { versionId } = test;
    await ask(test, versionId, 'Staging');
    const archived = await test.call('registry.archiveVersion', { versionId, reason: 'Obsolete' });
    expect(okValue<'registry.archiveVersion'>(archived)).toMatchObject({
      stage: 'Archived',
      request: null,
      toStage: 'Staging',
    });
    expect(
      await test.call('registry.archiveVersion', { versionId, reason: 'Again' }),
    ).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  });
});

describe('the gates of a model', () => {
  it('are the default ones until somebody sets others, with a revision', async () => {
    test = await createTestModel();
    const { modelId } = test;
    const before = okValue<'registry.getLifecyclePolicy'>(
      await test.call('registry.getLifecyclePolicy', { modelId }),
    );
    expect(before).toMatchObject({ revision: 0, policy: DEFAULT_LIFECYCLE_POLICY, setBy: null });
    await setGates(test, { Staging: [{ kind: 'schema' }] });
    const stale = { modelId, policy: DEFAULT_LIFECYCLE_POLICY, reason: 'x', revision: 0 };
    expect(await test.call('registry.setLifecyclePolicy', stale)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { current: { revision: 1 } } },
    });
  });
});

describe('aliases', () => {
  it('stand for one version, move with a reason, and are taken away', async () => {
    test = await createTestModel();
    const { modelId, versionId } = test;
    const second = await nextVersion(test);
    const set = (alias: string, to: ModelVersionId | null) =>
      test.call('registry.setAlias', { modelId, alias, versionId: to, reason: 'Because' });
    const aliasesOf = async (one: ModelVersionId): Promise<readonly string[]> =>
      okValue<'registry.getVersion'>(await test.call('registry.getVersion', { versionId: one }))
        .aliases;
    okValue<'registry.setAlias'>(await set('Champion', versionId));
    expect(await aliasesOf(versionId)).toEqual(['champion']);
    okValue<'registry.setAlias'>(await set('champion', second));
    expect([await aliasesOf(versionId), await aliasesOf(second)]).toEqual([[], ['champion']]);
    expect(await set('champion', second)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    okValue<'registry.setAlias'>(await set('champion', null));
    expect(await aliasesOf(second)).toEqual([]);
    for (const name of ['latest', 'v3', '12', 'a b', ''])
      expect(await set(name, versionId)).toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT' },
      });
  });
});
