import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preAuthEncoding } from '../../electron/audit/dsse';
import { readZip } from '../../electron/io/zip';
import { mlflowExport } from '../../electron/registry/mlflowExport';
import { underMlflowNames } from '../../electron/registry/mlflowNames';
import { versionJson } from '../../electron/registry/versionJson';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { EXPORT_FORMATS } from '../../shared/registry/exportChannels';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, registerVersion, type TestModel } from '../support/testModel';
import { contentOf, fullSnapshot, HASH, versionOf } from './exportFixture';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
  okValue<'registry.registerVersion'>(await registerVersion(model, model.modelId));
});
afterAll(() => model.close());

function events(action: string): unknown[] {
  const session = model.core.context.vault.session();
  return (session?.db ?? null) === null
    ? []
    : session!.db
        .prepare<[string], string>('SELECT body FROM audit_event WHERE action = ? ORDER BY seq')
        .pluck()
        .all(action)
        .map((body) => JSON.parse(body) as unknown);
}

interface ExportedJson {
  readonly format: string;
  readonly model: unknown;
  readonly versions: readonly {
    readonly snapshot: { readonly version: number };
    readonly snapshotSha256: string;
    readonly signatures: readonly {
      readonly publicKeyPem: string;
      readonly statementType: string;
      readonly statementBase64: string;
      readonly signatureBase64: string;
    }[];
  }[];
}

describe('registry.exportVersion', () => {
  it.each(EXPORT_FORMATS)(
    'writes %s, and records the hash of exactly that file',
    async (format) => {
      const path = join(tempFolder(), `version.${format}`);
      model.picks.push(path);
      const { versionId } = model;
      const file = okValue<'registry.exportVersion'>(
        await model.call('registry.exportVersion', { versionId, format }),
      );
      const bytes = readFileSync(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const recorded = { fileName: `version.${format}`, format, sha256, sizeBytes: bytes.length };
      expect(file).toEqual({ path, ...recorded });
      expect(events('registry.versionExported').at(-1)).toMatchObject({
        subject: versionId,
        after: recorded,
      });
      expect(readdirSync(dirname(path))).toEqual([`version.${format}`]);
    },
  );

  it('writes JSON that proves itself with openssl-kind tools: hash and signature', async () => {
    const path = join(tempFolder(), 'version.json');
    model.picks.push(path);
    const { versionId } = model;
    okValue<'registry.exportVersion'>(
      await model.call('registry.exportVersion', { versionId, format: 'json' }),
    );
    const { format, versions } = JSON.parse(readFileSync(path, 'utf8')) as ExportedJson;
    expect(format).toBe('assay/model-export');
    const [version] = versions;
    const canonical = canonicalJson(version?.snapshot);
    expect(createHash('sha256').update(canonical).digest('hex')).toBe(version?.snapshotSha256);
    expect(version?.signatures).toHaveLength(1);
    const { publicKeyPem, statementType, statementBase64, signatureBase64 } =
      version!.signatures[0]!;
    const statement = Buffer.from(statementBase64, 'base64');
    const signed = preAuthEncoding(statementType, statement);
    const signature = Buffer.from(signatureBase64, 'base64');
    expect(verify(null, signed, createPublicKey(publicKeyPem), signature)).toBe(true);
    expect(JSON.parse(statement.toString('utf8'))).toMatchObject({
      recordSha256: version?.snapshotSha256,
    });
  });

  it('writes and records nothing when the dialog is closed', async () => {
    const before = events('registry.versionExported').length;
    const { versionId } = model;
    expect(await model.call('registry.exportVersion', { versionId, format: 'json' })).toMatchObject(
      { ok: false, error: { code: 'CANCELLED' } },
    );
    expect(events('registry.versionExported')).toHaveLength(before);
  });

  it('records nothing when the file cannot be written', async () => {
    const before = events('registry.versionExported').length;
    const { versionId } = model;
    const folder = tempFolder();
    const taken = join(folder, 'taken.json');
    mkdirSync(taken);
    for (const path of [taken, join(folder, 'nowhere', 'version.json')]) {
      model.picks.push(path);
      expect(
        await model.call('registry.exportVersion', { versionId, format: 'json' }),
      ).toMatchObject({ ok: false, error: { code: 'STORAGE' } });
    }
    expect(readdirSync(folder)).toEqual(['taken.json']);
    expect(events('registry.versionExported')).toHaveLength(before);
  });

  it.skipIf(process.getuid?.() === 0)('leaves a read-only place as it was', async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o500);
    model.picks.push(join(folder, 'version.json'));
    const { versionId } = model;
    expect(await model.call('registry.exportVersion', { versionId, format: 'json' })).toMatchObject(
      { ok: false, error: { code: 'STORAGE' } },
    );
    chmodSync(folder, 0o700);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces a file that is there in one step', async () => {
    const path = join(tempFolder(), 'version.json');
    writeFileSync(path, 'old');
    model.picks.push(path);
    const { versionId } = model;
    okValue<'registry.exportVersion'>(
      await model.call('registry.exportVersion', { versionId, format: 'json' }),
    );
    expect(readFileSync(path, 'utf8')).toContain('assay/model-export');
  });
});

