import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export interface SettingsSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** One titled part of a tab of Settings. */
export function SettingsSection({ title, children }: SettingsSectionProps) {
  return (
    <Paper bg="var(--assay-surface)">
      <Title order={2} mb="sm">
        {title}
      </Title>
      <Text component="div">{children}</Text>
    </Paper>
  );
}
