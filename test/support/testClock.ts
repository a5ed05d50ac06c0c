/** A wall clock that only moves when told. */
export interface TestClock {
  nowMs(): number;
  advance(durationMs: number): void;
}

export function testClock(startUtc = '2026-01-02T03:04:05.000Z'): TestClock {
  let nowMs = Date.parse(startUtc);
  return {
    nowMs: () => nowMs,
    advance: (durationMs) => void (nowMs += durationMs),
  };
}
