/** Locks by itself; the window has a clock of its own, but a window that hangs or lies must not keep a workspace open. */
export interface IdleLock {
  /** Something came from a person: a call, or a sign that they are there. */
  noteActivity(): void;
  /** While something runs for a person, they are waiting and not away. */
  noteRunning(change: 1 | -1): void;
  close(): void;
}

/** Core's clock goes off after the window's, which warns first. */
const GRACE_MS = 60_000;
const CHECK_EVERY_MS = 5_000;

/**
 * Calls `lock` once nobody has given a sign for `afterMs` and a minute more.
 *
 * Counts on a clock that cannot be set back.
 *
 * @param lock called again at every check until there is activity; must do nothing while locked
 */
export function createIdleLock(afterMs: number, lock: () => void): IdleLock {
  let lastMs = performance.now();
  let nRunning = 0;
  const timer = setInterval(() => {
    if (nRunning === 0 && performance.now() - lastMs >= afterMs + GRACE_MS) lock();
  }, CHECK_EVERY_MS);
  timer.unref();
  return {
    noteActivity: () => void (lastMs = performance.now()),
    noteRunning(change) {
      nRunning += change;
      lastMs = performance.now();
    },
    close: () => clearInterval(timer),
  };
}
