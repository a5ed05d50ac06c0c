import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { OutcomeColumns } from '../../shared/performance/predictionLog';
import type { StagedLog, StagedOutcomes } from '../../shared/performance/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { ProgressDialog } from '../ui/ProgressDialog';
import { StagedFacts } from '../ui/StagedFacts';
import { useCall } from '../ui/useCall';
import { draftObstacle, draftOf, taskOf } from './logDraft';
import { LogFields } from './LogFields';
import { OutcomeFields } from './OutcomeFields';
import { usePerformanceStore } from './performanceStore';

interface ImportLogProps {
  readonly modelId: string;
  readonly versionId: string;
}

/** Takes a prediction log by button or drop, asks which column is what, and measures it. */
export function ImportLog({ modelId, versionId }: ImportLogProps) {
  const inspect = useCall('performance.inspectLog');
  const [staged, setStaged] = useState<StagedLog | null>(null);
  async function stage(token: string | null): Promise<void> {
    const result = await inspect.run({ versionId, source: { token } });
    if (result.ok) setStaged(result.value);
  }
  return (
    <Stack gap="sm">
      <FileDrop
        label="Drop a prediction log here"
        accept="CSV, Parquet or Arrow: an identifier and a score or prediction per row; outcomes may come later. Rows stay in your file."
        browseLabel="Import predictions…"
        onToken={(token) => void stage(token)}
        onBrowse={() => void stage(null)}
        isBusy={inspect.isRunning}
      />
      {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the log"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
      <Modal
        opened={staged !== null}
        onClose={() => setStaged(null)}
        title="Import predictions"
        size="xl"
        closeOnClickOutside={false}
      >
        {staged !== null && (
          <LogForm
            key={staged.stageId}
            modelId={modelId}
            versionId={versionId}
            staged={staged}
            onClose={() => setStaged(null)}
          />
        )}
      </Modal>
    </Stack>
  );
}

interface LogFormProps extends ImportLogProps {
  readonly staged: StagedLog;
  readonly onClose: () => void;
}

interface ChosenOutcomes {
  readonly staged: StagedOutcomes;
  readonly columns: OutcomeColumns;
}

function LogForm({ modelId, versionId, staged, onClose }: LogFormProps) {
  const measure = useCall('performance.importLog');
  const forget = usePerformanceStore((state) => state.forget);
  const [draft, setDraft] = useState(() => draftOf(staged));
  const [outcomes, setOutcomes] = useState<ChosenOutcomes | null>(null);
  const obstacle = draftObstacle(draft);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (obstacle !== null || measure.isRunning) return;
    const { label, periodStart, periodEnd, isBaseline, columns, currency } = draft;
    const result = await measure.run({
      versionId,
      stageId: staged.stageId,
      label: label.trim(),
      periodStart: periodStart === '' ? null : periodStart,
      periodEnd: periodEnd === '' ? null : periodEnd,
      isBaseline,
      columns,
      task: taskOf(draft),
      currency: columns.cost === null ? null : currency,
      outcomes: outcomes && { stageId: outcomes.staged.stageId, columns: outcomes.columns },
    });
    if (!result.ok) return;
    forget(modelId);
    onClose();
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <StagedFacts staged={staged} />
        {staged.knownAs !== null && (
          <Text>
            This file was imported before as “{staged.knownAs}”. With its outcomes below it is
            measured anew.
          </Text>
        )}
        <LogFields
          draft={draft}
          columns={staged.columns}
          onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
        />
        <OutcomesBeside modelId={modelId} chosen={outcomes} onChoose={setOutcomes} />
        {obstacle !== null && <Text role="status">{obstacle}</Text>}
        {measure.error !== null && <ErrorPanel error={measure.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={obstacle !== null}>
            Measure
          </Button>
        </Group>
      </Stack>
      <ProgressDialog
        opened={measure.isRunning}
        title="Measuring"
        progress={measure.progress}
        onCancel={measure.cancel}
      />
    </form>
  );
}

interface OutcomesBesideProps {
  readonly modelId: string;
  readonly chosen: ChosenOutcomes | null;
  readonly onChoose: (chosen: ChosenOutcomes | null) => void;
}

/** Outcomes in a file of their own that come at the same time. */
function OutcomesBeside({ modelId, chosen, onChoose }: OutcomesBesideProps) {
  const inspect = useCall('performance.inspectOutcomes');
  async function stage(token: string | null): Promise<void> {
    const result = await inspect.run({ modelId, source: { token } });
    if (result.ok) onChoose({ staged: result.value, columns: result.value.proposal });
  }
  if (chosen === null) {
    return (
      <>
        <FileDrop
          label="Outcomes, if you have them already"
          accept="A file of its own with identifier and outcome. They can also come later."
          browseLabel="Choose outcomes…"
          onToken={(token) => void stage(token)}
          onBrowse={() => void stage(null)}
          isBusy={inspect.isRunning}
        />
        {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      </>
    );
  }
  return (
    <Stack gap="xs">
      <StagedFacts staged={chosen.staged} />
      <OutcomeFields
        columns={chosen.columns}
        names={chosen.staged.columns.map(({ name }) => name)}
        onChange={(columns) => onChoose({ ...chosen, columns })}
      />
      <Group>
        <Button variant="default" onClick={() => onChoose(null)}>
          Without these outcomes
        </Button>
      </Group>
    </Stack>
  );
}
