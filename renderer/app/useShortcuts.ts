import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { GO_KEYS } from './shortcuts';

interface ShortcutActions {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}

/** Two keys of a sequence belong together only when they follow this closely. */
const SEQUENCE_MS = 1200;

/** The window's own keys. Single letters are left alone while someone types or a dialog is open. */
export function useShortcuts(actions: ShortcutActions): void {
  const [, navigate] = useLocation();
  const latest = useRef({ ...actions, navigate });
  latest.current = { ...actions, navigate };
  const goPressedAtMs = useRef(0);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTakenElsewhere(event)) return;
      if (event.key === '?') latest.current.onHelp();
      const path = GO_KEYS[event.key];
      const isSequence = Date.now() - goPressedAtMs.current < SEQUENCE_MS;
      if (isSequence && path !== undefined) latest.current.navigate(path);
      goPressedAtMs.current = event.key === 'g' ? Date.now() : 0;
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

function isTakenElsewhere(event: KeyboardEvent): boolean {
  const { target } = event;
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'));
  return isTyping || document.querySelector('[role="dialog"]') !== null;
}
