import { normalQuantile } from './distributions';
import type { Interval } from './twoProportionTest';

/**
 * Interval of a quantile between two order statistics, without any assumption about the distribution.
 *
 * @param sorted finite values, ascending, shape (n)
 * @param q between 0 and 1
 * @param confidence between 0 and 1
 * @returns in the unit of the values; null when these n reach no order statistic beyond the quantile
 * @source Conover, Practical Nonparametric Statistics (1999) 3.2, normal approximation of the ranks
 * Cost: O(1).
 */
export function quantileInterval(
  sorted: ArrayLike<number>,
  q: number,
  confidence = 0.95,
): Interval | null {
  const n = sorted.length;
  const half = -normalQuantile((1 - confidence) / 2) * Math.sqrt(n * q * (1 - q));
  const low = Math.floor(n * q - half);
  const high = Math.ceil(n * q + half);
  if (low < 0 || high >= n) return null;
  return [sorted[low]!, sorted[high]!];
}
