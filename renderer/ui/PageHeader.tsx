import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

export interface PageHeaderProps {
  readonly title: string;
  /** The finding in one plain sentence, generated from the figures. */
  readonly sentence?: ReactNode;
  /** Where this page belongs, above the title: links back. */
  readonly context?: ReactNode;
  readonly actions?: ReactNode;
}

/** Title, sentence and actions of a page; the only `h1` on it. */
export function PageHeader({ title, sentence, context, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="lg" mb="md">
      <Stack gap={4} miw={0}>
        {context !== undefined && <div>{context}</div>}
        <Title order={1} id="page-title" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {sentence !== undefined && (
          <Text size="md" maw="86ch" component="div" className="assay-figures">
            {sentence}
          </Text>
        )}
      </Stack>
      {actions !== undefined && (
        <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
          {actions}
        </Group>
      )}
    </Group>
  );
}