describe('registry.exportModel', () => {
  it('writes all versions, the oldest first', async () => {
    const path = join(tempFolder(), 'model.json');
    model.picks.push(path);
    const { modelId } = model;
    okValue<'registry.exportModel'>(
      await model.call('registry.exportModel', { modelId, format: 'json' }),
    );
    const { versions } = JSON.parse(readFileSync(path, 'utf8')) as ExportedJson;
    expect(versions.map(({ snapshot }) => snapshot.version)).toEqual([1, 2]);
    expect(events('registry.modelExported')).toHaveLength(1);
  });

  it('refuses a model without versions', async () => {
    const draft = { name: 'Empty', purpose: 'p', owner: 'o' };
    const { id: modelId } = okValue<'registry.createModel'>(
      await model.call('registry.createModel', draft),
    );
    const path = join(tempFolder(), 'model.json');
    model.picks.push(path);
    expect(await model.call('registry.exportModel', { modelId, format: 'json' })).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA' },
    });
    expect(existsSync(path)).toBe(false);
    model.picks.length = 0;
  });
});

describe('mlflowExport', () => {
  const files = readZip(
    mlflowExport(
      contentOf([versionOf(fullSnapshot(), 10), versionOf(fullSnapshot({ version: 4 }), 11)]),
    ),
  );
  const read = (path: string): unknown =>
    JSON.parse(Buffer.from(files.get(path) ?? []).toString('utf8'));
  const runId = '00000000000040008000000000000010';

  it('is laid out as import-model of mlflow-export-import reads it', () => {
    const other = `${runId.slice(0, -1)}1`;
    expect([...files.keys()]).toEqual([
      'model.json',
      `${runId}/run.json`,
      `${runId}/artifacts/assay-version.json`,
      `${other}/run.json`,
      `${other}/artifacts/assay-version.json`,
    ]);
    for (const path of ['model.json', `${runId}/run.json`]) {
      expect(read(path)).toMatchObject({
        system: { package_version: 'assay-0.0.0-test', user: '', mlflow_tracking_uri: '' },
        info: {},
      });
    }
    expect(read('model.json')).toMatchObject({
      mlflow: {
        registered_model: {
          name: 'Kündigung',
          description: 'Predict churn',
          tags: expect.arrayContaining([{ key: 'telecom', value: '' }]) as unknown[],
          versions: [
            {
              version: '3',
              run_id: runId,
              current_stage: 'Staging',
              aliases: ['champion'],
              tags: { eu: '', 'assay.snapshot_sha256': HASH },
              run_link: 'https://mlflow.example.org/#/runs/7',
            },
            { version: '4', run_id: other },
          ],
        },
      },
    });
  });

  it('gives each version a source from which the importer finds the run, and no logged model', () => {
    const { mlflow } = read('model.json') as {
      readonly mlflow: {
        readonly registered_model: {
          readonly versions: readonly { readonly source: string; readonly run_id: string }[];
        };
      };
    };
    for (const { source, run_id } of mlflow.registered_model.versions) {
      expect(source).toContain(run_id);
      // The importer takes every source with this word in it for a logged model of MLflow 3.
      expect(source).not.toContain('models');
    }
  });

  it('writes parameters, every point of a metric, datasets and tags of a run', () => {
    const { mlflow } = read(`${runId}/run.json`) as { readonly mlflow: unknown };
    const at = Date.parse('2026-01-02T03:04:05.000Z');
    expect(mlflow).toMatchObject({
      info: { run_id: runId, status: 'FINISHED', user_id: '', start_time: at },
      params: { depth: '6', größe: 'groß', early: 'True' },
      metrics: {
        auc: [
          { step: 0, value: 0.5, timestamp: Date.parse('2026-01-02T03:00:00.000Z') },
          { step: 1, value: 0.87, timestamp: at },
        ],
        'val/f1': [{ step: 0, value: 0.5, timestamp: at }],
      },
      inputs: {
        dataset_inputs: [
          { dataset: { name: 'train.csv', digest: HASH.slice(0, 36) } },
          { tags: [{ value: 'test' }], dataset: { name: 'holdout', digest: 'f00dcafe' } },
        ],
      },
    });
  });

  it('changes names that MLflow refuses, tells which, and lets none collide', () => {
    expect(
      underMlflowNames({ 'a(b)': 1, a_b_: 2, '../up': 3, 'x//y': 4, '/root': 5, 'ok/in side': 6 }),
    ).toEqual({
      values: { a_b_: 2, 'ok/in side': 6, a_b__2: 1, __up: 3, x__y: 4, _root: 5 },
      renamed: { a_b__2: 'a(b)', __up: '../up', x__y: 'x//y', _root: '/root' },
    });
    const { mlflow } = read(`${runId}/run.json`) as {
      readonly mlflow: { readonly tags: Readonly<Record<string, string>> };
    };
    expect(JSON.parse(mlflow.tags['assay.renamed'] ?? '')).toMatchObject({ a_b__2: 'a(b)' });
  });

  it('keeps the whole record beside the run, also where MLflow has no room for it', () => {
    const long = 'é'.repeat(9000);
    const content = contentOf([versionOf(fullSnapshot({ hyperparameters: { long } }))]);
    const bundle = readZip(mlflowExport(content));
    const { mlflow } = JSON.parse(
      Buffer.from(bundle.get(`${runId}/run.json`) ?? []).toString('utf8'),
    ) as { readonly mlflow: { readonly params: Readonly<Record<string, string>> } };
    expect(mlflow.params['long']).toBe('é'.repeat(6000));
    expect(Buffer.from(bundle.get(`${runId}/artifacts/assay-version.json`) ?? [])).toEqual(
      Buffer.from(versionJson(content)),
    );
  });
});
