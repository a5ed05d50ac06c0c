import { normalQuantile, normalSf } from './distributions';
import {
  countAtMost,
  countBelow,
  fromFinite,
  type EmpiricalDistribution,
} from './empiricalDistribution';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import { rocAuc, type RocAuc } from './rocAuc';
import type { Interval } from './twoProportionTest';

/** Two scores of the same rows, compared by their areas under the ROC curve. */
export interface PairedAuc {
  readonly status: 'ok';
  readonly first: RocAuc;
  readonly second: RocAuc;
  /** First minus second. */
  readonly difference: number;
  /** Null with a single positive or a single negative row. */
  readonly covariance: number | null;
  readonly standardError: number | null;
  /** Null when the difference has no variance. */
  readonly z: number | null;
  /** Two-sided; null with the covariance; 1 for identical scores. */
  readonly pValue: number | null;
  readonly interval: Interval | null;
}

/**
 * Compares two scores on the same rows by DeLong's test.
 *
 * @param isPositive class of each row, shape (n)
 * @param first finite scores, shape (n)
 * @param second finite scores, shape (n)
 * @param confidence level of the interval, between 0 and 1
 * @returns no result (one class) when a class has no rows
 * @source DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837, midranks as in Sun & Xu (2014); golden
 *   values in test/golden (roc_auc)
 * Cost: O(n log n).
 */
export function pairedAuc(
  isPositive: ArrayLike<boolean | number>,
  first: Float64Array,
  second: Float64Array,
  confidence = 0.95,
): PairedAuc | NoResult {
  const a = splitByClass(isPositive, first);
  const b = splitByClass(isPositive, second);
  const [aucA, aucB] = [rocAuc(...a.sides, confidence), rocAuc(...b.sides, confidence)];
  if (aucA.status !== 'ok' || aucB.status !== 'ok') return noResult('one class');
  const difference = aucA.auc - aucB.auc;
  if (aucA.variance === null || aucB.variance === null) {
    const unknown = {
      covariance: null,
      standardError: null,
      z: null,
      pValue: null,
      interval: null,
    };
    return { status: 'ok', first: aucA, second: aucB, difference, ...unknown };
  }
  const covariance =
    covarianceOf(a.positive, b.positive) / aucA.nPositive +
    covarianceOf(a.negative, b.negative) / aucA.nNegative;
  const variance = aucA.variance + aucB.variance - 2 * covariance;
  const isFlat = variance <= 1e-15 * (aucA.variance + aucB.variance);
  const standardError = isFlat ? 0 : Math.sqrt(variance);
  const half = -normalQuantile((1 - confidence) / 2) * standardError;
  const z = isFlat ? null : difference / standardError;
  return {
    status: 'ok',
    first: aucA,
    second: aucB,
    difference,
    covariance,
    standardError,
    z,
    pValue: z === null ? (difference === 0 ? 1 : 0) : Math.min(1, 2 * normalSf(Math.abs(z))),
    interval: [difference - half, difference + half],
  };
}

interface Placements {
  readonly sides: readonly [EmpiricalDistribution, EmpiricalDistribution];
  /** Share of negatives below each positive row, in row order. */
  readonly positive: Float64Array;
  /** Share of positives above each negative row, in row order. */
  readonly negative: Float64Array;
}

function splitByClass(isPositive: ArrayLike<boolean | number>, scores: Float64Array): Placements {
  const ofPositive = scores.filter((_, i) => Boolean(isPositive[i]));
  const ofNegative = scores.filter((_, i) => !isPositive[i]);
  const sides = [fromFinite(ofPositive.slice()), fromFinite(ofNegative.slice())] as const;
  return {
    sides,
    positive: ofPositive.map((score) => shareBelow(sides[1], score)),
    negative: ofNegative.map((score) => 1 - shareBelow(sides[0], score)),
  };
}

function shareBelow(side: EmpiricalDistribution, score: number): number {
  return (countBelow(side, score) + countAtMost(side, score)) / 2 / side.n;
}

function covarianceOf(a: Float64Array, b: Float64Array): number {
  const meanA = a.reduce((sum, value) => sum + value, 0) / a.length;
  const meanB = b.reduce((sum, value) => sum + value, 0) / b.length;
  const products = a.reduce((sum, value, i) => sum + (value - meanA) * (b[i]! - meanB), 0);
  return products / (a.length - 1);
}
