import { normalQuantile } from './distributions';
import type { EmpiricalDistribution } from './empiricalDistribution';
import { countPairs, rankDeviation } from './mannWhitney';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import type { Interval } from './twoProportionTest';

/** By how much the candidate's values lie above the control's, whatever their distribution. */
export interface HodgesLehmannShift {
  readonly status: 'ok';
  /** Median of all differences candidate minus control, in the unit of the values. */
  readonly shift: number;
  readonly interval: Interval;
}

const BISECTIONS = 80;

/**
 * Hodges-Lehmann shift with the interval that inverts the Mann-Whitney test.
 *
 * @param control shape (k) distinct values with counts
 * @param candidate the same
 * @param confidence level of the interval, between 0 and 1
 * @returns no result (empty) when a side has no rows
 * @source Hodges & Lehmann, Ann. Math. Stat. 34 (1963) 598; Lehmann, Nonparametrics (1975) 91
 * Cost: O(k) per bisection, about 80 of them for each of the three numbers.
 */
export function hodgesLehmann(
  control: EmpiricalDistribution,
  candidate: EmpiricalDistribution,
  confidence = 0.95,
): HodgesLehmannShift | NoResult {
  const pairs = control.n * candidate.n;
  if (pairs === 0) return noResult('empty');
  const { tieCubes } = countPairs(control, candidate);
  const z = -normalQuantile((1 - confidence) / 2);
  const reach = z * rankDeviation(control.n, candidate.n, tieCubes);
  const rank = Math.max(1, Math.floor(pairs / 2 - reach));
  const kth = (k: number) => kthDifference(control, candidate, k);
  const low = kth(Math.floor((pairs + 1) / 2));
  const high = pairs % 2 === 0 ? kth(pairs / 2 + 1) : low;
  return {
    status: 'ok',
    shift: low + (high - low) / 2,
    interval: [kth(rank), kth(pairs + 1 - rank)],
  };
}

/** The k-th smallest difference candidate minus control, k from 1. */
function kthDifference(
  control: EmpiricalDistribution,
  candidate: EmpiricalDistribution,
  k: number,
): number {
  let low = candidate.values[0]! - control.values.at(-1)!;
  let high = candidate.values.at(-1)! - control.values[0]!;
  if (pairsAtMost(control, candidate, low) >= k) return low;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (pairsAtMost(control, candidate, middle) >= k) high = middle;
    else low = middle;
  }
  // Between the two ends there is hardly ever more than one difference left.
  for (;;) {
    low = nextDifference(control, candidate, low);
    if (pairsAtMost(control, candidate, low) >= k) return low;
  }
}

function pairsAtMost(
  control: EmpiricalDistribution,
  candidate: EmpiricalDistribution,
  difference: number,
): number {
  let [count, j] = [0, 0];
  for (let i = 0; i < control.values.length; i++) {
    while (j < candidate.values.length && candidate.values[j]! - control.values[i]! <= difference)
      j++;
    const rows = control.cumulative[i]! - (control.cumulative[i - 1] ?? 0);
    if (j > 0) count += rows * candidate.cumulative[j - 1]!;
  }
  return count;
}

function nextDifference(
  control: EmpiricalDistribution,
  candidate: EmpiricalDistribution,
  above: number,
): number {
  let [least, j] = [Infinity, 0];
  for (let i = 0; i < control.values.length; i++) {
    while (j < candidate.values.length && candidate.values[j]! - control.values[i]! <= above) j++;
    if (j < candidate.values.length)
      least = Math.min(least, candidate.values[j]! - control.values[i]!);
  }
  return least;
}
