import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coreFor } from '../support/testBackup';
import { tempFolder } from '../support/tempFolder';
import { importAll, inspect, versionsOf } from './importDesk';
import { fingerprints, ML_MODEL, RUN_A, RUN_B, write } from './mlflowFixture';

const SYSTEM = { package_version: '1.2.0', script: 'export_model.py', mlflow_version: '2.14.1' };

function json(path: string, mlflow: object): void {
  write(path, JSON.stringify({ system: SYSTEM, info: {}, mlflow }));
}

function run(id: string, facts: object = {}): object {
  return {
    info: {
      run_id: id,
      run_uuid: id,
      experiment_id: '2',
      lifecycle_stage: 'active',
      start_time: 1_670_301_595_769,
      run_name: 'dog',
    },
    params: { max_depth: '5' },
    metrics: {
      auc: [{ value: 0.9, timestamp: 1_670_301_595_838, step: 0 }],
      loss: [{ value: 'NaN', timestamp: 1, step: 0 }],
    },
    tags: { algorithm: 'tree' },
    inputs: {
      dataset_inputs: [
        {
          tags: [{ key: 'mlflow.data.context', value: 'eval' }],
          dataset: { name: 'd', digest: 'x1', source: 's' },
        },
      ],
    },
    ...facts,
  };
}

const MODEL = {
  registered_model: {
    name: 'wine',
    description: 'Wine quality',
    tags: [{ key: 'info', value: 'x' }],
    aliases: [{ alias: 'champion', version: '2' }],
    versions: [
      {
        version: '1',
        current_stage: 'Staging',
        run_id: RUN_A,
        run_link: '',
        source: `/opt/mlruns/2/${RUN_A}/artifacts/model`,
        aliases: ['old'],
        description: 'v1',
      },
      {
        version: '2',
        current_stage: 'None',
        run_id: RUN_B,
        run_link: 'http://server/#/run',
        source: `/opt/mlruns/2/${RUN_B}/artifacts/model`,
        aliases: [],
      },
      { version: '3', current_stage: 'Deleted_Internal', run_id: RUN_B },
    ],
  },
};

describe('an export of mlflow-export-import', () => {
  it.each([
    ['runs beside the model', (root: string, id: string) => join(root, id)],
    [
      'the second layout, with runs in a folder of their own',
      (root: string, id: string) => join(root, 'runs', id),
    ],
    ['the bulk layout', (root: string, id: string) => join(root, 'experiments/2', id)],
  ])('is read with %s', async (_what, folderOf) => {
    const test = await coreFor();
    const root = join(tempFolder(), 'export');
    json(join(root, 'model.json'), MODEL);
    json(join(root, 'experiments/2/experiment.json'), {
      experiment: { experiment_id: '2', name: 'wine quality' },
      runs: [RUN_A],
    });
    for (const id of [RUN_A, RUN_B]) json(join(folderOf(root, id), 'run.json'), run(id));
    write(join(folderOf(root, RUN_A), 'artifacts/model/MLmodel'), ML_MODEL);
    // Whatever people save among artefacts is no part of the export.
    write(join(folderOf(root, RUN_A), 'artifacts/run.json'), '{}');
    const before = fingerprints(root);
    const store = await inspect(test, root);
    expect(store).toMatchObject({ kind: 'bundle', nRuns: 2, nDeleted: 1, sourceName: 'export' });
    await importAll(test, root);
    const [second, first] = await versionsOf(test, 'wine');
    expect(second).toMatchObject({
      aliases: ['champion'],
      snapshot: { runLink: 'http://server/#/run' },
    });
    expect(first).toMatchObject({
      aliases: ['old'],
      snapshot: {
        description: 'v1',
        hyperparameters: { max_depth: 5 },
        metrics: { auc: 0.9 },
        datasets: [{ name: 'd', role: 'other', digest: 'x1', source: 's' }],
        artefacts: [{ path: 'MLmodel' }],
        importedFrom: { experiment: 'wine quality', stage: 'Staging', tags: { algorithm: 'tree' } },
      },
    });
    expect(fingerprints(root)).toEqual(before);
  });

  it('lists a file that is no JSON, and takes an export of one run without a model', async () => {
    const test = await coreFor();
    const root = join(tempFolder(), 'export');
    json(join(root, 'a/run.json'), run(RUN_A));
    write(join(root, 'b/run.json'), '{"mlflow": ');
    const store = await inspect(test, root);
    expect(store.candidates).toMatchObject([{ runId: RUN_A, isSuggested: false, nMetrics: 1 }]);
    expect(store.broken.map(({ file }) => file)).toEqual(
      ['b/run.json', 'a/run.json, metric "loss"'].sort(),
    );
  });
});

describe('a saved model', () => {
  it('is one candidate with its schema and the digests of its files', async () => {
    const test = await coreFor();
    const folder = join(tempFolder(), 'churn-classifier');
    write(join(folder, 'MLmodel'), ML_MODEL);
    write(join(folder, 'model.pkl'), 'never opened');
    const { candidates, kind } = await inspect(test, folder);
    expect(kind).toBe('model');
    expect(candidates).toMatchObject([
      { key: `run:model/${RUN_A}`, nColumns: 3, nArtefacts: 2, isSuggested: false },
    ]);
    await importAll(test, folder, [candidates[0]!.key]);
    const [version] = await versionsOf(test, 'model');
    expect(version!.snapshot).toMatchObject({
      description: 'Saved by MLflow 2.14.1 as python_function, sklearn',
      artefacts: [{ path: 'MLmodel' }, { path: 'model.pkl' }],
      importedFrom: { createdAtUtc: '2026-01-02T03:04:05.678Z', runId: RUN_A },
    });
  });

  it('may be the MLmodel file alone; then no artefacts are claimed', async () => {
    const test = await coreFor();
    const path = join(tempFolder(), 'MLmodel');
    write(path, ML_MODEL);
    expect((await inspect(test, path)).candidates).toMatchObject([{ nColumns: 3, nArtefacts: 0 }]);
    write(path, 'flavors: {}\n');
    expect(
      await test.call('registry.inspectImport', { source: { token: test.token(path) } }),
    ).toMatchObject({
      ok: false,
      error: {
        code: 'BAD_DATA',
        message: expect.stringContaining('not an MLmodel file') as string,
      },
    });
  });
});
