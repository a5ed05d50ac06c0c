import type { EmpiricalDistribution } from './empiricalDistribution';
import { ksExactLattice } from './ksExact';
import type { KsPValue } from './ksPValue';
import { ksPValue } from './ksPValue';
import type { MergeComparison } from './mergeCompare';
import { mergeCompare } from './mergeCompare';
import type { NoResult } from './noResult';
import { noResult } from './noResult';

/** Most lattice points (m times n) for which a p-value conditional on ties is computed. */
const TIES_LATTICE_POINTS = 4e6;

/** Two-sample Kolmogorov-Smirnov test, two-sided. */
export interface KsTest extends KsPValue {
  readonly status: 'ok';
  /** Largest gap between the two empirical distribution functions, 0..1. */
  readonly d: number;
  /** Smallest value at which the gap is reached, in the unit of the column. */
  readonly atValue: number;
  readonly nReference: number;
  readonly nLive: number;
  /** True when some value occurs more than once: the p-value then is too large, never too small. */
  readonly hasTies: boolean;
}

/**
 * Two-sample Kolmogorov-Smirnov test: did the distribution of a column change?
 *
 * @param reference finite values of the reference
 * @param live finite values of the live batch
 * @param merged the comparison of the two, when another statistic has made it already
 * @returns no result (empty) when a side has no rows
 * @source Smirnov, Bull. Math. Univ. Moscou 2 (1939) 3; p-value: see ksPValue; golden values in
 *   test/golden (ks2)
 * Cost: O(k + l) and the p-value.
 */
export function ksTest(
  reference: EmpiricalDistribution,
  live: EmpiricalDistribution,
  merged?: MergeComparison,
): KsTest | NoResult {
  const [m, n] = [reference.n, live.n];
  if (m === 0 || n === 0) return noResult('empty');
  const { maxGap, atValue, distinct } = merged ?? mergeCompare(reference, live);
  const d = maxGap / (m * n);
  return {
    status: 'ok',
    d,
    atValue,
    nReference: m,
    nLive: n,
    hasTies: distinct < m + n,
    ...ksPValue(d, m, n),
  };
}

/**
 * Exact p-value of the same test conditional on the ties in the data.
 *
 * The ordinary p-value takes all values as different and is far too large for a column of few
 * distinct values; this one is right for it.
 *
 * @returns 0..1; null when a side has no rows, or m times n exceeds 4 million
 * @source Schröer & Trenkler, Comput. Stat. Data Anal. 20 (1995) 185; golden values in test/golden
 *   (ks2: p_exact_ties)
 * Cost: O(m n), at most about 10 ms.
 */
export function ksExactTiesPValue(
  reference: EmpiricalDistribution,
  live: EmpiricalDistribution,
): number | null {
  const [m, n] = [reference.n, live.n];
  if (m === 0 || n === 0 || m * n > TIES_LATTICE_POINTS) return null;
  const { maxGap } = mergeCompare(reference, live);
  return maxGap === 0 ? 1 : ksExactLattice(m, n, maxGap, tieBlockEnds(reference, live));
}

/** Marks, for each number of pooled rows seen, whether a run of equal values ends there. */
function tieBlockEnds(reference: EmpiricalDistribution, live: EmpiricalDistribution): Uint8Array {
  const ends = new Uint8Array(reference.n + live.n + 1);
  let i = 0;
  let j = 0;
  while (i < reference.values.length || j < live.values.length) {
    const a = reference.values[i] ?? Infinity;
    const b = live.values[j] ?? Infinity;
    if (a <= b) i++;
    if (b <= a) j++;
    ends[rowsBefore(reference, i) + rowsBefore(live, j)] = 1;
  }
  return ends;
}

function rowsBefore(distribution: EmpiricalDistribution, index: number): number {
  return index === 0 ? 0 : distribution.cumulative[index - 1]!;
}
