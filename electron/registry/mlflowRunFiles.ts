import type { DatasetDigest } from '../../shared/registry/model';
import { mapAt, parseYaml, textAt, type YamlMap } from '../io/yamlText';
import { datasetRole, millisOf, type RawPoint, type StoreRun } from './mlflowRecords';
import { joined, type ProblemList, type StoreFiles } from './storeFiles';

/** A long training logs a line per step. */
const MAX_METRIC_BYTES = 32 * 2 ** 20;

/**
 * Reads the folder of one run: its `meta.yaml`, and a file per parameter, tag and metric.
 *
 * @param folder path of the run inside the store
 * @returns null when the run was deleted; `'broken'` when it cannot be told what it is, which is listed
 */
export function readRunFolder(
  files: StoreFiles,
  problems: ProblemList,
  folder: string,
  experiment: { readonly name: string; readonly folder: string },
): StoreRun | null | 'broken' {
  const { value, reads } = files.noting(() => {
    const meta = readMeta(files, problems, folder);
    if (meta === null) return 'broken';
    if (textAt(meta, 'lifecycle_stage') === 'deleted') return null;
    const runId = textAt(meta, 'run_id') ?? textAt(meta, 'run_uuid');
    if (runId === null || runId === '') {
      problems.add(joined(folder, 'meta.yaml'), 'it names no run_id; the run is left out');
      return 'broken';
    }
    const tags = readTexts(files, problems, joined(folder, 'tags'));
    return {
      place: folder,
      runId,
      experiment: experiment.name,
      name: textAt(meta, 'run_name') ?? tags.get('mlflow.runName') ?? textAt(meta, 'name'),
      startedAtMs: millisOf(textAt(meta, 'start_time')),
      params: readTexts(files, problems, joined(folder, 'params')),
      metrics: readMetricFiles(files, problems, joined(folder, 'metrics')),
      tags,
      datasets: readInputs(files, problems, folder, experiment.folder),
    };
  });
  return value === null || value === 'broken' ? value : { ...value, reads };
}

/** The map in a folder's `meta.yaml`; null when it cannot be read, which is listed. */
export function readMeta(files: StoreFiles, problems: ProblemList, folder: string): YamlMap | null {
  const path = joined(folder, 'meta.yaml');
  const text = files.text(path);
  if (text === null) return null;
  try {
    const tree = parseYaml(text);
    if (tree instanceof Map) return tree;
    problems.add(path, 'it holds no keys and values');
  } catch (error) {
    problems.add(path, `not readable as YAML: ${reasonOf(error)}`);
  }
  return null;
}

/** The first line of what a parser says. */
export function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown reason';
}

/** A folder with one file per key; a key may hold `/`, so it may lie in folders of its own. */
export function readTexts(
  files: StoreFiles,
  problems: ProblemList,
  folder: string,
): ReadonlyMap<string, string> {
  const entries = files.tree(folder).flatMap((key): [string, string][] => {
    const text = files.text(joined(folder, key));
    return text === null ? [] : [[key, text]];
  });
  if (entries.length > 10_000) problems.add(folder, 'more than 10,000 keys; the rest is left out');
  return new Map(entries.slice(0, 10_000));
}

function readMetricFiles(
  files: StoreFiles,
  problems: ProblemList,
  folder: string,
): ReadonlyMap<string, readonly RawPoint[]> {
  const metrics = new Map<string, readonly RawPoint[]>();
  for (const key of files.tree(folder)) {
    const path = joined(folder, key);
    const text = files.text(path, MAX_METRIC_BYTES);
    if (text !== null) metrics.set(key, parseMetric(text, path, problems));
  }
  return metrics;
}

/** Lines of `timestamp value [step [dataset digest]]`; the oldest stores have no step. */
export function parseMetric(text: string, path: string, problems: ProblemList): RawPoint[] {
  const points: RawPoint[] = [];
  let nBroken = 0;
  let firstBroken = 0;
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const point = parsePoint(line.trim().split(/\s+/u));
    if (point !== null) points.push(point);
    else if ((nBroken += 1) === 1) firstBroken = i + 1;
  }
  if (nBroken > 0)
    problems.add(
      path,
      `line ${firstBroken} is not "timestamp value step" (${nBroken} such lines); left out`,
    );
  return points;
}

function parsePoint(columns: readonly string[]): RawPoint | null {
  const [time, value, step = '0'] = columns;
  if (time === undefined || value === undefined || columns.length === 4 || columns.length > 5)
    return null;
  const number = parseFloatText(value);
  const point = { atMs: Number(time), value: number ?? 0, step: Number(step) };
  const isWhole =
    /^-?\d+$/u.test(time) && /^-?\d+$/u.test(step) && Number.isSafeInteger(point.step);
  return number !== null && isWhole && Number.isFinite(point.atMs) ? point : null;
}

/** A number as Python prints it; null when it is none. */
export function parseFloatText(text: string): number | null {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text)) return Number(text);
  if (/^[+-]?nan$/iu.test(text)) return NaN;
  if (/^[+-]?inf(?:inity)?$/iu.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return null;
}

function readInputs(
  files: StoreFiles,
  problems: ProblemList,
  folder: string,
  experimentFolder: string,
): DatasetDigest[] {
  const inputs = joined(folder, 'inputs');
  return files.entries(inputs).folders.flatMap((id): DatasetDigest[] => {
    const input = readMeta(files, problems, joined(inputs, id));
    if (input === null || (textAt(input, 'source_type') ?? 'DATASET') !== 'DATASET') return [];
    const datasetId = textAt(input, 'source_id') ?? '';
    // An identifier of its own making: anything else could lead out of the store.
    if (!/^[\w-]+$/u.test(datasetId)) {
      problems.add(joined(inputs, id), 'its source_id is no identifier; left out');
      return [];
    }
    const dataset = readMeta(files, problems, `${experimentFolder}/datasets/${datasetId}`);
    if (dataset === null) return [];
    return [
      {
        name: textAt(dataset, 'name') ?? '',
        role: datasetRole(textAt(mapAt(input, 'tags'), 'mlflow.data.context')),
        digest: textAt(dataset, 'digest') ?? '',
        source: textAt(dataset, 'source') ?? '',
      },
    ];
  });
}
