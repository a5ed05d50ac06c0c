import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InspectedStore } from '../../shared/registry/importChannels';
import { coreFor } from '../support/testBackup';
import { tempFolder } from '../support/tempFolder';
import { okValue } from '../support/testModel';
import { fingerprints, RUN_A, RUN_B, RUN_C, USUAL, write } from './mlflowFixture';
import { importAll, inspect, versionsOf, newFolder } from './importDesk';

describe('an mlruns folder', () => {
  it('offers registered versions, and runs that no version names but does not suggest them', async () => {
    const test = await coreFor();
    const store = await inspect(test, newFolder(USUAL));
    expect(store).toMatchObject({
      sourceName: 'mlruns',
      kind: 'folder',
      nExperiments: 2,
      nRuns: 3,
    });
    expect(store.candidates).toEqual([
      candidate({
        key: 'version:churn model/1',
        version: '1',
        runId: RUN_A,
        stage: 'Archived',
        nParameters: 5,
        nMetrics: 2,
      }),
      candidate({
        key: 'version:churn model/2',
        version: '2',
        runId: RUN_B,
        stage: 'Production',
        aliases: ['champion'],
        nParameters: 1,
        nMetrics: 1,
      }),
      candidate({
        key: `run:Default/${RUN_C}`,
        modelName: 'Default',
        version: null,
        runId: RUN_C,
        stage: null,
        nParameters: 1,
        nMetrics: 1,
        nColumns: 0,
        nArtefacts: 0,
        artefactBytes: 0,
        isSuggested: false,
      }),
    ]);
    expect(store.broken).toEqual([
      {
        file: `123456789012345678/${RUN_A}, metric "broken"`,
        problem: 'its last value is NaN, not a number that can be recorded; left out',
      },
    ]);
  });

  it('registers what is chosen as signed versions that say what MLflow said', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    const before = fingerprints(folder);
    const imported = await importAll(test, folder);
    expect(imported).toMatchObject({ nNewModels: 1, nAliases: 1, notes: [] });
    const [second, first] = await versionsOf(test, 'Churn model');
    const sha256 = createHash('sha256').update('never opened').digest('hex');
    expect(first!.snapshot).toMatchObject({
      description: 'v1',
      hyperparameters: { max_depth: 5, lr: 0.01, tiny: '1e-05', flag: 'True', 'opt/name': 'adam' },
      metrics: { auc: 0.81, 'val/loss': 0.5 },
      metricSeries: {
        'val/loss': [
          { step: 0, value: 0.9, atUtc: '2022-12-06T04:39:55.838Z' },
          { step: 1, value: 0.7, atUtc: '2022-12-06T04:39:55.870Z' },
          { step: 2, value: 0.5, atUtc: '2022-12-06T04:39:55.900Z' },
        ],
      },
      schema: [
        { name: 'age', type: 'double', direction: 'input' },
        { name: 'job', type: 'string, optional', direction: 'input' },
        { name: 'output', type: 'tensor of int64 (-1)', direction: 'output' },
      ],
      artefacts: [{ path: 'MLmodel' }, { path: 'model.pkl', sizeBytes: 12, sha256 }],
      importedFrom: {
        system: 'mlflow',
        source: 'mlruns',
        experiment: 'churn',
        runId: RUN_A,
        version: '1',
        stage: 'Archived',
        aliases: [],
        createdAtUtc: '2022-12-15T02:17:47.691Z',
        tags: { 'mlflow.user': 'andre', 'mlflow.note.content': 'First try' },
      },
    });
    expect(first!.signature).toMatchObject({
      meaning: 'responsibility',
      recordSha256: first!.snapshotSha256,
    });
    expect(second).toMatchObject({
      stage: 'None',
      aliases: ['champion'],
      snapshot: { version: 2 },
    });
    expect(second!.snapshot.importedFrom).toMatchObject({ stage: 'Production', runId: RUN_B });
    expect(fingerprints(folder)).toEqual(before);
    const check = okValue<'vault.check'>(await test.call('vault.check', {}));
    expect(check.isIntact).toBe(true);
  });

  it('finds the store in the folder around it, and hashes every byte it reads as sha256sum would', async () => {
    const test = await coreFor();
    const folder = newFolder({ ...USUAL, runs: [USUAL.runs[2]!], versions: [], aliases: [] });
    const store = await inspect(test, join(folder, '..'));
    const files = Object.entries(fingerprints(folder)).map(
      ([path, hash]) => `${hash}  mlruns${path.slice(folder.length)}\n`,
    );
    expect(store.nFilesRead).toBe(files.length);
    expect(store.sourceSha256).toBe(createHash('sha256').update(files.join('')).digest('hex'));
  });
});

