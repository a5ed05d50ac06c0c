import { SMALLEST_GROUP } from '../../shared/explanation/explanation';
import type { CaseInput } from '../../shared/explanation/modelCase';
import type { ModelFeature } from '../../shared/explanation/onnxModel';
import { quantileSorted } from '../../shared/stats/quantile';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { sortFloat64 } from '../../shared/stats/sortFloat64';
import type { ModelRows } from './modelRows';

const MOST_LABELS = 50;
const N_CANDIDATES = 41;

/** One feature as it lies around a case. */
export interface Surrounding extends CaseInput {
  /** Standard deviation of a number; 0 of a category. */
  readonly sd: number;
  /** Whether every value is a whole number. */
  readonly isWhole: boolean;
  /** Values that are usual, ascending for a number: quantiles from 5 to 95 %, or frequent categories. */
  readonly candidates: readonly (number | string)[];
}

/** What is usual of every feature among the complete rows of the file. */
export function surroundings(
  rows: ModelRows,
  features: readonly ModelFeature[],
  row: number,
): Surrounding[] {
  return features.map(({ name, type }, at) => {
    const own = { feature: name, type, value: rows.cell(at, row) };
    const column = rows.columns[at]!;
    return 'values' in column
      ? { ...own, labels: [], ...ofNumbers(column.values, rows.complete, type !== 'number') }
      : { ...own, ...ofCategories(column, rows.complete) };
  });
}

function ofNumbers(values: Float64Array, complete: Int32Array, isWholeType: boolean) {
  const known = Float64Array.from(complete, (row) => values[row]!);
  const isWhole = isWholeType || known.every((value) => Number.isInteger(value));
  const sorted = sortFloat64(known);
  const tail = Math.max(0.05, SMALLEST_GROUP / known.length / 2);
  const at = (p: number) => {
    const quantile = quantileSorted(sorted, p)!;
    return isWhole ? Math.round(quantile) : quantile;
  };
  const grid = Array.from({ length: N_CANDIDATES }, (_none, i) =>
    at(tail + ((1 - 2 * tail) * i) / (N_CANDIDATES - 1)),
  );
  const usual: readonly [number, number] = [grid[0]!, grid.at(-1)!];
  const sd = Math.sqrt(sampleMoments([...known]).variance);
  return { usual, sd, isWhole, candidates: [...new Set(grid)] };
}

function ofCategories(
  { codes, labels }: { readonly codes: Int32Array; readonly labels: readonly string[] },
  complete: Int32Array,
) {
  const counts = labels.map(() => 0);
  for (const row of complete) counts[codes[row]!]! += 1;
  const frequent = labels
    .map((_label, code) => code)
    .filter((code) => counts[code]! >= SMALLEST_GROUP)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_LABELS)
    .map((code) => labels[code]!);
  return { usual: null, labels: frequent, sd: 0, isWhole: false, candidates: frequent };
}
