import { useEffect, useRef, useState } from 'react';
import { noteActivity } from '../api/noteActivity';
import { idleState, type IdleState } from './idleClock';

const ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'dragover'] as const;
const TICK_MS = 1000;
/** Core keeps a clock of its own, and hears of activity this often. */
const TELL_EVERY_MS = 20_000;

/** Calls `lock` once nobody has touched the window for that long; tells when it is about to. */
export function useIdleLock(lockAfterMs: number, lock: () => void): IdleState {
  const [state, setState] = useState<IdleState>({ name: 'active' });
  const lastActiveMs = useRef(0);
  const isOver = state.name === 'over';
  useEffect(() => {
    lastActiveMs.current = Date.now();
    let toldMs = 0;
    const onActivity = (): void => {
      lastActiveMs.current = Date.now();
      if (lastActiveMs.current - toldMs < TELL_EVERY_MS) return;
      toldMs = lastActiveMs.current;
      noteActivity();
    };
    const tick = (): void => {
      const next = idleState(Date.now() - lastActiveMs.current, lockAfterMs);
      setState((shown) => (shown.name === 'active' && next.name === 'active' ? shown : next));
    };
    for (const type of ACTIVITY)
      addEventListener(type, onActivity, { capture: true, passive: true });
    const timer = setInterval(tick, TICK_MS);
    return () => {
      for (const type of ACTIVITY) removeEventListener(type, onActivity, { capture: true });
      clearInterval(timer);
    };
  }, [lockAfterMs]);
  useEffect(() => {
    if (isOver) lock();
  }, [isOver, lock]);
  return state;
}
