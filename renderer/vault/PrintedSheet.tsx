import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import classes from './PrintedSheet.module.css';

/** What the print command puts on paper while this is there; the screen does not show it. */
export function PrintedSheet({ children }: { readonly children: ReactNode }) {
  return createPortal(
    <div data-printed-sheet className={classes.sheet}>
      {children}
    </div>,
    document.body,
  );
}
