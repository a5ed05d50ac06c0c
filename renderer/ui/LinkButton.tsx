import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface LinkButtonProps {
  /** Route inside the application, e.g. `/models`. */
  readonly to: string;
  readonly children: ReactNode;
  /** Beside a button that matters more. */
  readonly isQuiet?: boolean;
  readonly leftSection?: ReactNode;
}

/** A link to another page in the weight of a button: the one next step of an empty page. */
export function LinkButton({ to, children, isQuiet = false, leftSection }: LinkButtonProps) {
  return (
    <Button
      component={Link}
      href={to}
      variant={isQuiet ? 'default' : 'filled'}
      leftSection={leftSection}
    >
      {children}
    </Button>
  );
}
