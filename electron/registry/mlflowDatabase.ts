import type { DatasetDigest } from '../../shared/registry/model';
import { badData } from '../io/badData';
import type { ForeignDatabase, ForeignRow } from '../io/foreignDatabase';
import { findArtefacts, type ArtefactRoots } from './mlflowArtefacts';
import {
  datasetRole,
  DELETED_STAGE,
  isPrompt,
  millisOf,
  type RawPoint,
  type StoreReader,
  type StoreRun,
  type StoreVersion,
} from './mlflowRecords';
import type { ProblemList, StoreFiles } from './storeFiles';

/**
 * Opens a tracking and registry database of MLflow, of any migration: columns are asked for by name.
 *
 * @param files where artefacts may lie beside the database
 * @throws AppFailure BAD_DATA when it is a database of something else
 */
export function openMlflowDatabase(
  db: ForeignDatabase,
  problems: ProblemList,
  name: string,
  artefacts: { readonly files: StoreFiles; readonly roots: ArtefactRoots },
): StoreReader {
  if (!db.hasTable('runs') || !db.hasTable('experiments')) {
    throw badData(
      name,
      'this is a database, but not one of MLflow: it has no experiments and runs.',
    );
  }
  for (const table of ['params', 'tags', 'metrics', 'latest_metrics'])
    db.indexBy(table, 'run_uuid');
  db.indexBy('inputs', 'destination_id');
  db.indexBy('input_tags', 'input_uuid');
  const experiments = readExperiments(db);
  const all = [
    ...db.rows('runs', ['run_uuid', 'name', 'start_time', 'lifecycle_stage', 'experiment_id']),
  ];
  const isThere = (row: ForeignRow): boolean =>
    row['lifecycle_stage'] !== 'deleted' &&
    experiments.active.has(textOf(row['experiment_id']) ?? '');
  const runs = all.filter(isThere);
  const registry = readRegistry(db, problems);
  const datasets = new Map(
    [...db.rows('datasets', ['dataset_uuid', 'name', 'digest', 'dataset_source'])].map((row) => [
      textOf(row['dataset_uuid']) ?? '',
      row,
    ]),
  );
  return {
    versions: registry.versions,
    nRuns: runs.length,
    nExperiments: experiments.active.size,
    nDeleted: all.length - runs.length + experiments.nDeleted + registry.nDeleted,
    *runs() {
      for (const row of runs) {
        const experiment = experiments.active.get(textOf(row['experiment_id']) ?? '') ?? null;
        const run = readRun(db, row, experiment, datasets);
        if (run === null) problems.add('runs', 'a run without an identifier; left out');
        else yield run;
      }
    },
    artefactsOf: (run, version) =>
      findArtefacts(artefacts.files, problems, artefacts.roots, { run, version }),
  };
}

function readExperiments(db: ForeignDatabase): { active: Map<string, string>; nDeleted: number } {
  const active = new Map<string, string>();
  let nDeleted = 0;
  for (const row of db.rows('experiments', [
    'experiment_id',
    'name',
    'lifecycle_stage',
    'workspace',
  ])) {
    const id = textOf(row['experiment_id']) ?? '';
    if (row['lifecycle_stage'] === 'deleted') nDeleted += 1;
    else active.set(id, inWorkspace(row, textOf(row['name']) ?? id));
  }
  return { active, nDeleted };
}

function readRun(
  db: ForeignDatabase,
  row: ForeignRow,
  experiment: string | null,
  datasets: ReadonlyMap<string, ForeignRow>,
): StoreRun | null {
  const runId = textOf(row['run_uuid']);
  if (runId === null || runId === '') return null;
  const ofRun = { column: 'run_uuid', value: runId };
  const tags = keysAndValues(db.rows('tags', ['key', 'value'], ofRun));
  const points = readPoints(db.rows('metrics', POINT, ofRun));
  return {
    place: `run ${runId}`,
    runId,
    experiment,
    name: textOf(row['name']) ?? tags.get('mlflow.runName') ?? null,
    startedAtMs: millisOf(textOf(row['start_time'])),
    params: keysAndValues(db.rows('params', ['key', 'value'], ofRun)),
    metrics: points.size > 0 ? points : readPoints(db.rows('latest_metrics', POINT, ofRun)),
    tags,
    datasets: readInputs(db, runId, datasets),
    reads: db.files,
  };
}

const POINT = ['key', 'value', 'timestamp', 'step', 'is_nan'] as const;

function readPoints(rows: Iterable<ForeignRow>): ReadonlyMap<string, readonly RawPoint[]> {
  const metrics = new Map<string, RawPoint[]>();
  for (const row of rows) {
    const key = textOf(row['key']) ?? '';
    const step = Number(row['step'] ?? 0);
    const points = metrics.get(key) ?? [];
    metrics.set(key, points);
    points.push({
      step: Number.isSafeInteger(step) ? step : 0,
      value: pointValue(row),
      atMs: Number(row['timestamp'] ?? 0) || 0,
    });
  }
  return metrics;
}

