import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdleLock, type IdleLock } from '../../electron/app/idleLock';

const AFTER_MS = 600_000;

describe("core's own clock", () => {
  let nLocks = 0;
  let idle: IdleLock;
  beforeEach(() => {
    vi.useFakeTimers();
    nLocks = 0;
    idle = createIdleLock(AFTER_MS, () => void (nLocks += 1));
  });
  afterEach(() => {
    idle.close();
    vi.useRealTimers();
  });

  it('locks a minute after the window should have, and not before', () => {
    vi.advanceTimersByTime(AFTER_MS + 59_000);
    expect(nLocks).toBe(0);
    vi.advanceTimersByTime(4_000);
    expect(nLocks).toBe(1);
  });

  it('begins again with every sign of a person', () => {
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(AFTER_MS);
      idle.noteActivity();
    }
    expect(nLocks).toBe(0);
  });

  it('waits while something runs for a person', () => {
    idle.noteRunning(1);
    vi.advanceTimersByTime(3 * AFTER_MS);
    expect(nLocks).toBe(0);
    idle.noteRunning(-1);
    vi.advanceTimersByTime(AFTER_MS + 62_000);
    expect(nLocks).toBe(1);
  });
});
