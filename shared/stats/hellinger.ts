import { assertAligned, shares } from './shares';

/**
 * Hellinger distance between two sets of shares.
 *
 * @param reference bin counts in rows, shape (k), total > 0
 * @param live bin counts in rows on the same bins, shape (k), total > 0
 * @returns 0..1
 * @throws AppFailure INSUFFICIENT_DATA when either side has no rows
 * @throws RangeError when the shapes differ
 * @source Hellinger, J. reine angew. Math. 136 (1909) 210; golden values in test/golden
 *   (categorical: hellinger)
 * Cost: O(k).
 */
export function hellingerDistance(reference: readonly number[], live: readonly number[]): number {
  assertAligned(reference, live);
  const q = shares(live);
  const sum = shares(reference).reduce(
    (total, share, i) => total + (Math.sqrt(share) - Math.sqrt(q[i]!)) ** 2,
    0,
  );
  return Math.min(1, Math.sqrt(sum / 2));
}
