import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coreFor } from '../support/testBackup';
import { tempFolder } from '../support/tempFolder';
import { importAll, inspect, versionsOf, newFolder } from './importDesk';
import { writeDatabase } from './mlflowDatabaseFixture';
import { fingerprints, ML_MODEL, RUN_A, RUN_B, RUN_C, USUAL, write } from './mlflowFixture';

describe('an mlflow.db', () => {
  it('brings what the folder brings, save what only files hold', async () => {
    const test = await coreFor();
    const path = writeDatabase(USUAL);
    const before = fingerprints(dirname(path));
    expect(await inspect(test, path)).toMatchObject({
      kind: 'database',
      sourceName: 'mlflow.db',
      nExperiments: 2,
      nRuns: 3,
      nFilesRead: 1,
    });
    await importAll(test, path);
    const other = await coreFor();
    await importAll(other, newFolder(USUAL));
    const [fromDatabase, fromFolder] = [
      await versionsOf(test, 'Churn model'),
      await versionsOf(other, 'Churn model'),
    ];
    for (const [i, { snapshot, aliases }] of fromDatabase.entries()) {
      const { hyperparameters, metrics, metricSeries, description, importedFrom } =
        fromFolder[i]!.snapshot;
      expect(snapshot).toMatchObject({ hyperparameters, metrics, description });
      expect(snapshot.metricSeries).toEqual(metricSeries);
      expect(aliases).toEqual(fromFolder[i]!.aliases);
      expect({ ...snapshot.importedFrom, source: '', sourceSha256: '' }).toEqual({
        ...importedFrom,
        source: '',
        sourceSha256: '',
      });
    }
    expect(fingerprints(dirname(path))).toEqual(before);
    expect(readdirSync(dirname(path))).toEqual(['mlflow.db']);
  });

  it('finds artefacts and the schema beside it when the folder around it is chosen', async () => {
    const test = await coreFor();
    const root = tempFolder();
    writeDatabase(USUAL, { path: join(root, 'mlflow.db') });
    write(join(root, `mlartifacts/123456789012345678/${RUN_A}/artifacts/model/MLmodel`), ML_MODEL);
    const { candidates } = await inspect(test, root);
    expect(candidates[0]).toMatchObject({ version: '1', nArtefacts: 1, nColumns: 3 });
    await importAll(test, root);
    expect((await versionsOf(test, 'Churn model'))[1]!.snapshot.artefacts).toMatchObject([
      { path: 'MLmodel' },
    ]);
  });

  it('takes the signature from what the run noted when the artefacts are elsewhere', async () => {
    const test = await coreFor();
    const signature = { inputs: '[{"type":"double","name":"age"}]', outputs: null };
    const history = JSON.stringify([{ artifact_path: 'model', flavors: {}, signature }]);
    const runs = [{ ...USUAL.runs[2]!, tags: { 'mlflow.log-model.history': history } }];
    const { candidates } = await inspect(
      test,
      writeDatabase({ ...USUAL, runs, versions: [], aliases: [] }),
    );
    expect(candidates).toMatchObject([{ runId: RUN_C, nColumns: 1 }]);
  });

  it('reads a database with workspaces, and keeps models of the same name in two of them apart', async () => {
    const test = await coreFor();
    const more = `INSERT INTO model_versions (workspace, name, version, current_stage, run_id) VALUES ('team-b', 'Churn model', 1, 'None', '${RUN_C}')`;
    const { candidates } = await inspect(test, writeDatabase(USUAL, { hasWorkspace: true, more }));
    expect(candidates.map(({ modelName, version }) => [modelName, version])).toEqual([
      ['Churn model', '1'],
      ['Churn model', '2'],
      ['team-b/Churn model', '1'],
    ]);
  });

  it('hides deleted runs, experiments and versions, and marks infinities', async () => {
    const test = await coreFor();
    const more = `
      UPDATE model_versions SET current_stage = 'Deleted_Internal' WHERE version = 1;
      UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = '${RUN_B}';
      INSERT INTO metrics (key, value, timestamp, run_uuid) VALUES ('huge', 1.7976931348623157e308, 1, '${RUN_C}');`;
    const store = await inspect(test, writeDatabase(USUAL, { more }));
    expect(store.nDeleted).toBe(2);
    expect(store.candidates.map(({ key }) => key)).toEqual([
      'version:churn model/2',
      `run:churn/${RUN_A}`,
      `run:Default/${RUN_C}`,
    ]);
    expect(store.broken).toContainEqual({
      file: `run ${RUN_C}, metric "huge"`,
      problem: 'its last value is Infinity, not a number that can be recorded; left out',
    });
  });

  it('reads what a server that still runs has not moved into the file yet, and changes nothing beside it', async () => {
    const test = await coreFor();
    const path = writeDatabase(USUAL, { isOpen: true });
    const folder = tempFolder();
    for (const name of ['mlflow.db', 'mlflow.db-wal'])
      copyFileSync(join(dirname(path), name), join(folder, name));
    const before = fingerprints(folder);
    expect(await inspect(test, join(folder, 'mlflow.db'))).toMatchObject({
      nRuns: 3,
      nFilesRead: 2,
    });
    expect(fingerprints(folder)).toEqual(before);
  });

  it('reads datasets with the part that each played', async () => {
    const test = await coreFor();
    const more = `
      INSERT INTO datasets VALUES ('d1', 0, 'train.csv', 'abc123', 'local', '{"uri": "train.csv"}', NULL, NULL);
      INSERT INTO inputs VALUES ('i1', 'DATASET', 'd1', 'RUN', '${RUN_C}', 0);
      INSERT INTO input_tags VALUES ('i1', 'mlflow.data.context', 'training');`;
    await importAll(test, writeDatabase(USUAL, { more }), [`run:Default/${RUN_C}`]);
    expect((await versionsOf(test, 'Default'))[0]!.snapshot.datasets).toEqual([
      { name: 'train.csv', role: 'training', digest: 'abc123', source: '{"uri": "train.csv"}' },
    ]);
  });

  it.each([
    [
      'a database of something else',
      (path: string) => writeDatabase(USUAL, { path, more: 'ALTER TABLE runs RENAME TO walks' }),
      'not one of MLflow',
    ],
    [
      'views in the place of tables',
      (path: string) =>
        writeDatabase(USUAL, {
          path,
          more: 'ALTER TABLE runs RENAME TO walks; CREATE VIEW runs AS SELECT * FROM walks',
        }),
      'not one of MLflow',
    ],
    [
      'a file that only begins like one',
      (path: string) => writeFileSync(path, `SQLite format 3\u0000${'x'.repeat(5000)}`),
      'not an SQLite database',
    ],
    ['an empty file', (path: string) => writeFileSync(path, ''), 'nothing of MLflow'],
  ])('refuses %s', async (_what, make, message) => {
    const test = await coreFor();
    const path = join(tempFolder(), 'mlflow.db');
    make(path);
    expect(
      await test.call('registry.inspectImport', { source: { token: test.token(path) } }),
    ).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining(message) as string },
    });
  });
});