/** Databases have no NaN and no infinities: MLflow marks the one, and writes the largest number for the others. */
function pointValue({ value, is_nan: isNan }: ForeignRow): number {
  if (isNan === 1 || isNan === 'True' || typeof value !== 'number') return NaN;
  return Math.abs(value) === Number.MAX_VALUE ? Math.sign(value) * Infinity : value;
}

function readInputs(
  db: ForeignDatabase,
  runId: string,
  datasets: ReadonlyMap<string, ForeignRow>,
): DatasetDigest[] {
  const inputs = [
    ...db.rows('inputs', ['input_uuid', 'source_type', 'source_id', 'destination_type'], {
      column: 'destination_id',
      value: runId,
    }),
  ];
  return inputs.flatMap((input) => {
    const dataset = datasets.get(textOf(input['source_id']) ?? '');
    if (
      dataset === undefined ||
      input['source_type'] !== 'DATASET' ||
      input['destination_type'] !== 'RUN'
    )
      return [];
    const ofInput = { column: 'input_uuid', value: textOf(input['input_uuid']) ?? '' };
    const tags = keysAndValues(db.rows('input_tags', ['name', 'value'], ofInput), 'name');
    return [
      {
        name: textOf(dataset['name']) ?? '',
        role: datasetRole(tags.get('mlflow.data.context') ?? null),
        digest: textOf(dataset['digest']) ?? '',
        source: textOf(dataset['dataset_source']) ?? '',
      },
    ];
  });
}

const VERSION = [
  'workspace',
  'name',
  'version',
  'creation_time',
  'description',
  'current_stage',
  'source',
  'storage_location',
  'run_id',
  'run_link',
] as const;

function readRegistry(
  db: ForeignDatabase,
  problems: ProblemList,
): { readonly versions: StoreVersion[]; readonly nDeleted: number } {
  const models = new Map(
    [...db.rows('registered_models', ['workspace', 'name', 'description'])].map((row) => [
      keyOf(row),
      row,
    ]),
  );
  const modelTags = grouped(
    db.rows('registered_model_tags', ['workspace', 'name', 'key', 'value']),
    keyOf,
  );
  const aliases = grouped(
    db.rows('registered_model_aliases', ['workspace', 'name', 'alias', 'version']),
    versionKey,
  );
  const tags = grouped(
    db.rows('model_version_tags', ['workspace', 'name', 'version', 'key', 'value']),
    versionKey,
  );
  const rows = [...db.rows('model_versions', VERSION)];
  const kept = rows.filter((row) => row['current_stage'] !== DELETED_STAGE);
  const versions = kept.flatMap((row): StoreVersion[] => {
    const name = textOf(row['name']) ?? '';
    const version = textOf(row['version']) ?? '';
    if (isPrompt(keysAndValues(modelTags.get(keyOf(row)) ?? []))) {
      problems.add(`model ${name}, version ${version}`, 'a prompt, not a model; left out');
      return [];
    }
    return [
      {
        place: `model ${name}, version ${version}`,
        modelName: inWorkspace(row, name),
        modelDescription: textOf(models.get(keyOf(row))?.['description']),
        version,
        description: textOf(row['description']),
        stage: textOf(row['current_stage']),
        aliases: (aliases.get(versionKey(row)) ?? []).flatMap((one) => textOf(one['alias']) ?? []),
        tags: keysAndValues(tags.get(versionKey(row)) ?? []),
        runId: textOf(row['run_id']) || null,
        runLink: textOf(row['run_link']) || null,
        source: textOf(row['storage_location']) || textOf(row['source']),
        createdAtMs: millisOf(textOf(row['creation_time'])),
        reads: db.files,
      },
    ];
  });
  return { versions, nDeleted: rows.length - kept.length };
}

/** Since 2026 one database may serve several workspaces, with a model of the same name in each. */
function inWorkspace(row: ForeignRow, name: string): string {
  const workspace = textOf(row['workspace']) ?? 'default';
  return workspace === 'default' || workspace === '' ? name : `${workspace}/${name}`;
}

function keyOf(row: ForeignRow): string {
  return JSON.stringify([textOf(row['workspace']) ?? 'default', textOf(row['name'])]);
}

function versionKey(row: ForeignRow): string {
  return `${keyOf(row)} ${textOf(row['version']) ?? ''}`;
}

function grouped(
  rows: Iterable<ForeignRow>,
  key: (row: ForeignRow) => string,
): Map<string, ForeignRow[]> {
  const groups = new Map<string, ForeignRow[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

function keysAndValues(rows: Iterable<ForeignRow>, key = 'key'): ReadonlyMap<string, string> {
  return new Map([...rows].map((row) => [textOf(row[key]) ?? '', textOf(row['value']) ?? '']));
}

/** A cell as text; null for NULL and for bytes. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}
