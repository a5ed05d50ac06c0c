import { normalQuantile } from './distributions';

/** Mean and variance of a positive random variable. */
export interface PositiveMoments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Moments of a weighted sum of absolute values of standard Gaussians that depend on each other.
 *
 * E|Z| = sqrt(2 / pi), and for two of them with correlation r
 * cov(|Z1|, |Z2|) = 2 / pi (sqrt(1 - r^2) + r asin r - 1).
 *
 * @param weights shape (k), each >= 0
 * @param correlation of the i-th and the j-th, i < j, in [-1, 1]
 * @source Kamat, Biometrika 40 (1953) 20 (absolute moments of the bivariate normal)
 * Cost: O(k^2).
 */
export function absoluteGaussianSum(
  weights: readonly number[],
  correlation: (i: number, j: number) => number,
): PositiveMoments {
  let sum = 0;
  let covariance = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    sum += weight;
    covariance += weight * weight * (Math.PI / 2 - 1);
    for (let j = i + 1; j < weights.length; j++) {
      const r = Math.min(1, Math.max(-1, correlation(i, j)));
      const shared = Math.sqrt(1 - r * r) + r * Math.asin(r) - 1;
      covariance += 2 * weight * weights[j]! * shared;
    }
  }
  return { mean: Math.sqrt(2 / Math.PI) * sum, variance: (2 / Math.PI) * covariance };
}

/**
 * Upper quantile of a positive random variable of which only two moments are known, as if it were
 * gamma distributed.
 *
 * @param alpha share above the quantile, in (0, 0.5]
 * @returns >= 0; the mean when the variance is 0
 * @source Wilson & Hilferty, PNAS 17 (1931) 684: the cube root of a gamma variable is nearly normal
 */
export function gammaUpperQuantile({ mean, variance }: PositiveMoments, alpha: number): number {
  if (!(mean > 0) || !(variance > 0)) return Math.max(0, mean);
  const shape = (mean * mean) / variance;
  const z = -normalQuantile(alpha);
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return mean * Math.max(0, root) ** 3;
}
