/** What a test on means needs of one arm; variance is divided by n - 1. */
export interface SampleMoments {
  /** Rows, >= 0. */
  readonly n: number;
  /** 0 without rows. */
  readonly mean: number;
  /** Sample variance, >= 0; 0 below two rows. */
  readonly variance: number;
}

/**
 * Count, mean and sample variance of finite values.
 *
 * Values are shifted by the first one before the two passes: a column that sits at 1e9 with a spread of 1 keeps
 * its digits.
 *
 * @param values finite, shape (n); read only
 * @source Chan, Golub & LeVeque, Am. Stat. 37 (1983) 242; golden values in test/golden (welch_t)
 */
export function sampleMoments(values: ArrayLike<number>): SampleMoments {
  const n = values.length;
  if (n === 0) return { n, mean: 0, variance: 0 };
  const shift = values[0]!;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]! - shift;
  const shiftedMean = sum / n;
  let squares = 0;
  let residual = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i]! - shift - shiftedMean;
    squares += deviation * deviation;
    residual += deviation;
  }
  const variance = n < 2 ? 0 : Math.max(0, (squares - (residual * residual) / n) / (n - 1));
  return { n, mean: shift + shiftedMean, variance };
}

/**
 * Moments of two samples together, from their moments alone.
 *
 * @source Chan, Golub & LeVeque, Am. Stat. 37 (1983) 242, formula 1.5
 */
export function mergeMoments(a: SampleMoments, b: SampleMoments): SampleMoments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const gap = b.mean - a.mean;
  const squares = a.variance * (a.n - 1) + b.variance * (b.n - 1) + gap * gap * ((a.n * b.n) / n);
  return { n, mean: a.mean + (gap * b.n) / n, variance: squares / (n - 1) };
}
