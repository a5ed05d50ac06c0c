import { log10ChiSquareSf, normalQuantile, normalSf } from './distributions';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import { wilsonIntervalAt } from './wilsonIntervalAt';

/** Lower and upper end of a confidence interval. */
export type Interval = readonly [lower: number, upper: number];

/** Comparison of two shares; difference is live minus reference (canary minus control). */
export interface TwoProportionTest {
  readonly status: 'ok';
  readonly referenceShare: number;
  readonly liveShare: number;
  readonly difference: number;
  /** Score statistic under equal shares; null when both shares are 0 or both are 1. */
  readonly zPooled: number | null;
  /** Wald statistic; null when neither share varies. */
  readonly zUnpooled: number | null;
  /** Two-sided, from zPooled; 1 when both shares are 0 or both are 1. */
  readonly pValue: number;
  /** Finite where pValue underflows to 0. */
  readonly log10PValue: number;
  /** One-sided, against a larger live share; null with zPooled. */
  readonly pGreater: number | null;
  readonly referenceInterval: Interval;
  readonly liveInterval: Interval;
  /** Newcombe's hybrid of the two Wilson intervals: right for shares near 0 and 1. */
  readonly differenceInterval: Interval;
  /** For comparison with other tools only: too short near 0 and 1. */
  readonly waldInterval: Interval;
}

/** Rows with a property, out of how many. */
export interface Proportion {
  readonly count: number;
  readonly n: number;
}

/**
 * Compares two shares by the pooled score test and Newcombe's interval.
 *
 * @param reference count 0..n
 * @param live count 0..n
 * @param confidence level of the intervals, between 0 and 1
 * @returns no result (empty) when a side has no rows
 * @throws RangeError when a count is outside 0..n
 * @source Newcombe, Stat. Med. 17 (1998) 873, method 10; Wilson, JASA 22 (1927) 209; golden values
 *   in test/golden (missing_rate, two_proportions)
 */
export function twoProportionTest(
  reference: Proportion,
  live: Proportion,
  confidence = 0.95,
): TwoProportionTest | NoResult {
  if (reference.n === 0 || live.n === 0) return noResult('empty');
  const z = -normalQuantile((1 - confidence) / 2);
  const p1 = shareOf(reference);
  const p2 = shareOf(live);
  const difference = p2 - p1;
  const pooled = (reference.count + live.count) / (reference.n + live.n);
  const pooledError = Math.sqrt(pooled * (1 - pooled) * (1 / reference.n + 1 / live.n));
  const error = Math.sqrt((p1 * (1 - p1)) / reference.n + (p2 * (1 - p2)) / live.n);
  const zPooled = pooledError > 0 ? difference / pooledError : null;
  const referenceInterval = wilsonIntervalAt(reference, z);
  const liveInterval = wilsonIntervalAt(live, z);
  return {
    status: 'ok',
    referenceShare: p1,
    liveShare: p2,
    difference,
    zPooled,
    zUnpooled: error > 0 ? difference / error : null,
    pValue: zPooled === null ? 1 : Math.min(1, 2 * normalSf(Math.abs(zPooled))),
    log10PValue: zPooled === null ? 0 : log10ChiSquareSf(zPooled * zPooled, 1),
    pGreater: zPooled === null ? null : normalSf(zPooled),
    referenceInterval,
    liveInterval,
    differenceInterval: [
      difference - Math.hypot(p2 - liveInterval[0], referenceInterval[1] - p1),
      difference + Math.hypot(liveInterval[1] - p2, p1 - referenceInterval[0]),
    ],
    waldInterval: [difference - z * error, difference + z * error],
  };
}

function shareOf({ count, n }: Proportion): number {
  if (!(count >= 0 && count <= n)) throw new RangeError('twoProportionTest: count outside 0..n');
  return count / n;
}
