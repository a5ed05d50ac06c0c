import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CallScope } from '../../electron/app/context';
import { actionsOf, coreFor, dbOf } from '../support/testBackup';
import { testClock } from '../support/testClock';
import { modelsOf, okValue, registerVersion } from '../support/testModel';
import { importAll, IMPORT_SIGNING, inspect, versionsOf, newFolder } from './importDesk';
import { writeDatabase } from './mlflowDatabaseFixture';
import { RUN_A, RUN_B, RUN_C, USUAL, write, type FixtureStore } from './mlflowFixture';

/** Versions of one model, all of one run. */
function manyVersions(n: number): FixtureStore {
  return {
    experiments: { '0': 'Default' },
    runs: [{ id: RUN_A }],
    versions: Array.from({ length: n }, (_none, i) => ({
      model: 'Churn model',
      version: i + 1,
      runId: RUN_A,
    })),
    aliases: [],
  };
}

describe('importing again', () => {
  it('knows what it has, and brings only what changed, with the change in words', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    const run = `run:Default/${RUN_C}`;
    await importAll(test, folder, ['version:churn model/1', 'version:churn model/2', run]);
    const again = await inspect(test, folder);
    expect(
      again.candidates.map(({ state, changes, knownVersion, isSuggested }) => [
        state,
        changes,
        knownVersion,
        isSuggested,
      ]),
    ).toEqual([
      ['known', [], 1, false],
      ['known', [], 2, false],
      ['known', [], 1, false],
    ]);
    write(join(folder, '123456789012345678', RUN_A, 'params/max_depth'), '7');
    write(join(folder, '123456789012345678', RUN_A, 'metrics/auc'), '1670301595838 0.85 0\n');
    write(join(folder, '123456789012345678', RUN_A, 'artifacts/model/model.pkl'), 'NEVER OPENED');
    write(join(folder, 'models/Churn model/version-2/tags/checked'), 'no');
    write(
      join(folder, 'models/Churn model/version-2/meta.yaml'),
      `current_stage: Archived\ndescription: null\nname: Churn model\nrun_id: ${RUN_B}\ncreation_timestamp: 1671070667691\nsource: file:///home/andre/mlruns/123456789012345678/${RUN_B}/artifacts/model\nversion: 2\n`,
    );
    const changed = await inspect(test, folder);
    expect(
      changed.candidates.map(({ state, changes, isSuggested }) => [state, changes, isSuggested]),
    ).toEqual([
      [
        'changed',
        [
          'parameter max_depth: 5 → 7',
          'metric auc: 0.81 → 0.85',
          'artefacts: 1 with other content',
        ],
        true,
      ],
      ['changed', ['stage there: Production → Archived', 'tag checked: yes → no'], false],
      ['known', [], false],
    ]);
    await importAll(test, folder);
    const versions = await versionsOf(test, 'Churn model');
    expect(
      versions.map(({ snapshot }) => [
        snapshot.version,
        snapshot.importedFrom?.version,
        snapshot.hyperparameters['max_depth'],
      ]),
    ).toEqual([
      [3, '1', 7],
      [2, '2', 6],
      [1, '1', 5],
    ]);
    expect((await inspect(test, folder)).candidates[0]).toMatchObject({
      state: 'known',
      knownVersion: 3,
    });
  });

  it('knows a run of an experiment whose name is too long for a name here', async () => {
    const test = await coreFor();
    const path = writeDatabase({
      ...USUAL,
      experiments: { '0': 'x'.repeat(700) },
      versions: [],
      aliases: [],
      runs: [USUAL.runs[2]!],
    });
    const { candidates, broken } = await inspect(test, path);
    expect(candidates).toMatchObject([{ modelName: 'x'.repeat(120), state: 'new' }]);
    expect(broken.map(({ problem }) => problem)).toContain(
      'the name of the experiment is longer than 500 characters; cut there',
    );
    await importAll(test, path, [candidates[0]!.key]);
    expect((await inspect(test, path)).candidates).toMatchObject([
      { state: 'known', knownVersion: 1 },
    ]);
  });

  it('does not take for a change what a store without files cannot hold', async () => {
    const test = await coreFor();
    await importAll(test, newFolder(USUAL));
    const { candidates } = await inspect(test, writeDatabase(USUAL));
    expect(candidates.map(({ state }) => state)).toEqual(['known', 'known', 'new']);
  });

  it('refuses what is known already, and what was overtaken by another version', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    const { versions } = await importAll(test, folder, ['version:churn model/1']);
    const { stageId } = await inspect(test, folder);
    const importing = (keys: string[]) =>
      test.call('registry.importVersions', { stageId, keys, signing: IMPORT_SIGNING });
    expect(await importing(['version:churn model/1'])).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    expect(await importing(['version:nobody/1'])).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
    await registerVersion(test, versions[0]!.modelId);
    expect(await importing(['version:churn model/2'])).toMatchObject({
      ok: false,
      error: {
        code: 'CONFLICT',
        message: expect.stringContaining('since the store was looked at') as string,
      },
    });
    expect(await versionsOf(test, 'Churn model')).toHaveLength(2);
  });

  it('brings versions into a model that is here already, whatever the case of its name', async () => {
    const test = await coreFor();
    const draft = { name: 'CHURN MODEL', purpose: 'p', owner: 'o' };
    const { id } = okValue<'registry.createModel'>(await test.call('registry.createModel', draft));
    okValue<'registry.registerVersion'>(await registerVersion(test, id));
    const folder = newFolder(USUAL);
    expect((await inspect(test, folder)).candidates[0]).toMatchObject({
      isNewModel: false,
      state: 'new',
    });
    expect(await importAll(test, folder)).toMatchObject({
      nNewModels: 0,
      versions: [{ version: 2 }, { version: 3 }],
    });
    expect((await inspect(test, folder)).candidates[0]).toMatchObject({
      state: 'known',
      knownVersion: 2,
    });
    expect((await versionsOf(test, 'CHURN MODEL'))[0]!.snapshot.modelName).toBe('CHURN MODEL');
  });
});

