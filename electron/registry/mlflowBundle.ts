import type { DatasetDigest } from '../../shared/registry/model';
import { fieldsOf } from './mlModelFile';
import { findArtefacts } from './mlflowArtefacts';
import { parseFloatText } from './mlflowRunFiles';
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
import { joined, type ProblemList, type StoreFiles } from './storeFiles';

type Fields = Readonly<Record<string, unknown>>;

/** A run with long metric series is one file. */
const MAX_JSON_BYTES = 64 * 2 ** 20;
const NAMES = ['model.json', 'experiment.json', 'run.json'] as const;
const MAX_DEPTH = 8;

/** Paths of the files that mlflow-export-import writes, wherever its layouts put them. */
export function findBundleFiles(
  files: StoreFiles,
): Readonly<Record<(typeof NAMES)[number], readonly string[]>> {
  const found = {
    'model.json': [] as string[],
    'experiment.json': [] as string[],
    'run.json': [] as string[],
  };
  function visit(folder: string, depth: number): void {
    const { folders, files: names } = files.entries(folder);
    for (const name of NAMES) if (names.includes(name)) found[name].push(joined(folder, name));
    // Artefacts are whatever people saved, also files of these names.
    const inner = folders.filter((name) => name !== 'artifacts' && name !== 'notebooks');
    if (depth < MAX_DEPTH) for (const name of inner) visit(joined(folder, name), depth + 1);
  }
  visit('', 0);
  return found;
}

