import type { ModelFeature } from '../../shared/explanation/onnxModel';
import { badData, stopIfCancelled } from '../io/badData';
import { openTable, type OpenTable } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';
import type { Cell } from './onnxSession';

/** Values of one feature: numbers, or positions in the labels. */
export type FeatureColumn =
  | { readonly values: Float64Array }
  | { readonly codes: Int32Array; readonly labels: readonly string[] };

/** Rows as a model takes them. */
export interface ModelRows {
  readonly table: OpenTable;
  readonly columns: readonly FeatureColumn[];
  /** Rows of the file that have a value of every feature, ascending, from 0. */
  readonly complete: Int32Array;
  /** The value of a feature in a row of the file. */
  readonly cell: Cell;
}

/**
 * Opens a table and reads the features of a model from it.
 *
 * @param ref.expectedSha256 null: whatever lies there
 * @throws AppFailure BAD_DATA (unreadable, changed, a feature is missing or of another kind), CANCELLED
 */
export async function withModelRows<T>(
  ref: { readonly path: string; readonly expectedSha256: string | null },
  features: readonly ModelFeature[],
  scope: JobScope,
  use: (rows: ModelRows) => Promise<T>,
): Promise<T> {
  const table = await openTable(ref.path, scope);
  try {
    const { fileName, sha256 } = table.file;
    if (ref.expectedSha256 !== null && sha256 !== ref.expectedSha256)
      throw badData(fileName, 'it has changed since it was looked at. Choose the file again.');
    requireColumns(table, features);
    const columns: FeatureColumn[] = [];
    for (const feature of features) {
      stopIfCancelled(scope.signal);
      columns.push(await readFeature(table, feature));
    }
    const complete = completeRows(columns, table.nRows);
    const cell: Cell = (feature, row) => {
      const column = columns[feature]!;
      return 'values' in column ? column.values[row]! : (column.labels[column.codes[row]!] ?? '');
    };
    return await use({ table, columns, complete, cell });
  } finally {
    table.close();
  }
}

function requireColumns(table: OpenTable, features: readonly ModelFeature[]): void {
  const known = new Set(table.columns.map(({ name }) => name));
  const missing = features.filter(({ name }) => !known.has(name)).map(({ name }) => `\`${name}\``);
  if (missing.length > 0)
    throw badData(
      table.file.fileName,
      `the model takes ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}, and the file has no such column.`,
    );
}

async function readFeature(table: OpenTable, feature: ModelFeature): Promise<FeatureColumn> {
  const { name, type } = feature;
  if (type === 'text') {
    const column = await table.readColumn(name, 'categorical');
    if ('codes' in column) return { codes: column.codes, labels: column.labels };
  }
  if (type === 'boolean') {
    const column = await table.readColumn(name, 'boolean');
    if ('codes' in column)
      return { values: Float64Array.from(column.codes, (code) => (code < 0 ? NaN : code)) };
  }
  const column = await table.readColumn(name, 'numeric');
  if (!('values' in column)) throw new Error('a numeric column holds no numbers');
  if (type === 'integer') {
    const bad = column.values.findIndex(
      (value) => !Number.isNaN(value) && !Number.isSafeInteger(value),
    );
    if (bad >= 0)
      throw badData(table.file.fileName, 'the model takes a whole number here.', {
        row: bad + 1,
        column: name,
      });
  }
  return { values: column.values };
}

function completeRows(columns: readonly FeatureColumn[], nRows: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < nRows; row++)
    if (
      columns.every((column) =>
        'values' in column ? Number.isFinite(column.values[row]!) : column.codes[row]! >= 0,
      )
    )
      rows.push(row);
  return Int32Array.from(rows);
}
