import { Input, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { version } from '../../package.json';
import { DENSITIES, useDensityStore } from '../ui/densityStore';
import { formatDuration } from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { rolesText } from '../vault/peopleWords';
import { useVaultStore } from '../vault/vaultStore';
import { SettingsSection } from './SettingsSection';
import { ShortcutTable } from './ShortcutsDialog';

const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
] as const;

/** How the window looks on this machine, and what this is. Nothing here is part of the record. */
export function GeneralSettings() {
  return (
    <Stack gap="md" maw={720}>
      <Text size="md">
        How this window looks. These choices stay on this machine and are no part of the record.
      </Text>
      <LookSettings />
      <WorkspaceFacts />
      <SettingsSection title="Keyboard">
        <ShortcutTable />
      </SettingsSection>
      <SettingsSection title="About">
        <KeyValue
          items={[
            { label: 'Version', value: `Assay ${version}` },
            { label: 'Network', value: 'None: it makes no connection' },
          ]}
        />
      </SettingsSection>
    </Stack>
  );
}

function LookSettings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, setDensity } = useDensityStore();
  return (
    <SettingsSection title="Look">
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
    </SettingsSection>
  );
}

function WorkspaceFacts() {
  const status = useVaultStore((state) => state.status);
  if (status?.state !== 'unlocked') return null;
  const { workspace, person, autoLockAfterMs } = status;
  return (
    <SettingsSection title="Workspace">
      <KeyValue
        items={[
          { label: 'Name', value: workspace.name },
          { label: 'Folder', value: workspace.folder },
          { label: 'Signed in', value: `${person.printedName} (${rolesText(person.roles)})` },
          {
            label: 'Locks by itself',
            value: `after ${formatDuration(autoLockAfterMs)} without use`,
          },
        ]}
      />
    </SettingsSection>
  );
}
