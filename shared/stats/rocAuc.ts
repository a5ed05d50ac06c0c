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
  const placements = placeRows(positive, negative);
  const above = spreadOf(positive, placements.ofFirst, nNegative);
  const below = spreadOf(negative, placements.ofSecond, nPositive);
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

/**
 * Rows of the other side below each distinct value, tied ones counted as a half. One walk serves both
 * sides: which comes next is chance, and every wrong guess of the processor costs more than the sums.
 */
function placeRows(
  first: EmpiricalDistribution,
  second: EmpiricalDistribution,
): { readonly ofFirst: Float64Array; readonly ofSecond: Float64Array } {
  const [a, b] = [first.values, second.values];
  const [cumulativeA, cumulativeB] = [first.cumulative, second.cumulative];
  const ofFirst = new Float64Array(a.length);
  const ofSecond = new Float64Array(b.length);
  let [i, j, belowA, belowB] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    const [valueA, valueB] = [a[i]!, b[j]!];
    const [throughA, throughB] = [cumulativeA[i]!, cumulativeB[j]!];
    if (valueA < valueB) {
      ofFirst[i++] = belowB;
      belowA = throughA;
    } else if (valueB < valueA) {
      ofSecond[j++] = belowA;
      belowB = throughB;
    } else {
      ofFirst[i++] = belowB + (throughB - belowB) / 2;
      ofSecond[j++] = belowA + (throughA - belowA) / 2;
      [belowA, belowB] = [throughA, throughB];
    }
  }
  ofFirst.fill(belowB, i);
  ofSecond.fill(belowA, j);
  return { ofFirst, ofSecond };
}

/**
 * Mean share of the other side that lies below a row, and the sum of squares around it.
 *
 * @param placements rows of the other side below each distinct value of this side
 */
function spreadOf(
  { n, cumulative }: EmpiricalDistribution,
  placements: Float64Array,
  nOther: number,
): { readonly mean: number; readonly squares: number } {
  let [sum, before] = [0, 0];
  for (let i = 0; i < placements.length; i++) {
    sum += (cumulative[i]! - before) * placements[i]!;
    before = cumulative[i]!;
  }
  const mean = sum / n / nOther;
  let squares = 0;
  before = 0;
  for (let i = 0; i < placements.length; i++) {
    const off = placements[i]! / nOther - mean;
    squares += (cumulative[i]! - before) * off * off;
    before = cumulative[i]!;
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
