import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { InspectedBackup } from '../../shared/vault/backupChannels';
import { EntranceFrame } from '../ui/EntranceFrame';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatBytes } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { ProgressDialog } from '../ui/ProgressDialog';
import { Sentence } from '../ui/Sentence';
import { TimeText } from '../ui/TimeText';
import { useCall } from '../ui/useCall';
import { backupSentence } from './backupWords';
import { RestoreForm } from './RestoreForm';

/** Restores a backup into an empty folder: the file, what it is, then where to and who. */
export function RestorePage() {
  const inspect = useCall('vault.inspectBackup');
  const [backup, setBackup] = useState<InspectedBackup | null>(null);
  useEffect(() => {
    document.title = 'Restore from a backup · Assay';
  }, []);

  async function onFile(token: string | null): Promise<void> {
    const result = await inspect.run({ source: { token } });
    if (result.ok) setBackup(result.value);
    else if (result.error.code !== 'CANCELLED') setBackup(null);
  }

  return (
    <EntranceFrame width={640}>
      <Stack gap="md">
        <div>
          <Anchor component={Link} href="/" size="sm">
            ← Back
          </Anchor>
          <Title order={1}>Restore from a backup</Title>
          <Text mt={4} component="div" aria-live="polite">
            {backup === null ? (
              'A backup becomes a workspace of its own in an empty folder. No workspace that you have is touched.'
            ) : (
              <Sentence text={backupSentence(backup)} />
            )}
          </Text>
        </div>
        <FileDrop
          label={backup === null ? 'Drop a backup here' : backup.fileName}
          accept="A file that ends with .assaybackup. It is only read, never changed."
          browseLabel={backup === null ? 'Choose a file…' : 'Choose another…'}
          isBusy={inspect.isRunning}
          onToken={(token) => void onFile(token)}
          onBrowse={() => void onFile(null)}
        />
        {inspect.error !== null && <ErrorPanel error={inspect.error} />}
        {backup !== null && (
          <Paper p="lg" bg="var(--assay-surface)">
            <Stack gap="md">
              <BackupFacts backup={backup} />
              {/* Made anew for each file, so that nothing typed for one is used for another. */}
              <RestoreForm key={backup.stageId} backup={backup} />
            </Stack>
          </Paper>
        )}
      </Stack>
      <ProgressDialog
        opened={inspect.isRunning && inspect.progress !== null}
        title="Reading the backup"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
    </EntranceFrame>
  );
}

function BackupFacts({ backup }: { readonly backup: InspectedBackup }) {
  const { createdAtUtc, appVersion, schemaVersion, sizeBytes, sha256, people } = backup;
  return (
    <Group align="flex-start">
      <KeyValue
        items={[
          { label: 'Made at', value: <TimeText instant={createdAtUtc} /> },
          { label: 'Made by', value: `Assay ${appVersion}, data format ${schemaVersion}` },
          { label: 'Opens for', value: people.map(({ printedName }) => printedName).join(', ') },
          { label: 'Size', value: formatBytes(sizeBytes) },
          { label: 'SHA-256', value: <HashText hash={sha256} of="backup" digits={32} /> },
        ]}
      />
    </Group>
  );
}
