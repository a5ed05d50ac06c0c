import { deviance } from './deviance';
import { assertAligned, shares } from './shares';

/**
 * Jensen-Shannon distance in base 2: 0 for equal distributions, 1 for disjoint ones.
 *
 * It is the square root of the divergence, so it obeys the triangle inequality.
 *
 * @param reference bin counts in rows, shape (k), total > 0
 * @param live bin counts in rows on the same bins, shape (k), total > 0
 * @returns 0..1; exactly 0 when the shares are equal
 * @throws AppFailure INSUFFICIENT_DATA when either side has no rows
 * @throws RangeError when the shapes differ
 * @source Endres & Schindelin, IEEE Trans. Inf. Theory 49 (2003) 1858; golden values in
 *   test/golden (categorical, psi)
 * Cost: O(k).
 */
export function jensenShannonDistance(
  reference: readonly number[],
  live: readonly number[],
): number {
  assertAligned(reference, live);
  const p = shares(reference);
  const q = shares(live);
  let nats = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i]! + q[i]!) / 2;
    if (middle === 0) continue;
    const halfGap = (p[i]! - q[i]!) / 2;
    // Each part is >= 0, so no rounding can push the sum below 0 before the square root.
    nats += deviance(p[i]!, middle, halfGap) + deviance(q[i]!, middle, -halfGap);
  }
  return Math.min(1, Math.sqrt(nats / 2 / Math.LN2));
}
