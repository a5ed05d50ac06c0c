import { distributionMoments } from './distributionMoments';
import type { EmpiricalDistribution } from './empiricalDistribution';
import type { MergeComparison } from './mergeCompare';
import { mergeCompare } from './mergeCompare';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import { quantile } from './quantile';

/** Smallest divisor that Evidently uses in place of a standard deviation of 0. */
const EVIDENTLY_MIN_DEVIATION = 0.001;

/** Wasserstein-1 distance, raw and against the spread of the reference. */
export interface Wasserstein {
  readonly status: 'ok';
  /** In the unit of the column, >= 0. */
  readonly distance: number;
  /** Population standard deviation of the reference, in the unit of the column. */
  readonly referenceStandardDeviation: number;
  /** distance / referenceStandardDeviation; null for a constant reference. */
  readonly normalised: number | null;
  /** As Evidently has it, for comparison: divided by at least 0.001. */
  readonly normalisedEvidently: number;
  /** Interquartile range of the reference (type 7), in the unit of the column. */
  readonly referenceIqr: number;
  /** distance / referenceIqr: unmoved by outliers in the reference; null when that is 0. */
  readonly normalisedByIqr: number | null;
}

/**
 * Wasserstein-1 (earth mover's) distance: the area between the two distribution functions.
 *
 * @param reference the sample whose spread is the yardstick
 * @param live the sample that may have moved
 * @param merged the comparison of the two, when another statistic has made it already
 * @returns no result: empty when a side has no rows, overflow when a figure exceeds the range of a
 *   double
 * @source Vallender, Theory Probab. Appl. 18 (1974) 784; golden values in test/golden
 *   (wasserstein1)
 * Cost: O(k + l).
 */
export function wasserstein(
  reference: EmpiricalDistribution,
  live: EmpiricalDistribution,
  merged?: MergeComparison,
): Wasserstein | NoResult {
  const moments = distributionMoments(reference);
  if (moments === null || live.n === 0) return noResult('empty');
  const distance = (merged ?? mergeCompare(reference, live)).area;
  const referenceStandardDeviation = moments.standardDeviation;
  const referenceIqr = quantile(reference, 0.75)! - quantile(reference, 0.25)!;
  const normalisedEvidently =
    distance / Math.max(referenceStandardDeviation, EVIDENTLY_MIN_DEVIATION);
  const normalised = ratio(distance, referenceStandardDeviation);
  const normalisedByIqr = ratio(distance, referenceIqr);
  const figures = [distance, referenceIqr, normalisedEvidently, normalised, normalisedByIqr];
  if (!figures.every((figure) => Number.isFinite(figure ?? 0))) return noResult('overflow');
  return {
    status: 'ok',
    distance,
    referenceStandardDeviation,
    normalised,
    normalisedEvidently,
    referenceIqr,
    normalisedByIqr,
  };
}

function ratio(value: number, divisor: number): number | null {
  return divisor === 0 ? null : value / divisor;
}
