import type { ColumnKind } from '../../shared/drift/column';
import {
  findShapColumns,
  type ShapColumns,
  type ShapOutput,
} from '../../shared/explanation/shapColumns';
import { badData } from '../io/badData';
import { openTable, type OpenTable } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';

/** A file of SHAP values as it was looked at. */
export interface ShapFileRef {
  readonly path: string;
  readonly expectedSha256: string;
}

/** Opens a file of SHAP values, does something with it and closes it. */
export async function withShapFile<T>(
  { path, expectedSha256 }: ShapFileRef,
  scope: JobScope,
  use: (table: OpenTable, columns: ShapColumns) => Promise<T>,
): Promise<T> {
  const table = await openTable(path, scope);
  try {
    const { fileName, sha256 } = table.file;
    if (sha256 !== expectedSha256)
      throw badData(fileName, 'it has changed since it was looked at. Choose the file again.');
    const columns = findShapColumns(table.columns.map(({ name }) => name));
    if (typeof columns === 'string') throw badData(fileName, columns);
    return await use(table, columns);
  } finally {
    table.close();
  }
}

/**
 * Reads a column of figures that every case must have.
 *
 * @throws AppFailure BAD_DATA naming the first row without one
 */
export async function readFigures(table: OpenTable, name: string): Promise<Float64Array> {
  const column = await table.readColumn(name, 'numeric');
  if (!('values' in column)) throw new Error('a numeric column holds no numbers');
  const bad = column.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw badData(table.file.fileName, 'a finite number is needed here.', {
      row: bad + 1,
      column: name,
    });
  return column.values;
}

/** Base value plus contributions per case. */
export async function sumContributions(
  table: OpenTable,
  output: ShapOutput,
  eachFeature: (shap: Float64Array, at: number) => Promise<void>,
): Promise<Float64Array> {
  const sums = Float64Array.from(await readFigures(table, output.baseColumn));
  for (const [at, { shapColumn }] of output.features.entries()) {
    const shap = await readFigures(table, shapColumn);
    for (let i = 0; i < sums.length; i++) sums[i]! += shap[i]!;
    await eachFeature(shap, at);
  }
  return sums;
}

/** How the values of a feature are read: whatever lies on a line as numbers. */
export function readingKind(kind: ColumnKind | undefined): 'numeric' | 'categorical' {
  return kind === 'numeric' ? 'numeric' : 'categorical';
}