describe('aliases', () => {
  it('come along where they are free, and stay where they stand for another version', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    await importAll(test, folder);
    write(join(folder, '123456789012345678', RUN_B, 'params/max_depth'), '9');
    const { nAliases, notes } = await importAll(test, folder);
    expect(nAliases).toBe(0);
    expect(notes).toEqual([
      {
        file: 'Churn model, version 3',
        problem: 'the alias "champion" stands for another version here and stays there',
      },
    ]);
    const versions = await versionsOf(test, 'Churn model');
    expect(versions.map(({ aliases }) => aliases)).toEqual([[], ['champion'], []]);
    expect(versions[0]!.snapshot.importedFrom?.aliases).toEqual(['champion']);
  });
});

describe('the record of an import', () => {
  it('goes on record part by part, and keeps the parts before a cancel', async () => {
    const test = await coreFor();
    const folder = newFolder(manyVersions(70));
    const { stageId, candidates } = await inspect(test, folder);
    const keys = candidates.map(({ key }) => key);
    const controller = new AbortController();
    const scope: CallScope = {
      // When the second part is announced, and so goes on record too.
      progress: ({ fraction, activity }) => {
        if (activity.startsWith('Signing') && (fraction ?? 0) > 0.4) controller.abort();
      },
      signal: controller.signal,
    };
    const request = { stageId, keys, signing: IMPORT_SIGNING };
    const cancelled = okValue<'registry.importVersions'>(
      await test.call('registry.importVersions', request, scope),
    );
    expect(cancelled).toMatchObject({ nNewModels: 1, nLeft: 38 });
    expect(cancelled.versions.map(({ version }) => version)).toEqual(
      Array.from({ length: 32 }, (_none, i) => i + 1),
    );
    const rest = await importAll(test, folder);
    expect(rest).toMatchObject({ nNewModels: 0, nLeft: 0 });
    expect(rest.versions.map(({ version }) => version)).toEqual(
      Array.from({ length: 38 }, (_none, i) => i + 33),
    );
    expect(actionsOf(test).filter((action) => action === 'registry.versionsImported')).toHaveLength(
      3,
    );
  });

  it('is one event with counts and the digest of what was read, or nothing at all', async () => {
    const clock = testClock();
    const test = await coreFor({ nowMs: clock.nowMs });
    const folder = newFolder(USUAL);
    const { stageId, sourceSha256 } = await inspect(test, folder);
    const before = actionsOf(test).length;
    const keys = ['version:churn model/1', `run:Default/${RUN_C}`];
    const wrong = { ...IMPORT_SIGNING, passphrase: 'not the passphrase at all' };
    for (const signing of [wrong, { ...IMPORT_SIGNING, meaning: 'approval' as const }]) {
      expect(await test.call('registry.importVersions', { stageId, keys, signing })).toMatchObject({
        ok: false,
        error: { code: 'FORBIDDEN' },
      });
    }
    expect(actionsOf(test).slice(before)).toEqual(['vault.signingRefused']);
    clock.advance(60_000);
    expect(await modelsOf(test)).toEqual([]);
    okValue<'registry.importVersions'>(
      await test.call('registry.importVersions', { stageId, keys, signing: IMPORT_SIGNING }),
    );
    expect(actionsOf(test).slice(before + 1)).toEqual(['registry.versionsImported']);
    const { events } = okValue<'audit.listEvents'>(
      await test.call('audit.listEvents', { text: null, offset: 0, limit: 1 }),
    );
    expect(events[0]).toMatchObject({
      reason: IMPORT_SIGNING.reason,
      after: {
        source: 'mlruns',
        sourceSha256,
        kind: 'folder',
        nVersions: 2,
        nNewModels: 2,
        nAliases: 0,
      },
    });
  });

  it('belongs to the audit package of every model that it brought', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    const { versions } = await importAll(test, folder, [
      'version:churn model/1',
      `run:Default/${RUN_C}`,
    ]);
    for (const { modelId } of versions) {
      const scope = { modelId, periodStart: null, periodEnd: null };
      const preview = okValue<'audit.previewPackage'>(
        await test.call('audit.previewPackage', scope),
      );
      expect(preview.nEvents).toBe(1);
    }
  });

  it('is not made when the person cancels, and no copy of a database stays behind', async () => {
    const test = await coreFor();
    const path = writeDatabase(USUAL);
    const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('assay-import-'));
    const before = copies();
    const controller = new AbortController();
    const scope = { progress: () => controller.abort(), signal: controller.signal };
    expect(
      await test.call('registry.inspectImport', { source: { token: test.token(path) } }, scope),
    ).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(copies()).toEqual(before);
    const { stageId } = await inspect(test, path);
    const request = { stageId, keys: ['version:churn model/1'], signing: IMPORT_SIGNING };
    expect(
      await test.call('registry.importVersions', request, {
        ...scope,
        signal: AbortSignal.abort(),
      }),
    ).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(dbOf(test).prepare('SELECT count(*) AS n FROM model_version').get()).toEqual({ n: 0 });
  });

  it('asks for a folder only when it is told to, and only lets analysts in', async () => {
    const test = await coreFor({ roles: ['reviewer'] });
    expect(await test.call('registry.pickImportFolder', {})).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
    const other = await coreFor();
    const folder = newFolder(USUAL);
    other.picks.push(folder, null);
    const picked = okValue<'registry.pickImportFolder'>(
      await other.call('registry.pickImportFolder', {}),
    );
    expect(picked?.name).toBe('mlruns');
    const source = { token: picked!.token };
    expect(
      okValue<'registry.inspectImport'>(await other.call('registry.inspectImport', { source }))
        .nRuns,
    ).toBe(3);
    expect(
      okValue<'registry.pickImportFolder'>(await other.call('registry.pickImportFolder', {})),
    ).toBeNull();
  });
});
