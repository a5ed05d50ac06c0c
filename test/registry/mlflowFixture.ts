import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One run as the fixtures write it. */
export interface FixtureRun {
  readonly id: string;
  readonly experiment?: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Lines of the metric's file. */
  readonly metrics?: Readonly<Record<string, readonly string[]>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly lifecycle?: 'active' | 'deleted';
  readonly artefacts?: Readonly<Record<string, string>>;
}

export interface FixtureVersion {
  readonly model: string;
  readonly version: number;
  readonly runId: string;
  readonly stage?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly source?: string;
}

export interface FixtureStore {
  readonly experiments: Readonly<Record<string, string>>;
  readonly runs: readonly FixtureRun[];
  readonly versions: readonly FixtureVersion[];
  /** Model, alias, version. */
  readonly aliases: readonly (readonly [string, string, number])[];
}

export const RUN_A = '4b0ce88fd34e45fc8ca08876127299ce';
/** Digits and one `e`: a YAML reader that guesses types makes a number of it. */
export const RUN_B = '12345678901234567890123456789e12';
export const RUN_C = '8a6af43e756f433da7a90fd6b4e49c3a';

export const ML_MODEL = `artifact_path: model
flavors:
  python_function:
    env: &id001
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    model_path: model.pkl
    predict_fn: predict
    python_version: 3.10.12
  sklearn:
    env: *id001
    pickled_model: model.pkl
    serialization_format: cloudpickle
    sklearn_version: 1.5.0
mlflow_version: 2.14.1
model_size_bytes: 1024
model_uuid: aeffb7af31654fc9b34fdada998092a5
run_id: ${RUN_A}
signature:
  inputs: '[{"type": "double", "name": "age", "required": true}, {"type": "string", "name":
    "job", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: null
utc_time_created: '2026-01-02 03:04:05.678901'
`;

/** Two experiments, three runs, two versions of one model; the usual shape. */
export const USUAL: FixtureStore = {
  experiments: { '0': 'Default', '123456789012345678': 'churn' },
  runs: [
    {
      id: RUN_A,
      experiment: '123456789012345678',
      params: { max_depth: '5', lr: '0.01', tiny: '1e-05', flag: 'True', 'opt/name': 'adam' },
      metrics: {
        auc: ['1670301595838 0.81 0'],
        'val/loss': ['1670301595838 0.9 0', '1670301595900 0.5 2', '1670301595870 0.7 1'],
        broken: ['1670301595838 nan 0'],
      },
      tags: { 'mlflow.user': 'andre', 'mlflow.note.content': 'First try' },
      artefacts: { 'model/MLmodel': ML_MODEL, 'model/model.pkl': 'never opened', 'plot.png': 'x' },
    },
    {
      id: RUN_B,
      experiment: '123456789012345678',
      params: { max_depth: '6' },
      metrics: { auc: ['1670301595838 0.83'] },
      artefacts: { 'model/MLmodel': ML_MODEL, 'model/model.pkl': 'other bytes' },
    },
    { id: RUN_C, experiment: '0', params: { seed: '7' }, metrics: { f1: ['1670301595838 0.5 0'] } },
  ],
  versions: [
    { model: 'Churn model', version: 1, runId: RUN_A, stage: 'Archived', description: 'v1' },
    {
      model: 'Churn model',
      version: 2,
      runId: RUN_B,
      stage: 'Production',
      tags: { checked: 'yes' },
    },
  ],
  aliases: [['Churn model', 'champion', 2]],
};

/** Writes an `mlruns` folder as MLflow's file store does, and gives its path. */
export function writeFolder(store: FixtureStore, root: string): string {
  for (const [id, name] of Object.entries(store.experiments)) {
    write(
      join(root, id, 'meta.yaml'),
      `artifact_location: file:///home/andre/mlruns/${id}\ncreation_time: 1671248599410\nexperiment_id: '${id}'\nlast_update_time: 1671248599410\nlifecycle_stage: active\nname: ${name}\n`,
    );
  }
  for (const run of store.runs) writeRun(root, run);
  for (const { model, version, runId, stage, description, tags, source } of store.versions) {
    const folder = join(root, 'models', model);
    write(
      join(folder, 'meta.yaml'),
      `creation_timestamp: 1671070667678\ndescription: Who will leave\nlast_updated_timestamp: 1671070667701\nname: ${model}\n`,
    );
    const experiment = store.runs.find(({ id }) => id === runId)?.experiment ?? '0';
    write(
      join(folder, `version-${version}`, 'meta.yaml'),
      `creation_timestamp: 1671070667691\ncurrent_stage: ${stage ?? 'None'}\ndescription: ${description ?? 'null'}\nlast_updated_timestamp: 1671070667719\nname: ${model}\nrun_id: ${runId}\nrun_link: ''\nsource: ${source ?? `file:///home/andre/mlruns/${experiment}/${runId}/artifacts/model`}\nstatus: READY\nstatus_message: null\nstorage_location: ''\nuser_id: ''\nversion: '${version}'\n`,
    );
    writeTexts(join(folder, `version-${version}`, 'tags'), tags ?? {});
  }
  for (const [model, alias, version] of store.aliases) {
    write(join(root, 'models', model, 'aliases', alias), String(version));
  }
  return root;
}

function writeRun(root: string, run: FixtureRun): void {
  const { id, experiment = '0', params = {}, metrics = {}, tags = {}, artefacts = {} } = run;
  const folder = join(root, experiment, id);
  write(
    join(folder, 'meta.yaml'),
    `artifact_uri: file:///home/andre/mlruns/${experiment}/${id}/artifacts\nend_time: 1670301598938\nentry_point_name: ''\nexperiment_id: '${experiment}'\nlifecycle_stage: ${run.lifecycle ?? 'active'}\nrun_id: ${id}\nrun_name: silent-dog-788\nrun_uuid: ${id}\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: 1670301595769\nstatus: 3\ntags: []\nuser_id: andre\n`,
  );
  writeTexts(join(folder, 'params'), params);
  writeTexts(join(folder, 'tags'), tags);
  writeTexts(
    join(folder, 'metrics'),
    Object.fromEntries(
      Object.entries(metrics).map(([key, lines]) => [key, `${lines.join('\n')}\n`]),
    ),
  );
  writeTexts(join(folder, 'artifacts'), artefacts);
}

function writeTexts(folder: string, texts: Readonly<Record<string, string>>): void {
  for (const [key, text] of Object.entries(texts)) write(join(folder, key), text);
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** SHA-256 of every file below a folder, by path: what must not change. */
export function fingerprints(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true });
  return Object.fromEntries(
    paths
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
