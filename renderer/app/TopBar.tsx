import {
  ActionIcon,
  Button,
  Group,
  Kbd,
  Popover,
  Text,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import {
  IconHelp,
  IconLock,
  IconMoon,
  IconPlugConnectedX,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import { useAuditStore } from '../audit/auditStore';
import { chainFinding } from '../audit/verificationWords';
import { BrandMark } from '../ui/BrandMark';
import { StateBadge } from '../ui/StateBadge';
import { useVaultStore } from '../vault/vaultStore';
import type { UnlockedStatus } from './Frame';
import { PersonMenu } from './PersonMenu';

interface TopBarProps {
  readonly status: UnlockedStatus;
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}

/** Where one is, as whom, and whether the record is whole. */
export function TopBar({ status, onPalette, onHelp }: TopBarProps) {
  const { workspace, person, isSample } = status;
  const lock = useVaultStore((state) => state.lock);
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <BrandMark />
        <Text fw={600} truncate title={workspace.folder} maw={240}>
          {workspace.name}
        </Text>
        {isSample && <StateBadge state="unknown" label="Sample: public passphrase" />}
        {workspace.isReadOnly && <StateBadge state="watch" label="Read only" />}
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={<Kbd size="xs">Ctrl K</Kbd>}
          onClick={onPalette}
        >
          Go to…
        </Button>
        <ChainMark />
        <OfflineMark />
        <PersonMenu person={person} />
        <ThemeButton />
        <Tooltip label="Keyboard shortcuts">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Keyboard shortcuts"
            onClick={onHelp}
          >
            <IconHelp size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconLock size={14} aria-hidden />}
          onClick={() => void lock('person')}
        >
          Lock
        </Button>
      </Group>
    </Group>
  );
}

/** Whether the chain of audit events is whole; leads to the audit page. */
function ChainMark() {
  const chain = useAuditStore((state) => state.chain);
  const chainError = useAuditStore((state) => state.chainError);
  const finding = chain === null ? null : chainFinding(chain);
  const pending = chainError === null ? 'Verifying…' : 'Not verified';
  const label = finding?.label ?? pending;
  return (
    <Tooltip label={finding?.sentence ?? 'The chain of audit events'} multiline maw={360}>
      <UnstyledButton component={Link} href="/audit" aria-label={`${label}: audit chain`}>
        <StateBadge state={finding?.state ?? 'unknown'} label={label} />
      </UnstyledButton>
    </Tooltip>
  );
}

function OfflineMark() {
  return (
    <Popover width={320} position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlugConnectedX size={15} aria-hidden />}
        >
          Offline
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text>
          Assay is always offline. It makes no network connection, looks up no address and needs no
          server: everything it knows is in this workspace on this machine, and leaves it only as a
          file that you write.
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}

function ThemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const next = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  return (
    <Tooltip label={`Use the ${next} theme`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Use the ${next} theme`}
        onClick={() => setColorScheme(next)}
      >
        {next === 'dark' ? <IconMoon size={18} aria-hidden /> : <IconSun size={18} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
