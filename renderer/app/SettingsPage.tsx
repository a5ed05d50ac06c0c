import {
  Input,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { version } from '../../package.json';
import { DENSITIES, useDensityStore } from '../ui/densityStore';
import { formatDuration } from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { PageHeader } from '../ui/PageHeader';
import { useVaultStore } from '../vault/vaultStore';
import { WorkspaceCheckPanel } from '../vault/WorkspaceCheckPanel';
import { ShortcutTable } from './ShortcutsDialog';

const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
] as const;

/** How the window looks on this machine, and what this is. Nothing here is part of the record. */
export function SettingsPage() {
  return (
    <>
      <PageHeader
        title="Settings"
        sentence="How this window looks. These choices stay on this machine and are no part of the record."
      />
      <Stack gap="md" maw={720}>
        <LookSettings />
        <WorkspaceFacts />
        <Section title="Check">
          <WorkspaceCheckPanel />
        </Section>
        <Section title="Keyboard">
          <ShortcutTable />
        </Section>
        <Section title="About">
          <KeyValue
            items={[
              { label: 'Version', value: `Assay ${version}` },
              { label: 'Network', value: 'None: it makes no connection' },
            ]}
          />
        </Section>
      </Stack>
    </>
  );
}

function LookSettings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, setDensity } = useDensityStore();
  return (
    <Section title="Look">
      <Stack gap="md">
        <Input.Wrapper label="Theme" labelElement="div">
          <div>
            <SegmentedControl
              aria-label="Theme"
              data={[...THEMES]}
              value={colorScheme}
              onChange={(value) =>
                setColorScheme(THEMES.find((known) => known.value === value)?.value ?? 'auto')
              }
            />
          </div>
        </Input.Wrapper>
        <Input.Wrapper label="Density of tables" labelElement="div">
          <div>
            <SegmentedControl
              aria-label="Density of tables"
              data={DENSITIES.map((value) => ({
                value,
                label: value === 'compact' ? 'Compact' : 'Comfortable',
              }))}
              value={density}
              onChange={(value) =>
                setDensity(DENSITIES.find((known) => known === value) ?? 'comfortable')
              }
            />
          </div>
        </Input.Wrapper>
      </Stack>
    </Section>
  );
}

function WorkspaceFacts() {
  const status = useVaultStore((state) => state.status);
  if (status?.state !== 'unlocked') return null;
  const { workspace, person, autoLockAfterMs } = status;
  return (
    <Section title="Workspace">
      <KeyValue
        items={[
          { label: 'Name', value: workspace.name },
          { label: 'Folder', value: workspace.folder },
          { label: 'Signed in', value: `${person.printedName} (${person.roles.join(', ')})` },
          {
            label: 'Locks by itself',
            value: `after ${formatDuration(autoLockAfterMs)} without use`,
          },
        ]}
      />
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper bg="var(--assay-surface)">
      <Title order={2} mb="sm">
        {title}
      </Title>
      <Text component="div">{children}</Text>
    </Paper>
  );
}
