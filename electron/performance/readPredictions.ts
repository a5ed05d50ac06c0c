import { badData } from '../io/badData';
import { readAs } from '../io/columnValues';
import type { TableSource } from '../io/tableSource';
import type { LogColumns, PredictionTask } from '../../shared/performance/predictionLog';
import type { LogCounts } from '../../shared/performance/performanceReport';
import { gather } from './gather';
import type { IdHasher } from './idHash';
import { NO_SEGMENT, type PredictionTable, type SegmentColumn } from './predictionTable';
import { sortKeys, type SortedKeys } from './sortKeys';
import { readIds, requireColumn } from './readIds';
import { MAX_CLASSES, readDays } from './readOutcomes';

/** Rarer values of a segment column than the most frequent ones are taken together. */
const MAX_SEGMENT_VALUES = 40;
const OTHER_VALUES = 'other values';

interface RowColumns {
  readonly keys: Float64Array;
  readonly scores: Float64Array | null;
  readonly classes: Int32Array | null;
  readonly labels: readonly string[];
  readonly days: Int32Array | null;
  readonly segments: readonly SegmentColumn[];
}

/**
 * Reads a prediction log into one entry per identifier.
 *
 * @returns the table and how many rows went where; `counts` does not depend on the order of the rows
 * @throws AppFailure BAD_DATA when a column is missing, cannot be read as what it is taken for, or a
 *   probability is outside 0..1 (with its row)
 */
export async function readPredictions(
  source: TableSource,
  columns: LogColumns,
  task: PredictionTask,
  hasher: IdHasher,
): Promise<{ readonly table: PredictionTable; readonly counts: LogCounts }> {
  const rows: RowColumns = {
    keys: await readIds(source, columns.id, hasher),
    scores: await readScores(source, columns, task),
    ...(await readClasses(source, columns, task)),
    days: columns.time === null ? null : await readDays(source, columns.time),
    segments: await readSegments(source, columns.segments),
  };
  return distinct(rows);
}

async function readScores(
  source: TableSource,
  columns: LogColumns,
  task: PredictionTask,
): Promise<Float64Array | null> {
  const name = task.kind === 'regression' ? columns.prediction : columns.score;
  if (name === null) return null;
  const read = await readAs(source, requireColumn(source, name), 'numeric');
  if (!('values' in read)) throw new Error('numbers are numbers');
  if (task.kind === 'classification') {
    const bad = read.values.findIndex((value) => value < 0 || value > 1);
    if (bad >= 0) {
      throw badData(
        source.file.fileName,
        'a probability must lie between 0 and 1. Choose the column that holds the probability of the positive class.',
        { row: bad + 1, column: name },
      );
    }
  }
  return read.values;
}

async function readClasses(
  source: TableSource,
  columns: LogColumns,
  task: PredictionTask,
): Promise<Pick<RowColumns, 'classes' | 'labels'>> {
  if (task.kind === 'regression' || columns.prediction === null)
    return { classes: null, labels: [] };
  const column = requireColumn(source, columns.prediction);
  const read = await readAs(source, column, 'categorical');
  if (!('codes' in read)) throw new Error('categories have codes');
  if (read.labels.length > MAX_CLASSES) {
    throw badData(
      source.file.fileName,
      `it has ${read.labels.length} different values, more than the ${MAX_CLASSES} classes that Assay compares. A probability belongs under "Score".`,
      { column: columns.prediction },
    );
  }
  return { classes: read.codes, labels: read.labels };
}

async function readSegments(
  source: TableSource,
  names: readonly string[],
): Promise<readonly SegmentColumn[]> {
  const segments: SegmentColumn[] = [];
  for (const name of names) {
    const read = await readAs(source, requireColumn(source, name), 'categorical');
    if (!('codes' in read)) throw new Error('categories have codes');
    segments.push(frequentValues(name, read.codes, read.labels));
  }
  return segments;
}

function frequentValues(name: string, codes: Int32Array, labels: readonly string[]): SegmentColumn {
  const rows = new Float64Array(labels.length);
  for (const code of codes) if (code >= 0) rows[code]!++;
  const ranked = labels
    .map((label, code) => ({ label, code, rows: rows[code]! }))
    .sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1));
  const kept = ranked.slice(0, MAX_SEGMENT_VALUES);
  const hasOther = ranked.length > kept.length;
  const newCodes = new Uint8Array(labels.length).fill(hasOther ? kept.length : NO_SEGMENT);
  for (const [position, { code }] of kept.entries()) newCodes[code] = position;
  const rowCodes = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++)
    rowCodes[i] = codes[i]! < 0 ? NO_SEGMENT : newCodes[codes[i]!]!;
  return {
    name,
    labels: [...kept.map(({ label }) => label), ...(hasOther ? [OTHER_VALUES] : [])],
    codes: rowCodes,
  };
}

function hasPrediction({ scores, classes }: RowColumns, row: number): boolean {
  return (
    (scores === null || Number.isFinite(scores[row]!)) && (classes === null || classes[row]! >= 0)
  );
}

/** One entry per identifier: repeats count once, those that contradict each other are left out. */
function distinct(rows: RowColumns): {
  readonly table: PredictionTable;
  readonly counts: LogCounts;
} {
  const nRows = rows.keys.length;
  const usable = new Uint32Array(nRows);
  const counts = { nRows, nMissingId: 0, nWithoutPrediction: 0, nRepeated: 0, nContradictory: 0 };
  let n = 0;
  for (let row = 0; row < nRows; row++) {
    if (Number.isNaN(rows.keys[row]!)) counts.nMissingId += 1;
    else if (!hasPrediction(rows, row)) counts.nWithoutPrediction += 1;
    else usable[n++] = row;
  }
  const { keys, order } = sortRows(rows.keys, usable.subarray(0, n));
  let nKept = 0;
  for (let from = 0; from < n;) {
    const key = keys[from]!;
    const first = order[from]!;
    let isContradicted = false;
    let next = from + 1;
    for (; next < n && keys[next] === key; next++) {
      counts.nRepeated += 1;
      if (!isSame(rows, first, order[next]!)) isContradicted = true;
    }
    if (isContradicted) counts.nContradictory += 1;
    else {
      keys[nKept] = key;
      order[nKept++] = first;
    }
    from = next;
  }
  const table = inOrder(rows, { keys: keys.subarray(0, nKept), order: order.subarray(0, nKept) });
  return { table, counts: { ...counts, nPredictions: table.n } };
}

/** The given rows in ascending order of their keys, those of one key as they came. */
function sortRows(keys: Float64Array, usable: Uint32Array): SortedKeys {
  if (usable.length === keys.length) return sortKeys(keys);
  const sorted = sortKeys(gather(keys, usable, new Float64Array(usable.length)));
  return { keys: sorted.keys, order: gather(usable, sorted.order, new Uint32Array(usable.length)) };
}

function isSame({ scores, classes }: RowColumns, a: number, b: number): boolean {
  return (
    (scores === null || scores[a] === scores[b]) && (classes === null || classes[a] === classes[b])
  );
}

function inOrder(rows: RowColumns, { keys, order }: SortedKeys): PredictionTable {
  return {
    n: order.length,
    keys,
    scores: rows.scores && gather(rows.scores, order, new Float64Array(order.length)),
    classes: rows.classes && gather(rows.classes, order, new Int32Array(order.length)),
    labels: rows.labels,
    days: rows.days && gather(rows.days, order, new Int32Array(order.length)),
    segments: rows.segments.map(({ name, labels, codes }) => ({
      name,
      labels,
      codes: gather(codes, order, new Uint8Array(order.length)),
    })),
  };
}
