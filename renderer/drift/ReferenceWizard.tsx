import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { StagedTable } from '../../shared/drift/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { chosenColumns, countRoles, problemWithColumns, type ColumnChoices } from './columnChoice';
import { chunkChoiceOf, problemWithChunks, type ChunkDraft } from './chunkDraft';
import { ChunkFields } from './ChunkFields';
import { ColumnTable } from './ColumnTable';
import { useDriftStore } from './driftStore';
import { StagedFacts } from '../ui/StagedFacts';

export interface ReferenceWizardProps {
  readonly opened: boolean;
  readonly versionId: string;
  readonly onClose: () => void;
}

/** Takes a file, lets the person correct what its columns are, and freezes the reference profile. */
export function ReferenceWizard({ opened, versionId, onClose }: ReferenceWizardProps) {
  const [isBusy, setIsBusy] = useState(false);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Freeze the reference profile"
      size={1080}
      closeOnEscape={!isBusy}
      closeOnClickOutside={false}
    >
      {opened && <WizardBody versionId={versionId} onClose={onClose} onBusy={setIsBusy} />}
    </Modal>
  );
}

interface WizardBodyProps extends Omit<ReferenceWizardProps, 'opened'> {
  readonly onBusy: (isBusy: boolean) => void;
}

function WizardBody({ versionId, onClose, onBusy }: WizardBodyProps) {
  const inspect = useCall('drift.inspectReference');
  const [staged, setStaged] = useState<StagedTable | null>(null);

  async function stage(token: string | null): Promise<void> {
    onBusy(true);
    const result = await inspect.run({ versionId, source: { token } });
    onBusy(false);
    if (result.ok) setStaged(result.value);
  }

  if (staged !== null) {
    return (
      <ColumnStep
        key={staged.stageId}
        versionId={versionId}
        staged={staged}
        onBack={() => setStaged(null)}
        onClose={onClose}
        onBusy={onBusy}
      />
    );
  }
  return (
    <Stack>
      <Text>
        The reference is the yardstick of every later comparison: the data that this version was
        trained on, or a window in which it worked well. Once frozen it is not changed; what is kept
        is each column's distribution and the file's SHA-256, never rows.
      </Text>
      <FileDrop
        label="Drop the reference file here"
        accept="CSV, Parquet, Arrow IPC file or stream, with one column per feature"
        onToken={(token) => void stage(token)}
        onBrowse={() => void stage(null)}
        isBusy={inspect.isRunning}
      />
      {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the columns"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
    </Stack>
  );
}

interface ColumnStepProps extends WizardBodyProps {
  readonly staged: StagedTable;
  readonly onBack: () => void;
}

function ColumnStep({ versionId, staged, onBack, onClose, onBusy }: ColumnStepProps) {
  const freeze = useCall('drift.freezeReference');
  const keepReference = useDriftStore((state) => state.keepReference);
  const [choices, setChoices] = useState<ColumnChoices>({});
  const [chunkDraft, setChunkDraft] = useState<ChunkDraft>({ rowsPerChunk: '', order: null });
  const columns = chosenColumns(staged.columns, choices);
  const chunks = chunkChoiceOf(chunkDraft, columns, staged.nRows);
  const problem = problemWithColumns(columns) ?? problemWithChunks(chunkDraft, staged.nRows);

  async function onFreeze(): Promise<void> {
    onBusy(true);
    const result = await freeze.run({
      versionId,
      stageId: staged.stageId,
      columns: [...columns],
      chunks,
    });
    onBusy(false);
    if (!result.ok) return;
    keepReference(result.value);
    onClose();
  }

  return (
    <Stack gap="sm">
      <StagedFacts staged={staged} />
      <Text>
        {rolesSentence(countRoles(columns))} Correct what Assay took wrongly: a code or an
        identifier is not a measurement.
      </Text>
      <ColumnTable columns={staged.columns} choices={choices} onChange={setChoices} />
      <ChunkFields
        draft={chunkDraft}
        columns={columns}
        nRows={staged.nRows}
        onChange={(part) => setChunkDraft({ ...chunkDraft, ...part })}
      />
      {freeze.error !== null && <ErrorPanel error={freeze.error} />}
      <Group justify="flex-end">
        {problem !== null && (
          <Text c="error" role="status">
            {problem}
          </Text>
        )}
        <Button variant="default" onClick={onBack}>
          Choose another file
        </Button>
        <Button disabled={problem !== null} onClick={() => void onFreeze()}>
          Freeze reference
        </Button>
      </Group>
      <ProgressDialog
        opened={freeze.isRunning}
        title="Freezing the reference profile"
        progress={freeze.progress}
        onCancel={freeze.cancel}
      />
    </Stack>
  );
}

function rolesSentence(counts: ReturnType<typeof countRoles>): string {
  const nIgnored = counts.id + counts.ignored;
  return (
    `${formatNoun(counts.feature, 'feature')}, ${formatNoun(counts.prediction, 'prediction')} and ` +
    `${formatNoun(counts.label, 'label')} will be compared; ${formatCount(nIgnored)} left out.`
  );
}
