import { assertAligned, shares } from './shares';

/**
 * Total variation distance: the share of rows that would have to change bin.
 *
 * @param reference bin counts in rows, shape (k), total > 0
 * @param live bin counts in rows on the same bins, shape (k), total > 0
 * @returns 0..1
 * @throws AppFailure INSUFFICIENT_DATA when either side has no rows
 * @throws RangeError when the shapes differ
 * @source Levin & Peres, Markov Chains and Mixing Times (2017), 4.1; golden values in test/golden
 *   (categorical: tv)
 * Cost: O(k).
 */
export function totalVariation(reference: readonly number[], live: readonly number[]): number {
  const sum = shareGaps(reference, live).reduce((total, gap) => total + gap, 0);
  return Math.min(1, sum / 2);
}

/**
 * Largest change of a single share (the L-infinity distance).
 *
 * @param reference bin counts in rows, shape (k), total > 0
 * @param live bin counts in rows on the same bins, shape (k), total > 0
 * @returns 0..1
 * @throws as totalVariation
 * @source golden values in test/golden (categorical: linf)
 * Cost: O(k).
 */
export function largestShareChange(reference: readonly number[], live: readonly number[]): number {
  return shareGaps(reference, live).reduce((largest, gap) => Math.max(largest, gap), 0);
}

function shareGaps(reference: readonly number[], live: readonly number[]): number[] {
  assertAligned(reference, live);
  const q = shares(live);
  return shares(reference).map((share, i) => Math.abs(share - q[i]!));
}
