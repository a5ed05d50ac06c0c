import type { ColumnCounts } from './columnSummary';
import type { NoResult } from './noResult';
import type { TwoProportionTest } from './twoProportionTest';
import { twoProportionTest } from './twoProportionTest';

/** How much of a column is not usable. */
export interface MissingRate {
  /** Rows. */
  readonly n: number;
  /** Share of null and NaN rows, 0..1; null when there are no rows. */
  readonly shareMissing: number | null;
  /** Share of null, NaN and infinite rows, 0..1; null when there are no rows. */
  readonly shareNonFinite: number | null;
}

/**
 * Share of missing rows in a column. Null and NaN are missing; infinities are counted apart.
 *
 * @param counts see columnSummary
 * @source golden values in test/golden (missing_rate)
 */
export function missingRate(counts: ColumnCounts): MissingRate {
  const { n, finiteCount } = counts;
  return {
    n,
    shareMissing: n === 0 ? null : missingCount(counts) / n,
    shareNonFinite: n === 0 ? null : (n - finiteCount) / n,
  };
}

/**
 * Tells whether the share of missing rows changed, and by how much.
 *
 * @param reference rows of the reference
 * @param live rows of the live batch
 * @param confidence level of the intervals, between 0 and 1
 * @returns the two-proportion test (difference = live - reference); no result (empty) when a side
 *   has no rows
 * @source see twoProportionTest; golden values in test/golden (missing_rate)
 */
export function compareMissingRates(
  reference: ColumnCounts,
  live: ColumnCounts,
  confidence = 0.95,
): TwoProportionTest | NoResult {
  return twoProportionTest(
    { count: missingCount(reference), n: reference.n },
    { count: missingCount(live), n: live.n },
    confidence,
  );
}

function missingCount(counts: ColumnCounts): number {
  return counts.nullCount + counts.nanCount;
}
