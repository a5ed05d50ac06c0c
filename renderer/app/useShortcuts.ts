import { useEffect, useEffectEvent, useRef } from 'react';
import { useLocation } from 'wouter';
import { GO_KEYS } from './shortcuts';

interface ShortcutActions {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}

/** Two keys of a sequence belong together only when they follow this closely. */
const SEQUENCE_MS = 1200;

/** The window's own keys. Single letters are left alone while someone types or a dialog is open. */
export function useShortcuts({ onPalette, onHelp }: ShortcutActions): void {
  const [, navigate] = useLocation();
  const goPressedAtMs = useRef(0);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      onPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTakenElsewhere(event)) return;
    if (event.key === '?') onHelp();
    const path = GO_KEYS[event.key];
    const isSequence = Date.now() - goPressedAtMs.current < SEQUENCE_MS;
    if (isSequence && path !== undefined) navigate(path);
    goPressedAtMs.current = event.key === 'g' ? Date.now() : 0;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}

function isTakenElsewhere(event: KeyboardEvent): boolean {
  const { target } = event;
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'));
  return isTyping || document.querySelector('[role="dialog"]') !== null;
}
