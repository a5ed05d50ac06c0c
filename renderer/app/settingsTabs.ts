export const SETTINGS_TABS = [
  { key: 'general', path: '/settings', label: 'General' },
  { key: 'people', path: '/settings/people', label: 'People' },
  { key: 'roles', path: '/settings/roles', label: 'Roles' },
  { key: 'access', path: '/settings/access', label: 'My access' },
  { key: 'recovery', path: '/settings/recovery', label: 'Recovery & backup' },
  { key: 'intake', path: '/settings/intake', label: 'Watched folder' },
  { key: 'check', path: '/settings/check', label: 'Check' },
] as const;

export type SettingsTab = (typeof SETTINGS_TABS)[number];

/**
 * The tab of Settings that a path's last part names.
 *
 * @param part undefined where the path ends with `/settings`
 * @returns null when there is no such tab
 */
export function settingsTabOf(part: string | undefined): SettingsTab | null {
  const path = part === undefined ? '/settings' : `/settings/${part}`;
  return SETTINGS_TABS.find((tab) => tab.path === path) ?? null;
}
