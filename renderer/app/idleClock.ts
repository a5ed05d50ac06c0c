/** The last part of the wait, in which the person is warned. */
const WARNING_MS = 60_000;

export type IdleState =
  | { readonly name: 'active' }
  | { readonly name: 'warning'; readonly secondsLeft: number }
  | { readonly name: 'over' };

/**
 * Where the wait for the automatic lock stands.
 *
 * @param idleMs time since the person last did anything
 * @param lockAfterMs when the workspace locks; the warning takes at most half of it
 */
export function idleState(idleMs: number, lockAfterMs: number): IdleState {
  const leftMs = lockAfterMs - idleMs;
  if (leftMs <= 0) return { name: 'over' };
  if (leftMs > Math.min(WARNING_MS, lockAfterMs / 2)) return { name: 'active' };
  return { name: 'warning', secondsLeft: Math.ceil(leftMs / 1000) };
}
