import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface TextLinkProps {
  /** Route inside the application, e.g. `/models`. */
  readonly to: string;
  readonly children: ReactNode;
  /** Where the place alone says that it is a link: a trail at the top of a page. */
  readonly isQuiet?: boolean;
  /** What happens beside going there. */
  readonly onClick?: () => void;
}

/** A link to another page of the application; underlined, so that colour is not its only mark. */
export function TextLink({ to, children, isQuiet = false, onClick }: TextLinkProps) {
  return (
    <Anchor
      component={Link}
      href={to}
      size="sm"
      underline={isQuiet ? 'hover' : 'always'}
      onClick={onClick}
    >
      {children}
    </Anchor>
  );
}
