import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { StagedOutcomes } from '../../shared/performance/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { ProgressDialog } from '../ui/ProgressDialog';
import { StagedFacts } from '../ui/StagedFacts';
import { useCall } from '../ui/useCall';
import { OutcomeFields } from './OutcomeFields';
import { usePerformanceStore } from './performanceStore';

/** Takes outcomes that come after their predictions, and measures every window they belong to. */
export function ImportOutcomes({ modelId }: { readonly modelId: string }) {
  const inspect = useCall('performance.inspectOutcomes');
  const [staged, setStaged] = useState<StagedOutcomes | null>(null);
  async function stage(token: string | null): Promise<void> {
    const result = await inspect.run({ modelId, source: { token } });
    if (result.ok) setStaged(result.value);
  }
  return (
    <Stack gap="sm">
      <FileDrop
        label="Drop outcomes here"
        accept="CSV, Parquet or Arrow: the identifier of the prediction and what came true. Joined with every window that is kept for it."
        browseLabel="Import outcomes…"
        onToken={(token) => void stage(token)}
        onBrowse={() => void stage(null)}
        isBusy={inspect.isRunning}
      />
      {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the outcomes"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
      <Modal
        opened={staged !== null}
        onClose={() => setStaged(null)}
        title="Import outcomes"
        size="xl"
        closeOnClickOutside={false}
      >
        {staged !== null && (
          <OutcomeForm
            key={staged.stageId}
            modelId={modelId}
            staged={staged}
            onClose={() => setStaged(null)}
          />
        )}
      </Modal>
    </Stack>
  );
}

interface OutcomeFormProps {
  readonly modelId: string;
  readonly staged: StagedOutcomes;
  readonly onClose: () => void;
}

function OutcomeForm({ modelId, staged, onClose }: OutcomeFormProps) {
  const join = useCall('performance.importOutcomes');
  const forget = usePerformanceStore((state) => state.forget);
  const [columns, setColumns] = useState(staged.proposal);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (join.isRunning) return;
    const result = await join.run({ modelId, stageId: staged.stageId, columns });
    if (!result.ok) return;
    forget(modelId);
    onClose();
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <StagedFacts staged={staged} />
        <OutcomeFields
          columns={columns}
          names={staged.columns.map(({ name }) => name)}
          onChange={setColumns}
        />
        {join.error !== null && <ErrorPanel error={join.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Join and measure</Button>
        </Group>
      </Stack>
      <ProgressDialog
        opened={join.isRunning}
        title="Joining outcomes"
        progress={join.progress}
        onCancel={join.cancel}
      />
    </form>
  );
}
