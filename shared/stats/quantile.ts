import type { EmpiricalDistribution } from './empiricalDistribution';
import { firstIndex } from './empiricalDistribution';

/**
 * Type-7 quantile of a sorted sample: linear between the order statistics around q (n - 1).
 *
 * @param sorted finite values, ascending, shape (n)
 * @param q 0..1
 * @returns in the unit of the values; null when the sample is empty
 * @throws RangeError when q is outside 0..1
 * @source Hyndman & Fan, Am. Stat. 50 (1996) 361, definition 7; golden values in test/golden
 *   (quantile)
 * Cost: O(1).
 */
export function quantileSorted(sorted: ArrayLike<number>, q: number): number | null {
  return type7(sorted.length, q, (rank) => sorted[rank]!);
}

/**
 * Type-7 quantile of a distribution: the same value as {@link quantileSorted} on its rows.
 *
 * @param q 0..1
 * @returns in the unit of the values; null when the sample is empty
 * @throws RangeError when q is outside 0..1
 * @source as quantileSorted
 * Cost: O(log k).
 */
export function quantile(distribution: EmpiricalDistribution, q: number): number | null {
  return type7(distribution.n, q, (rank) => orderStatistic(distribution, rank));
}

/** Value of the row at a rank counted from 0. */
function orderStatistic(distribution: EmpiricalDistribution, rank: number): number {
  const at = firstIndex(distribution.cumulative, (rowsAtMost) => rowsAtMost > rank);
  return distribution.values[at]!;
}

function type7(n: number, q: number, at: (rank: number) => number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError('quantile: q must be in 0..1');
  if (n === 0) return null;
  const position = q * (n - 1);
  const rank = Math.floor(position);
  const fraction = position - rank;
  const below = at(rank);
  return fraction === 0 ? below : between(below, at(rank + 1), fraction);
}

function between(low: number, high: number, fraction: number): number {
  const span = high - low;
  // A span beyond the largest double would turn a plain interpolation into infinity.
  if (!Number.isFinite(span)) return low * (1 - fraction) + high * fraction;
  return fraction < 0.5 ? low + span * fraction : high - span * (1 - fraction);
}
