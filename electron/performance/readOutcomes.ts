import { badData } from '../io/badData';
import { readAs } from '../io/columnValues';
import type { TableSource } from '../io/tableSource';
import type { OutcomeColumns, TaskKind } from '../../shared/performance/predictionLog';
import { gather } from './gather';
import type { IdHasher } from './idHash';
import { NO_DAY, type OutcomeTable } from './predictionTable';
import { readIds, requireColumn } from './readIds';

const MS_PER_DAY = 86_400_000;
/** More different outcomes than this are no classes. */
export const MAX_CLASSES = 50;

/** What an outcome file was found to hold. */
export interface ReadOutcomes {
  readonly table: OutcomeTable;
  readonly nRows: number;
  /** Rows without an identifier or without an outcome. */
  readonly nMissing: number;
}

/**
 * Reads identifiers, outcomes and days of a file with outcomes.
 *
 * @throws AppFailure BAD_DATA when a column is missing or cannot be read as what it is taken for
 */
export async function readOutcomes(
  source: TableSource,
  columns: OutcomeColumns,
  kind: TaskKind,
  hasher: IdHasher,
): Promise<ReadOutcomes> {
  const keys = await readIds(source, columns.id, hasher);
  const { values, labels } = await readTruth(source, columns.label, kind);
  const days = columns.time === null ? null : await readDays(source, columns.time);
  const kept = new Uint32Array(keys.length);
  let n = 0;
  for (let i = 0; i < keys.length; i++) {
    if (!Number.isNaN(keys[i]!) && !Number.isNaN(values[i]!)) kept[n++] = i;
  }
  const rows = kept.subarray(0, n);
  return {
    table: {
      n,
      keys: gather(keys, rows, new Float64Array(n)),
      values: gather(values, rows, new Float64Array(n)),
      labels,
      days: days && gather(days, rows, new Int32Array(n)),
    },
    nRows: source.nRows,
    nMissing: source.nRows - n,
  };
}

async function readTruth(source: TableSource, name: string, kind: TaskKind) {
  const column = requireColumn(source, name);
  const read = await readAs(source, column, kind === 'regression' ? 'numeric' : 'categorical');
  if ('values' in read) {
    const values = read.values.map((value) => (Number.isFinite(value) ? value : NaN));
    return { values, labels: null };
  }
  if (read.labels.length > MAX_CLASSES) {
    throw badData(
      source.file.fileName,
      `it has ${read.labels.length} different outcomes, more than the ${MAX_CLASSES} classes that Assay compares. If it holds numbers to predict, choose regression.`,
      { column: name },
    );
  }
  const values = new Float64Array(read.codes.length);
  for (let i = 0; i < values.length; i++) values[i] = read.codes[i]! < 0 ? NaN : read.codes[i]!;
  return { values, labels: read.labels };
}

/** Days since 1970 UTC, NO_DAY where the time is missing. */
export async function readDays(source: TableSource, name: string): Promise<Int32Array> {
  const read = await readAs(source, requireColumn(source, name), 'datetime');
  if (!('values' in read)) throw new Error('instants are numbers');
  const days = new Int32Array(read.values.length);
  for (let i = 0; i < days.length; i++) {
    const instant = read.values[i]!;
    days[i] = Number.isFinite(instant) ? Math.floor(instant / MS_PER_DAY) : NO_DAY;
  }
  return days;
}
