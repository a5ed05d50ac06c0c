import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly title: string;
  /** What this page is for and what to bring. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** A page without records yet: it teaches what the page is for and offers the one next step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Paper p="xl" bg="var(--assay-surface)">
      <Stack gap="sm" maw="68ch" align="flex-start">
        <Title order={2}>{title}</Title>
        <Text component="div">{children}</Text>
        {action !== undefined && <div>{action}</div>}
      </Stack>
    </Paper>
  );
}
