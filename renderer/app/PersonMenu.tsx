import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconLock, IconUserCircle, IconUsers } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Person } from '../../shared/vault/person';
import { useVaultStore } from '../vault/vaultStore';

/** Who is signed in, and what that person can do about it. */
export function PersonMenu({ person }: { readonly person: Person }) {
  const { printedName, roles } = person;
  const lock = useVaultStore((state) => state.lock);
  const role = roles.length === 1 ? roles[0] : `${roles.length} roles`;
  return (
    <Menu position="bottom-end" width={260} withArrow>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          maw={220}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          <Text span truncate c="var(--mantine-color-text)">
            <b>{printedName}</b>{' '}
            <Text span c="dimmed">
              {role}
            </Text>
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {printedName}: {roles.join(', ')}
        </Menu.Label>
        <Menu.Item
          component={Link}
          href="/settings/access"
          leftSection={<IconUserCircle size={16} aria-hidden />}
        >
          My access
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUsers size={16} aria-hidden />}
          onClick={() => void lock('person')}
        >
          Switch person…
          <Text size="xs" c="dimmed">
            Locks first; then another person signs in.
          </Text>
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLock size={16} aria-hidden />}
          onClick={() => void lock('person')}
        >
          Lock
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
