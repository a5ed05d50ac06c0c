import { sortFloat64 } from './sortFloat64';

/**
 * A sample as its distinct values and how many rows are at or below each: the one form in which
 * every numeric statistic reads a column, whether it holds every distinct value or a grid of them.
 */
export interface EmpiricalDistribution {
  /** Distinct finite values, strictly ascending, +0 for -0; shape (k). */
  readonly values: Float64Array;
  /** Rows at or below each value, integers, strictly ascending; shape (k), last = n. */
  readonly cumulative: Float64Array;
  /** Rows in the sample. */
  readonly n: number;
}

/**
 * Builds the distribution of a sample that is sorted already.
 *
 * @param sorted finite values, ascending, shape (n); not kept, not changed
 * @returns the distribution; values and cumulative counts are new arrays
 */
export function fromSorted(sorted: Float64Array): EmpiricalDistribution {
  const n = sorted.length;
  let distinct = n === 0 ? 0 : 1;
  for (let i = 1; i < n; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  const values = new Float64Array(distinct);
  const cumulative = new Float64Array(distinct);
  let at = -1;
  for (let i = 0; i < n; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[++at] = sorted[i]! + 0;
    cumulative[at] = i + 1;
  }
  return { values, cumulative, n };
}

/**
 * Builds the distribution of a sample in any order, leaving out NaN and both infinities.
 *
 * @param values shape (n), any double; not changed
 * @returns the distribution of the finite values
 * Cost: O(n), see {@link sortFloat64}.
 */
export function fromUnsorted(values: ArrayLike<number>): EmpiricalDistribution {
  const finite = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) finite[n++] = value;
  }
  return fromFinite(finite.subarray(0, n));
}

/**
 * Builds the distribution of finite values and sorts them in place, which saves a copy of the
 * column.
 *
 * @param finite finite values in any order, shape (n); sorted ascending afterwards
 * @param scratch see {@link sortFloat64}
 * Cost: O(n), see {@link sortFloat64}.
 */
export function fromFinite(finite: Float64Array, scratch?: Float64Array): EmpiricalDistribution {
  return fromSorted(sortFloat64(finite, scratch));
}

/**
 * Restores a distribution from a stored profile.
 *
 * @param values distinct finite values, strictly ascending, shape (k)
 * @param counts rows at each value, integers >= 1, shape (k)
 * @throws RangeError when the shapes differ, the values do not ascend or a count is not a
 *   positive integer, because a damaged profile must never look like a distribution
 */
export function fromCounts(
  values: ArrayLike<number>,
  counts: ArrayLike<number>,
): EmpiricalDistribution {
  if (values.length !== counts.length) throw new RangeError('fromCounts: lengths differ');
  const distinct = Float64Array.from(values, (value) => value + 0);
  const cumulative = new Float64Array(counts.length);
  let n = 0;
  for (let i = 0; i < distinct.length; i++) {
    const ascends = i === 0 || distinct[i]! > distinct[i - 1]!;
    if (!Number.isFinite(distinct[i]!) || !ascends) {
      throw new RangeError('fromCounts: values must be finite and strictly ascending');
    }
    const count = counts[i]!;
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new RangeError('fromCounts: counts must be positive integers');
    }
    n += count;
    cumulative[i] = n;
  }
  return { values: distinct, cumulative, n };
}

/**
 * Rows at each distinct value: what a profile stores, and the inverse of {@link fromCounts}.
 *
 * @returns integers >= 1, shape (k)
 */
export function countsOf(distribution: EmpiricalDistribution): Float64Array {
  return distribution.cumulative.map(
    (rows, i) => rows - (i === 0 ? 0 : distribution.cumulative[i - 1]!),
  );
}

/**
 * Rows at or below a value.
 *
 * @param x any double but NaN
 * @returns 0..n
 * Cost: O(log k).
 */
export function countAtMost(distribution: EmpiricalDistribution, x: number): number {
  const below = firstIndex(distribution.values, (value) => value > x);
  return below === 0 ? 0 : distribution.cumulative[below - 1]!;
}

/**
 * Rows strictly below a value.
 *
 * @param x any double but NaN
 * @returns 0..n
 * Cost: O(log k).
 */
export function countBelow(distribution: EmpiricalDistribution, x: number): number {
  const below = firstIndex(distribution.values, (value) => value >= x);
  return below === 0 ? 0 : distribution.cumulative[below - 1]!;
}

/**
 * Empirical distribution function: the share of rows at or below a value.
 *
 * @param x any double but NaN
 * @returns 0..1; null when the sample is empty
 * Cost: O(log k).
 */
export function ecdfAt(distribution: EmpiricalDistribution, x: number): number | null {
  return distribution.n === 0 ? null : countAtMost(distribution, x) / distribution.n;
}

/**
 * First index at which an ascending array passes a test that, once passed, holds for the rest.
 *
 * @returns 0..length; length when no element passes
 * Cost: O(log length).
 */
export function firstIndex(ascending: Float64Array, passes: (value: number) => boolean): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(ascending[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