describe('a broken or hostile mlruns folder', () => {
  it('lists what cannot be read by file, and brings the rest', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    const run = join(folder, '123456789012345678', RUN_B);
    write(join(run, 'meta.yaml'), 'run_id: [unclosed\n');
    write(join(folder, '0', RUN_C, 'metrics', 'odd'), 'yesterday 0.5 1\n1670301595838 0.25 1\n');
    write(join(folder, '0', RUN_C, 'params', 'binary'), '');
    writeFileSync(join(folder, '0', RUN_C, 'params', 'binary'), Buffer.from([0xff, 0xfe, 0]));
    const store = await inspect(test, folder);
    expect(problemsOf(store)).toEqual([
      [`0/${RUN_C}/metrics/odd`, 'line 1 is not "timestamp value step" (1 such lines); left out'],
      [`0/${RUN_C}/params/binary`, 'not text in UTF-8'],
      [
        `123456789012345678/${RUN_B}/meta.yaml`,
        'not readable as YAML: deficient indentation (2:1)',
      ],
      [`123456789012345678/${RUN_A}, metric "broken"`, expect.any(String)],
      ['models/Churn model/version-2', expect.stringContaining('is not in what was read')],
    ]);
    // The version is still there; its run is not.
    expect(store.candidates.find(({ version }) => version === '2')).toMatchObject({
      nParameters: 0,
      runId: RUN_B,
    });
    expect(store.candidates.find(({ runId }) => runId === RUN_C)).toMatchObject({ nMetrics: 2 });
  });

  it('follows no link, neither to a file nor to a folder nor out of the artefacts', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    const secret = join(tempFolder(), 'secret.txt');
    write(secret, 'secret');
    symlinkSync(secret, join(folder, '0', RUN_C, 'params', 'stolen'));
    symlinkSync(join(secret, '..'), join(folder, '0', 'linked'));
    symlinkSync(secret, join(folder, '123456789012345678', RUN_A, 'artifacts/model/stolen.pkl'));
    const store = await inspect(test, folder);
    expect(
      problemsOf(store)
        .filter(([, problem]) => problem === 'a link; links are not followed')
        .map(([file]) => file),
    ).toEqual(
      expect.arrayContaining([
        `0/${RUN_C}/params/stolen`,
        '0/linked',
        `123456789012345678/${RUN_A}/artifacts/model/stolen.pkl`,
      ]),
    );
    expect(JSON.stringify(store)).not.toContain('secret');
    await importAll(test, folder);
    const versions = await versionsOf(test, 'Churn model');
    expect(versions.at(-1)!.snapshot.artefacts?.map(({ path }) => path)).toEqual([
      'MLmodel',
      'model.pkl',
    ]);
  });

  it('takes artefacts only from inside the store, whatever a version says its source is', async () => {
    const test = await coreFor();
    const outside = join(tempFolder(), 'model');
    write(join(outside, 'model.pkl'), 'not ours');
    const sources = [
      outside,
      `file:///x/${RUN_C}/artifacts/../../../../..`,
      `runs:/${RUN_C}/../..`,
      's3://bucket/model',
    ];
    const versions = sources.map((source, i) => ({
      model: 'M',
      version: i + 1,
      runId: RUN_C,
      source,
    }));
    const store = await inspect(test, newFolder({ ...USUAL, versions, aliases: [] }));
    const ours = store.candidates.filter(({ modelName }) => modelName === 'M');
    expect(ours.map(({ nArtefacts }) => nArtefacts)).toEqual([0, 0, 0, 0]);
  });

  it('is not fooled by YAML: bombs, deep nesting, foreign tags, words that look like booleans', async () => {
    const test = await coreFor();
    const folder = newFolder({
      ...USUAL,
      experiments: { '0': 'no', '1': '010', '2': 'on' },
      versions: [],
      aliases: [],
      runs: [],
    });
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 60 }, (_none, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ];
    const metas = {
      bomb: `${bomb.join('\n')}\n`,
      deep: `a: ${'['.repeat(50_000)}`,
      keys: '? '.repeat(20_000),
      tag: 'run_id: !!python/object/apply:os.system [x]\n',
      scalar: 'just text\n',
    };
    for (const [name, text] of Object.entries(metas))
      write(join(folder, '0', name, 'meta.yaml'), text);
    for (const id of ['0', '1', '2'])
      write(join(folder, id, `good${id}`, 'meta.yaml'), `run_id: good${id}\nstart_time: 1\n`);
    const store = await inspect(test, folder);
    expect(store.candidates.map(({ modelName, runId }) => [modelName, runId])).toEqual([
      ['010', 'good1'],
      ['no', 'good0'],
      ['on', 'good2'],
    ]);
    expect(problemsOf(store).map(([file]) => file)).toEqual(
      Object.keys(metas)
        .map((name) => `0/${name}/meta.yaml`)
        .sort(),
    );
  });

  it('leaves deleted runs, trash, deleted versions and prompts out, and counts what was deleted', async () => {
    const test = await coreFor();
    const folder = newFolder({
      ...USUAL,
      runs: [...USUAL.runs, { id: 'dead', lifecycle: 'deleted' }],
      versions: [
        ...USUAL.versions,
        { model: 'Churn model', version: 3, runId: RUN_A, stage: 'Deleted_Internal' },
        { model: 'Prompt', version: 1, runId: '' },
      ],
    });
    write(join(folder, '.trash/9/meta.yaml'), 'name: gone\n');
    write(join(folder, 'models/Prompt/tags/mlflow.prompt.is_prompt'), 'true');
    const store = await inspect(test, folder);
    expect(store.nDeleted).toBe(3);
    expect(store.candidates).toHaveLength(3);
    expect(store.broken).toContainEqual({
      file: 'models/Prompt',
      problem: 'a prompt, not a model; left out',
    });
  });

  it('leaves out what is too large or cannot be recorded, and says so', async () => {
    const test = await coreFor();
    const folder = newFolder(USUAL);
    const run = join(folder, '0', RUN_C);
    write(join(run, 'params/huge'), 'x'.repeat(2 ** 20 + 1));
    write(join(run, 'params/long'), 'y'.repeat(30_000));
    write(join(run, 'params/__proto__'), '1');
    write(
      join(run, 'metrics/many'),
      Array.from({ length: 3000 }, (_none, i) => `1 0.5 ${i}\n`).join(''),
    );
    const store = await inspect(test, folder);
    const key = `run:Default/${RUN_C}`;
    await importAll(test, folder, [key]);
    const [version] = await versionsOf(test, 'Default');
    expect(version!.snapshot.hyperparameters).toEqual({ long: 'y'.repeat(20_000), seed: 7 });
    expect(version!.snapshot.metrics).toEqual({ f1: 0.5, many: 0.5 });
    expect(version!.snapshot.metricSeries).toBeUndefined();
    expect(problemsOf(store).map(([, problem]) => problem)).toEqual(
      expect.arrayContaining([
        'larger than 1048576 bytes; left out',
        'parameter "long" is longer than 20000 characters; cut there',
        'parameter "__proto__" cannot have this name here; left out',
        'its series has 3000 points, too many for a snapshot; only the last value is kept',
      ]),
    );
  });

  it('says what to choose when nothing of MLflow is there', async () => {
    const test = await coreFor();
    const folder = tempFolder();
    mkdirSync(join(folder, 'photos'));
    const answer = await test.call('registry.inspectImport', {
      source: { token: test.token(folder) },
    });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'BAD_DATA',
        message: expect.stringContaining('Choose an mlruns folder') as string,
      },
    });
    rmSync(folder, { recursive: true });
    expect(
      await test.call('registry.inspectImport', { source: { token: test.token(folder) } }),
    ).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA' },
    });
  });
});

function problemsOf({ broken }: InspectedStore): (readonly [string, string])[] {
  return broken
    .map(({ file, problem }) => [file, problem] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function candidate(facts: Readonly<Record<string, unknown>>): unknown {
  return {
    modelName: 'Churn model',
    isNewModel: true,
    aliases: [],
    nColumns: 3,
    nArtefacts: 2,
    artefactBytes: expect.any(Number) as number,
    state: 'new',
    changes: [],
    knownVersion: null,
    isSuggested: true,
    ...facts,
  };
}
