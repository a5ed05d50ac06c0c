import { normalQuantile } from './distributions';
import type { EmpiricalDistribution } from './empiricalDistribution';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import type { Interval } from './twoProportionTest';

/** Area under the ROC curve with DeLong's variance. */
export interface RocAuc {
  readonly status: 'ok';
  /** Probability that a positive row scores above a negative one, ties counted as a half; 0..1. */
  readonly auc: number;
  readonly nPositive: number;
  readonly nNegative: number;
  /** DeLong's; null with a single positive or a single negative row. */
  readonly variance: number | null;
  readonly standardError: number | null;
  /** auc +- z se, cut to 0..1; null with the variance. */
  readonly waldInterval: Interval | null;
  /** On the logit scale, inside 0..1 by construction; null with the variance, or at 0 and 1. */
  readonly logitInterval: Interval | null;
}

/**
 * Area under the ROC curve from the scores of each class.
 *
 * @param positive scores of the rows of the positive class, as distinct values with counts
 * @param negative the same for the negative class
 * @param confidence level of the intervals, between 0 and 1
 * @returns no result (one class) when a class has no rows
 * @source DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837; golden values in test/golden (roc_auc)
 * Cost: O(distinct scores); sorting them is the caller's.
 */
export function rocAuc(
  positive: EmpiricalDistribution,
  negative: EmpiricalDistribution,
  confidence = 0.95,
): RocAuc | NoResult {
  const [nPositive, nNegative] = [positive.n, negative.n];
  if (nPositive === 0 || nNegative === 0) return noResult('one class');
  const above = meanPlacement(positive, negative);
  const below = meanPlacement(negative, positive);
  const auc = above.mean;
  const variance =
    nPositive < 2 || nNegative < 2
      ? null
      : above.squares / (nPositive - 1) / nPositive + below.squares / (nNegative - 1) / nNegative;
  return {
    status: 'ok',
    auc,
    nPositive,
    nNegative,
    variance,
    standardError: variance === null ? null : Math.sqrt(variance),
    ...intervals(auc, variance, -normalQuantile((1 - confidence) / 2)),
  };
}

/** Mean share of the other side that lies below a row, and the sum of squares around it. */
function meanPlacement(
  side: EmpiricalDistribution,
  other: EmpiricalDistribution,
): { readonly mean: number; readonly squares: number } {
  const placements = new Float64Array(side.values.length);
  let [j, sum] = [0, 0];
  const rowsOf = (i: number) => side.cumulative[i]! - (side.cumulative[i - 1] ?? 0);
  for (let i = 0; i < placements.length; i++) {
    const value = side.values[i]!;
    while (j < other.values.length && other.values[j]! < value) j++;
    const below = other.cumulative[j - 1] ?? 0;
    const tied = other.values[j] === value ? other.cumulative[j]! - below : 0;
    placements[i] = (below + tied / 2) / other.n;
    sum += rowsOf(i) * (below + tied / 2);
  }
  const mean = sum / side.n / other.n;
  let squares = 0;
  for (let i = 0; i < placements.length; i++) {
    const off = placements[i]! - mean;
    squares += rowsOf(i) * off * off;
  }
  return { mean, squares };
}

function intervals(
  auc: number,
  variance: number | null,
  z: number,
): Pick<RocAuc, 'waldInterval' | 'logitInterval'> {
  if (variance === null) return { waldInterval: null, logitInterval: null };
  const half = z * Math.sqrt(variance);
  const waldInterval: Interval = [Math.max(0, auc - half), Math.min(1, auc + half)];
  if (auc <= 0 || auc >= 1) return { waldInterval, logitInterval: null };
  const centre = Math.log(auc / (1 - auc));
  const reach = half / (auc * (1 - auc));
  return { waldInterval, logitInterval: [logistic(centre - reach), logistic(centre + reach)] };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
