import { tQuantile } from './distributions';
import type { Interval } from './twoProportionTest';

/** What is needed of a sample for the interval of its mean. */
export interface MeanMoments {
  readonly n: number;
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly sumOfSquares: number;
}

/**
 * Mean and squared distances of a sample: shifted by its first value, then two passes.
 *
 * @param values shape (n); what is not finite is left out
 * @returns null when nothing is left
 * @source Chan, Golub & LeVeque, Am. Stat. 37 (1983) 242 (corrected two-pass)
 * Cost: O(n).
 */
export function meanMoments(values: ArrayLike<number>): MeanMoments | null {
  let n = 0;
  let shift = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (n === 0) shift = value;
    n += 1;
    sum += value - shift;
  }
  if (n === 0) return null;
  const meanAboveShift = sum / n;
  let squares = 0;
  let residual = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    const off = value - shift - meanAboveShift;
    squares += off * off;
    residual += off;
  }
  return {
    n,
    mean: shift + meanAboveShift,
    sumOfSquares: Math.max(0, squares - (residual * residual) / n),
  };
}

/**
 * Student's interval of a mean.
 *
 * @param confidence between 0 and 1
 * @returns in the unit of the values; null with fewer than two of them
 * @source Student, Biometrika 6 (1908) 1
 */
export function meanInterval(
  { n, mean, sumOfSquares }: MeanMoments,
  confidence = 0.95,
): Interval | null {
  if (n < 2) return null;
  const error = Math.sqrt(sumOfSquares / (n - 1) / n);
  const half = tQuantile((1 + confidence) / 2, n - 1) * error;
  return [mean - half, mean + half];
}
