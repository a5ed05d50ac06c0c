import { normalSf } from './distributions';
import type { EmpiricalDistribution } from './empiricalDistribution';
import type { NoResult } from './noResult';
import { noResult } from './noResult';

/** Comparison of two samples by ranks: how often a candidate value beats a control value. */
export interface MannWhitneyTest {
  readonly status: 'ok';
  /** Pairs in which the control is larger, ties counted as a half. */
  readonly uControl: number;
  /** Pairs in which the candidate is larger, ties counted as a half. */
  readonly uCandidate: number;
  /** Share of pairs in which the candidate is larger, 0..1; a half means no difference. */
  readonly probabilityLarger: number;
  readonly hasTies: boolean;
  readonly method: 'exact' | 'asymptotic';
  /** Two-sided; exact without ties and at most 8 rows on a side, otherwise with continuity correction. */
  readonly pValue: number;
  /** With continuity correction. */
  readonly pAsymptotic: number;
  readonly pWithoutCorrection: number;
  /** Of the larger U, with continuity correction; null when all values are equal. */
  readonly zCorrected: number | null;
  /** Signed, without correction, positive when the candidate is larger; null when all values are equal. */
  readonly z: number | null;
}

const EXACT_ROWS = 8;

/**
 * Tests whether values of one sample tend to be larger than those of the other.
 *
 * @param control shape (k) distinct values with counts
 * @param candidate the same
 * @returns no result (empty) when a side has no rows
 * @source Mann & Whitney, Ann. Math. Stat. 18 (1947) 50; tie correction as in Lehmann, Nonparametrics (1975);
 *   golden values in test/golden (mann_whitney)
 * Cost: O(k control + k candidate).
 */
export function mannWhitney(
  control: EmpiricalDistribution,
  candidate: EmpiricalDistribution,
): MannWhitneyTest | NoResult {
  const [n1, n2] = [control.n, candidate.n];
  if (n1 === 0 || n2 === 0) return noResult('empty');
  const { uCandidate, tieCubes, distinct } = countPairs(control, candidate);
  const uControl = n1 * n2 - uCandidate;
  const hasTies = distinct < n1 + n2;
  const base = { uControl, uCandidate, probabilityLarger: uCandidate / (n1 * n2), hasTies };
  if (distinct === 1) {
    const one = { pValue: 1, pAsymptotic: 1, pWithoutCorrection: 1, zCorrected: null, z: null };
    return { status: 'ok', ...base, method: 'asymptotic', ...one };
  }
  const deviation = rankDeviation(n1, n2, tieCubes);
  const larger = Math.max(uControl, uCandidate);
  const zCorrected = (larger - (n1 * n2) / 2 - 0.5) / deviation;
  const z = (uCandidate - (n1 * n2) / 2) / deviation;
  const pAsymptotic = Math.min(1, 2 * normalSf(zCorrected));
  const isExact = !hasTies && Math.min(n1, n2) <= EXACT_ROWS;
  return {
    status: 'ok',
    ...base,
    method: isExact ? 'exact' : 'asymptotic',
    pValue: isExact ? mannWhitneyExactPValue(n1, n2, larger) : pAsymptotic,
    pAsymptotic,
    pWithoutCorrection: Math.min(1, 2 * normalSf(Math.abs(z))),
    zCorrected,
    z,
  };
}

/** Standard deviation of U under no difference, given the sum of t^3 - t over groups of tied values. */
export function rankDeviation(n1: number, n2: number, tieCubes: number): number {
  const n = n1 + n2;
  return Math.sqrt(((n1 * n2) / 12) * (n + 1 - tieCubes / (n * (n - 1))));
}

interface PairCounts {
  readonly uCandidate: number;
  /** Sum of t^3 - t over groups of equal values. */
  readonly tieCubes: number;
  /** Distinct values of both sides together. */
  readonly distinct: number;
}

/** One pass over both sides in ascending order. */
export function countPairs(
  control: EmpiricalDistribution,
  candidate: EmpiricalDistribution,
): PairCounts {
  let [i, j, distinct, uCandidate, tieCubes] = [0, 0, 0, 0, 0];
  while (i < control.values.length || j < candidate.values.length) {
    const x = control.values[i] ?? Infinity;
    const y = candidate.values[j] ?? Infinity;
    const before = i === 0 ? 0 : control.cumulative[i - 1]!;
    const rows1 = x <= y ? control.cumulative[i++]! - before : 0;
    const rows2 = y <= x ? candidate.cumulative[j]! - (candidate.cumulative[j - 1] ?? 0) : 0;
    if (y <= x) j++;
    uCandidate += rows2 * (before + rows1 / 2);
    const tied = rows1 + rows2;
    tieCubes += tied * (tied - 1) * (tied + 1);
    distinct++;
  }
  return { uCandidate, tieCubes, distinct };
}

/**
 * Exact two-sided p-value of U for samples without ties.
 *
 * @param larger the larger of the two U
 * @source Mann & Whitney (1947): counts by Gaussian binomial coefficients
 * Cost: O(n1 n2 min(n1, n2)).
 */
export function mannWhitneyExactPValue(n1: number, n2: number, larger: number): number {
  const [few, many] = n1 < n2 ? [n1, n2] : [n2, n1];
  const ways = new Float64Array(few * many + 1);
  ways[0] = 1;
  for (let i = 1; i <= few; i++) {
    for (let u = ways.length - 1; u >= many + i; u--) ways[u]! -= ways[u - many - i]!;
    for (let u = i; u < ways.length; u++) ways[u]! += ways[u - i]!;
  }
  let total = 0;
  let asLarge = 0;
  // The counts are symmetric: small U are counted instead of large ones, where no digit is lost.
  const smaller = few * many - larger;
  for (let u = 0; u < ways.length; u++) {
    total += ways[u]!;
    if (u <= smaller) asLarge += ways[u]!;
  }
  return Math.min(1, (2 * asLarge) / total);
}
