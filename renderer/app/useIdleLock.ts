import { useEffect, useRef, useState } from 'react';
import { idleState, type IdleState } from './idleClock';

const ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'dragover'] as const;
const TICK_MS = 1000;

/** Calls `lock` once nobody has touched the window for that long; tells when it is about to. */
export function useIdleLock(lockAfterMs: number, lock: () => void): IdleState {
  const [state, setState] = useState<IdleState>({ name: 'active' });
  const lastActiveMs = useRef(0);
  const isOver = state.name === 'over';
  useEffect(() => {
    lastActiveMs.current = Date.now();
    const onActivity = (): void => {
      lastActiveMs.current = Date.now();
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
