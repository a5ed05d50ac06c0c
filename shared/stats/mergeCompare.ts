import type { EmpiricalDistribution } from './empiricalDistribution';

/** What one pass over two distributions yields: everything that KS and Wasserstein need. */
export interface MergeComparison {
  /** Largest |F - G| times m n: an integer, so D carries no rounding from the pass. */
  readonly maxGap: number;
  /** Smallest value at which that gap is reached, in the unit of the column. */
  readonly atValue: number;
  /** Area between the two distribution functions, in the unit of the column; see wasserstein. */
  readonly area: number;
  /** Distinct values in the two samples together. */
  readonly distinct: number;
}

/**
 * Walks two distributions once, in order of value, and measures the gap between them.
 *
 * The gap is read only after all rows of a value on both sides are counted, so ties are right.
 *
 * @param reference n >= 1
 * @param live n >= 1
 * @throws RangeError when a side is empty
 * Cost: O(k + l), no allocation.
 */
export function mergeCompare(
  reference: EmpiricalDistribution,
  live: EmpiricalDistribution,
): MergeComparison {
  const { values: x, cumulative: rowsX, n: m } = reference;
  const { values: y, cumulative: rowsY, n } = live;
  if (m === 0 || n === 0) throw new RangeError('mergeCompare: a side has no rows');
  const perRowPair = 1 / (m * n);
  let i = 0;
  let j = 0;
  let countX = 0;
  let countY = 0;
  let gap = 0;
  let maxGap = 0;
  let previous = Math.min(x[0]!, y[0]!);
  let atValue = previous;
  let area = 0;
  let distinct = 0;
  while (i < x.length && j < y.length) {
    const a = x[i]!;
    const b = y[j]!;
    const value = a < b ? a : b;
    area += gap * perRowPair * (value - previous);
    if (a <= b) countX = rowsX[i++]!;
    if (b <= a) countY = rowsY[j++]!;
    gap = Math.abs(countX * n - countY * m);
    if (gap > maxGap) {
      maxGap = gap;
      atValue = value;
    }
    previous = value;
    distinct++;
  }
  // One side is complete: the gap only closes from here, so only the area still grows.
  const rest = i < x.length ? reference : live;
  const other = i < x.length ? n : m;
  distinct += x.length - i + (y.length - j);
  for (let k = i < x.length ? i : j; k < rest.values.length; k++) {
    area += gap * perRowPair * (rest.values[k]! - previous);
    gap = (rest.n - rest.cumulative[k]!) * other;
    previous = rest.values[k]!;
  }
  return { maxGap, atValue, area, distinct };
}
