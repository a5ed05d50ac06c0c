import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface TextLinkProps {
  /** Route inside the application, e.g. `/models`. */
  readonly to: string;
  readonly children: ReactNode;
}

/** A link to another page of the application. */
export function TextLink({ to, children }: TextLinkProps) {
  return (
    <Anchor component={Link} href={to} inherit underline="hover">
      {children}
    </Anchor>
  );
}
