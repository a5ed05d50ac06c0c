import type { EmpiricalDistribution } from './empiricalDistribution';

/** Range, mean and spread of a sample, in the unit of its values. */
export interface DistributionMoments {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation (divided by n), >= 0; exactly 0 for a constant sample. */
  readonly standardDeviation: number;
}

/**
 * Smallest, largest and mean value and population standard deviation.
 *
 * Values are shifted by the smallest one before the two passes, so a column that sits at 1e9 with
 * a spread of 1e-3 keeps its digits; values near the ends of the double range are scaled first.
 *
 * @returns null when the sample is empty
 * @source Chan, Golub & LeVeque, Am. Stat. 37 (1983) 242 (shifted two-pass, corrected); golden
 *   values in test/golden (wasserstein1: ref_std_pop)
 * Cost: O(k).
 */
export function distributionMoments(
  distribution: EmpiricalDistribution,
): DistributionMoments | null {
  const { values, cumulative, n } = distribution;
  if (n === 0) return null;
  const min = values[0]!;
  const max = values[values.length - 1]!;
  const scale = safeScale(Math.max(Math.abs(min), Math.abs(max)));
  const shift = min * scale;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const rows = cumulative[i]! - (i === 0 ? 0 : cumulative[i - 1]!);
    sum += rows * (values[i]! * scale - shift);
  }
  const meanAboveMin = sum / n;
  let squares = 0;
  let residual = 0;
  for (let i = 0; i < values.length; i++) {
    const rows = cumulative[i]! - (i === 0 ? 0 : cumulative[i - 1]!);
    const deviation = values[i]! * scale - shift - meanAboveMin;
    squares += rows * deviation * deviation;
    residual += rows * deviation;
  }
  const variance = Math.max(0, (squares - (residual * residual) / n) / n);
  return {
    min,
    max,
    mean: clamp((shift + meanAboveMin) / scale, min, max),
    standardDeviation: Math.sqrt(variance) / scale,
  };
}

/** A power of two that keeps squares of the values away from overflow and underflow. */
function safeScale(largest: number): number {
  if (largest > 1e100) return 2 ** -700;
  return largest > 0 && largest < 1e-100 ? 2 ** 700 : 1;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
