import { Stack, Tabs } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { WatchedFolderPanel } from '../intake/WatchedFolderPanel';
import { PageHeader } from '../ui/PageHeader';
import { BackupPanel } from '../vault/BackupPanel';
import { MyAccessPanel } from '../vault/MyAccessPanel';
import { PeoplePanel } from '../vault/PeoplePanel';
import { RecoveryPanel } from '../vault/RecoveryPanel';
import { RoleMatrixPanel } from '../vault/RoleMatrixPanel';
import { WorkspaceCheckPanel } from '../vault/WorkspaceCheckPanel';
import { GeneralSettings } from './GeneralSettings';
import { SettingsSection } from './SettingsSection';
import { SETTINGS_TABS, type SettingsTab } from './settingsTabs';

const PANELS: Readonly<Record<SettingsTab['key'], () => ReactNode>> = {
  general: () => <GeneralSettings />,
  people: () => <PeoplePanel />,
  roles: () => <RoleMatrixPanel />,
  access: () => <MyAccessPanel />,
  recovery: () => <RecoveryAndBackup />,
  intake: () => <WatchedFolderPanel />,
  check: () => (
    <Stack maw={720}>
      <SettingsSection title="Check">
        <WorkspaceCheckPanel />
      </SettingsSection>
    </Stack>
  ),
};

/** This window, the people of the workspace and their access; the address names the tab. */
export function SettingsPage({ tab }: { readonly tab: SettingsTab }) {
  const [, navigate] = useLocation();
  useEffect(() => {
    document.title = `${tab.label} · Settings · Assay`;
  }, [tab.label]);
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs
        value={tab.key}
        keepMounted={false}
        // A tab is an address: arrows look for it, Enter goes there.
        activateTabWithKeyboard={false}
        onChange={(key) => {
          const path = SETTINGS_TABS.find((known) => known.key === key)?.path;
          if (path !== undefined) navigate(path);
        }}
      >
        <Tabs.List mb="md" aria-label="Settings">
          {SETTINGS_TABS.map(({ key, label }) => (
            <Tabs.Tab key={key} value={key}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SETTINGS_TABS.map(({ key }) => (
          <Tabs.Panel key={key} value={key}>
            {PANELS[key]()}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

function RecoveryAndBackup() {
  return (
    <Stack gap="md" maw={720}>
      <SettingsSection title="Recovery kit">
        <RecoveryPanel />
      </SettingsSection>
      <SettingsSection title="Backup">
        <BackupPanel />
      </SettingsSection>
    </Stack>
  );
}
