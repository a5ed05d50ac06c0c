import type { ReactNode } from 'react';

/** Text that is not broken over lines. */
export function Whole({ children }: { readonly children: ReactNode }) {
  return <span style={{ whiteSpace: 'nowrap' }}>{children}</span>;
}
