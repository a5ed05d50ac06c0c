import { Button, Group, List, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { WorkspaceCheck } from '../../shared/vault/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ProgressDialog } from '../ui/ProgressDialog';
import { StateBadge } from '../ui/StateBadge';
import { useCall } from '../ui/useCall';

/** Sweeps the open workspace on demand and lists what was looked at. */
export function WorkspaceCheckPanel() {
  const { run, progress, isRunning, error, cancel } = useCall('vault.check');
  const [check, setCheck] = useState<WorkspaceCheck | null>(null);

  async function start(): Promise<void> {
    const result = await run({});
    setCheck(result.ok ? result.value : null);
  }

  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        Looks at every page of the database, every event and every signature. Nothing is changed.
      </Text>
      <Button
        leftSection={<IconShieldCheck size={16} />}
        variant="default"
        onClick={() => void start()}
      >
        Check this workspace
      </Button>
      {error !== null && <ErrorPanel error={error} />}
      {check !== null && <CheckResult check={check} />}
      <ProgressDialog
        opened={isRunning}
        title="Checking the workspace"
        progress={progress}
        onCancel={cancel}
      />
    </Stack>
  );
}

function CheckResult({ check }: { readonly check: WorkspaceCheck }) {
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <StateBadge
          state={check.isIntact ? 'ok' : 'alert'}
          label={check.isIntact ? 'Intact' : 'Not intact'}
        />
      </Group>
      <List size="sm">
        {check.checks.map(({ title, isPassed, detail }) => (
          <List.Item key={title}>
            {isPassed ? 'Passed' : 'FAILED'}: {title}. {detail}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
