import { AppFailure } from '../ipc/errors';

/**
 * Turns counts into shares of their total.
 *
 * @param counts rows, >= 0, shape (k)
 * @param floor shares below this are raised to it, without renormalising
 * @returns shape (k), each floor..1
 * @throws AppFailure INSUFFICIENT_DATA when the total is 0
 */
export function shares(counts: readonly number[], floor = 0): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) throw new AppFailure('INSUFFICIENT_DATA', 'no rows', { n: 0, required: 1 });
  return counts.map((count) => Math.max(count / total, floor));
}

/** Refuses counts that are not on the same bins. */
export function assertAligned(reference: readonly number[], live: readonly number[]): void {
  if (reference.length !== live.length) throw new RangeError('bin counts differ in length');
}
