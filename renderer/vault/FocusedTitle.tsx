import { Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

/** The title of a step inside a dialog; keyboard and screen reader go on from it when the step opens. */
export function FocusedTitle({ children }: { readonly children: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <Title
      ref={title}
      order={3}
      tabIndex={-1}
      data-autofocus
      mb={6}
      style={{ outline: 'none', overflowWrap: 'anywhere' }}
    >
      {children}
    </Title>
  );
}
