import { useCallback, useEffect, useState } from 'react';

const TICK_MS = 250;

/** Counts down to 0; `start` sets it going. Returns whole seconds, rounded up. */
export function useCountdown(initialMs = 0): {
  readonly secondsLeft: number;
  readonly start: (durationMs: number) => void;
} {
  const [endsAtMs, setEndsAtMs] = useState(() => Date.now() + initialMs);
  const [nowMs, setNowMs] = useState(() => Date.now());
  const isOver = nowMs >= endsAtMs;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isOver]);
  const start = useCallback((durationMs: number) => {
    setNowMs(Date.now());
    setEndsAtMs(Date.now() + durationMs);
  }, []);
  return { secondsLeft: Math.max(0, Math.ceil((endsAtMs - nowMs) / 1000)), start };
}
