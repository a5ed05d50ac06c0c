import { meanInterval, meanMoments } from './meanInterval';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import { quantileSorted } from './quantile';
import { sortFloat64 } from './sortFloat64';
import type { Interval } from './twoProportionTest';

/** How far predicted numbers are from the true ones, in the unit of the values unless said otherwise. */
export interface RegressionMetrics {
  readonly status: 'ok';
  readonly n: number;
  readonly mae: number;
  readonly maeInterval: Interval | null;
  /** In the squared unit. */
  readonly mse: number;
  readonly rmse: number;
  readonly rmseInterval: Interval | null;
  /** Mean of predicted minus true. */
  readonly bias: number;
  readonly biasInterval: Interval | null;
  readonly medianAe: number;
  readonly maxAe: number;
  /** Share of variance explained, <= 1; null when the true values do not vary. */
  readonly r2: number | null;
  /** Mean of |error / true| over the rows whose true value is not 0; null when there are none. */
  readonly mape: number | null;
}

/**
 * MAE, RMSE, bias, R2 and their intervals.
 *
 * @param truth shape (n); a row is left out unless both values are finite
 * @param predicted shape (n)
 * @returns no result (empty) when no row has both
 * @source definitions as in scikit-learn but for R2 (null when the true values do not vary) and MAPE
 *   (rows with 0 are left out); golden values in test/golden (regression)
 * Cost: O(n).
 */
export function regressionMetrics(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
): RegressionMetrics | NoResult {
  const pairs = finitePairs(truth, predicted);
  const { n } = pairs;
  const errors = Float64Array.from(
    { length: n },
    (_none, i) => pairs.predicted[i]! - pairs.truth[i]!,
  );
  const squares = errors.map((error) => error * error);
  const sizes = errors.map(Math.abs);
  const [bias, mse, mae] = [meanMoments(errors), meanMoments(squares), meanMoments(sizes)];
  const spread = meanMoments(pairs.truth);
  if (bias === null || mse === null || mae === null || spread === null) return noResult('empty');
  const mseInterval = meanInterval(mse);
  const mape = shareOfTruth(errors, pairs.truth);
  sortFloat64(sizes);
  return {
    status: 'ok',
    n,
    mae: mae.mean,
    maeInterval: meanInterval(mae),
    mse: mse.mean,
    rmse: Math.sqrt(mse.mean),
    rmseInterval: mseInterval && [
      Math.sqrt(Math.max(0, mseInterval[0])),
      Math.sqrt(mseInterval[1]),
    ],
    bias: bias.mean,
    biasInterval: meanInterval(bias),
    medianAe: quantileSorted(sizes, 0.5)!,
    maxAe: sizes[n - 1]!,
    r2: spread.sumOfSquares === 0 ? null : 1 - (mse.mean * n) / spread.sumOfSquares,
    mape,
  };
}

function finitePairs(truth: ArrayLike<number>, predicted: ArrayLike<number>) {
  const kept = {
    n: 0,
    truth: new Float64Array(truth.length),
    predicted: new Float64Array(truth.length),
  };
  for (let i = 0; i < truth.length; i++) {
    if (!Number.isFinite(truth[i]!) || !Number.isFinite(predicted[i]!)) continue;
    kept.truth[kept.n] = truth[i]!;
    kept.predicted[kept.n] = predicted[i]!;
    kept.n += 1;
  }
  return {
    n: kept.n,
    truth: kept.truth.subarray(0, kept.n),
    predicted: kept.predicted.subarray(0, kept.n),
  };
}

function shareOfTruth(errors: Float64Array, truth: Float64Array): number | null {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < errors.length; i++) {
    if (truth[i] === 0) continue;
    n += 1;
    sum += Math.abs(errors[i]! / truth[i]!);
  }
  return n === 0 ? null : sum / n;
}
