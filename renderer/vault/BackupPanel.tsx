import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { WrittenBackup } from '../../shared/vault/backupChannels';
import { CopyButton } from '../ui/CopyButton';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatBytes, formatCount } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { StateBadge } from '../ui/StateBadge';
import { useCall } from '../ui/useCall';
import { BackupDialog } from './BackupDialog';
import { lastBackupSentence } from './backupWords';

/** How old the last backup is, and a way to make another. */
export function BackupPanel() {
  const { run: findLast, error } = useCall('vault.lastBackup');
  /** Null until core has answered. */
  const [age, setAge] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [written, setWritten] = useState<WrittenBackup | null>(null);

  const load = useCallback(async () => {
    const result = await findLast({});
    if (result.ok) setAge(lastBackupSentence(result.value, Date.now()));
  }, [findLast]);
  useEffect(() => void load(), [load]);

  function onWritten(backup: WrittenBackup): void {
    setIsAsking(false);
    setWritten(backup);
    void load();
  }

  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        One encrypted file with every record, the whole history and the keys of everyone who can
        sign in. Keep it on another disk: a workspace without a backup is lost with its disk.
      </Text>
      {age !== null && (
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {age}
        </Text>
      )}
      {error !== null && <ErrorPanel error={error} />}
      <Button
        leftSection={<IconDeviceFloppy size={16} aria-hidden />}
        variant="default"
        onClick={() => setIsAsking(true)}
      >
        Back up this workspace…
      </Button>
      {written !== null && <BackupResult written={written} />}
      <BackupDialog opened={isAsking} onClose={() => setIsAsking(false)} onWritten={onWritten} />
    </Stack>
  );
}

function BackupResult({ written }: { readonly written: WrittenBackup }) {
  const { path, sha256, sizeBytes, nEvents } = written;
  return (
    <Stack gap="xs" w="100%" aria-live="polite">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <StateBadge state="ok" label="Verified" />
        <Text>The file was read again, opened, and holds what the workspace holds.</Text>
      </Group>
      <KeyValue
        items={[
          {
            label: 'File',
            value: (
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Text style={{ overflowWrap: 'anywhere' }}>{path}</Text>
                <CopyButton text={path} size="compact-xs" style={{ flexShrink: 0 }} />
              </Group>
            ),
          },
          { label: 'Size', value: formatBytes(sizeBytes) },
          { label: 'Audit events', value: formatCount(nEvents) },
          { label: 'SHA-256', value: <HashText hash={sha256} of="backup" digits={32} /> },
        ]}
      />
      <Text>
        It opens with the passphrases of today. Who changes theirs later needs the old one for this
        file.
      </Text>
    </Stack>
  );
}
