import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import type { OutputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatBytes, formatCount } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';

export type StagedTrainingData = OutputOf<Contract['registry.stageTrainingData']>;

export interface TrainingDataFieldProps {
  readonly staged: StagedTrainingData | null;
  readonly onStaged: (staged: StagedTrainingData | null) => void;
}

/** Takes the training-data file, hashes it and proposes the schema; the rows stay in the file. */
export function TrainingDataField({ staged, onStaged }: TrainingDataFieldProps) {
  const { run, progress, isRunning, error, cancel } = useCall('registry.stageTrainingData');
  async function stage(token: string | null): Promise<void> {
    const result = await run({ source: { token } });
    if (result.ok) onStaged(result.value);
  }
  return (
    <Stack gap="xs">
      {staged === null ? (
        <FileDrop
          label="Drop the training data here"
          accept="CSV, Parquet or Arrow. Its SHA-256 goes on record; the rows stay in your file."
          onToken={(token) => void stage(token)}
          onBrowse={() => void stage(null)}
          isBusy={isRunning}
        />
      ) : (
        <Paper p="sm" bg="var(--assay-surface)">
          <Group justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap" miw={0}>
              <IconFileCheck size={22} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />
              <div style={{ minWidth: 0 }}>
                <Text fw={600} truncate title={staged.file.fileName}>
                  {staged.file.fileName}
                </Text>
                <Group gap="xs">
                  <Text c="dimmed" className="assay-figures">
                    {formatCount(staged.nRows)} rows · {formatCount(staged.schema.length)} columns ·{' '}
                    {formatBytes(staged.file.sizeBytes)} · SHA-256
                  </Text>
                  <HashText hash={staged.file.sha256} of="training data" />
                </Group>
              </div>
            </Group>
            <Button variant="default" size="xs" onClick={() => onStaged(null)}>
              Choose another
            </Button>
          </Group>
        </Paper>
      )}
      {error !== null && <ErrorPanel error={error} />}
      <ProgressDialog
        opened={isRunning}
        title="Reading the training data"
        progress={progress}
        onCancel={cancel}
      />
    </Stack>
  );
}