/** Opens what mlflow-export-import wrote: one model, one experiment, one run, or all of a server. */
export function openMlflowBundle(files: StoreFiles, problems: ProblemList): StoreReader {
  const paths = findBundleFiles(files);
  const experiments = new Map<string, string>();
  for (const path of paths['experiment.json']) {
    const { experiment_id: id, name } = fieldsOf(readBody(files, problems, path)?.['experiment']);
    if (typeof name === 'string') experiments.set(textOf(id) ?? '', name);
  }
  const roots = new Map<string, string>();
  const seen = new Set<string>();
  const registry = paths['model.json'].map((path) => readModel(files, problems, path));
  let nDeleted = registry.reduce((sum, one) => sum + one.nDeleted, 0);
  return {
    versions: registry.flatMap(({ versions }) => versions),
    nExperiments: experiments.size,
    nRuns: paths['run.json'].length,
    get nDeleted() {
      return nDeleted;
    },
    *runs() {
      for (const path of paths['run.json']) {
        const { value, reads } = files.noting(() => readRun(files, problems, path, experiments));
        if (value === 'deleted') nDeleted += 1;
        // An export of everything holds the run of a model twice.
        if (value === null || value === 'deleted' || seen.has(value.runId)) continue;
        seen.add(value.runId);
        roots.set(value.runId, joined(folderOf(path), 'artifacts'));
        yield { ...value, reads };
      }
    },
    artefactsOf: (run, version) => findArtefacts(files, problems, roots, { run, version }),
  };
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** What a file says under `mlflow`; the oldest exports have no such frame. */
function readBody(files: StoreFiles, problems: ProblemList, path: string): Fields | null {
  const text = files.text(path, MAX_JSON_BYTES);
  if (text === null) return null;
  try {
    const whole = fieldsOf(JSON.parse(text));
    return 'mlflow' in whole ? fieldsOf(whole['mlflow']) : whole;
  } catch {
    problems.add(path, 'not readable as JSON');
    return null;
  }
}

function readRun(
  files: StoreFiles,
  problems: ProblemList,
  path: string,
  experiments: ReadonlyMap<string, string>,
): Omit<StoreRun, 'reads'> | null | 'deleted' {
  const body = readBody(files, problems, path);
  if (body === null) return null;
  const info = fieldsOf(body['info']);
  if (info['lifecycle_stage'] === 'deleted') return 'deleted';
  const runId = textOf(info['run_id']) ?? textOf(info['run_uuid']);
  if (runId === null || runId === '') {
    problems.add(path, 'it names no run_id; the run is left out');
    return null;
  }
  const tags = toTexts(body['tags']);
  const experiment = experiments.get(textOf(info['experiment_id']) ?? '');
  return {
    place: path,
    runId,
    experiment: experiment ?? tags.get('mlflow_export_import.metadata.experiment_name') ?? null,
    name: textOf(info['run_name']) ?? tags.get('mlflow.runName') ?? null,
    startedAtMs: millisOf(textOf(info['start_time'])),
    params: toTexts(body['params']),
    metrics: new Map(
      Object.entries(fieldsOf(body['metrics'])).map(([key, points]) => [
        key,
        toPoints(points, `${path}, metric "${key}"`, problems),
      ]),
    ),
    tags,
    datasets: toDatasets(fieldsOf(body['inputs'])),
  };
}

/** An object of texts, or a list of `{key, value}`. */
function toTexts(value: unknown): ReadonlyMap<string, string> {
  const entries = Array.isArray(value)
    ? value.map(fieldsOf).map((one): [string, unknown] => [textOf(one['key']) ?? '', one['value']])
    : Object.entries(fieldsOf(value));
  return new Map(
    entries.map(([key, item]) => [key.toWellFormed(), (textOf(item) ?? '').toWellFormed()]),
  );
}

function toPoints(value: unknown, place: string, problems: ProblemList): RawPoint[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [{ value }];
  const points = list.map(fieldsOf).flatMap((one): RawPoint[] => {
    const number = numberOf(one['value']);
    const step = Number(one['step'] ?? 0);
    const atMs = Number(one['timestamp'] ?? 0);
    return number === null || !Number.isSafeInteger(step) || !Number.isFinite(atMs)
      ? []
      : [{ value: number, step, atMs }];
  });
  if (points.length < list.length)
    problems.add(place, `${list.length - points.length} of its values are no numbers; left out`);
  return points;
}

/** JSON has no NaN, so exports write a word. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseFloatText(value) : null;
}

function toDatasets(inputs: Fields): DatasetDigest[] {
  const list = inputs['dataset_inputs'];
  return (Array.isArray(list) ? list : []).map(fieldsOf).map((input) => {
    const dataset = fieldsOf(input['dataset']);
    return {
      name: textOf(dataset['name']) ?? '',
      role: datasetRole(toTexts(input['tags']).get('mlflow.data.context') ?? null),
      digest: textOf(dataset['digest']) ?? '',
      source: (textOf(dataset['source']) ?? '').toWellFormed(),
    };
  });
}

function readModel(
  files: StoreFiles,
  problems: ProblemList,
  path: string,
): { readonly versions: StoreVersion[]; readonly nDeleted: number } {
  const { value, reads } = files.noting(() => readBody(files, problems, path));
  const model = fieldsOf(value?.['registered_model']);
  const name = textOf(model['name']);
  if (name === null || name === '') {
    if (value !== null) problems.add(path, 'it names no registered model; left out');
    return { versions: [], nDeleted: 0 };
  }
  if (isPrompt(toTexts(model['tags']))) {
    problems.add(path, 'a prompt, not a model; left out');
    return { versions: [], nDeleted: 0 };
  }
  const listed = model['versions'] ?? model['latest_versions'];
  const all = (Array.isArray(listed) ? listed : []).map(fieldsOf);
  const kept = all.filter((one) => one['current_stage'] !== DELETED_STAGE);
  const aliasList = (Array.isArray(model['aliases']) ? model['aliases'] : []).map(fieldsOf);
  const versions = kept.map((one): StoreVersion => {
    const version = textOf(one['version']) ?? '';
    const own: readonly unknown[] = Array.isArray(one['aliases']) ? one['aliases'] : [];
    const ofModel = aliasList
      .filter((alias) => textOf(alias['version']) === version)
      .map((alias) => alias['alias']);
    return {
      place: `${path}, version ${version}`,
      modelName: name,
      modelDescription: textOf(model['description']),
      version,
      description: textOf(one['description']),
      stage: textOf(one['current_stage']),
      aliases: [...new Set([...own, ...ofModel])].filter((alias) => typeof alias === 'string'),
      tags: toTexts(one['tags']),
      runId: textOf(one['run_id']) || null,
      runLink: textOf(one['run_link']) || null,
      source: textOf(one['source']),
      createdAtMs: millisOf(textOf(one['creation_timestamp'])),
      reads,
    };
  });
  return { versions, nDeleted: all.length - kept.length };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}
