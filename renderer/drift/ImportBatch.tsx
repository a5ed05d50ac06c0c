import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { OutputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { BatchMatch } from './BatchMatch';
import { ReferenceFile, type ChosenReference } from './ReferenceFile';
import { useDriftStore } from './driftStore';
import { labelFromFileName, problemWithPeriod } from './matchSentences';
import { StagedFacts } from '../ui/StagedFacts';

type StagedBatch = OutputOf<Contract['drift.inspectBatch']>;

/** Takes a live batch by button or drop, shows how its columns fit, and opens the report. */
export function ImportBatch({ versionId }: { readonly versionId: string }) {
  const inspect = useCall('drift.inspectBatch');
  const [staged, setStaged] = useState<StagedBatch | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function stage(token: string | null): Promise<void> {
    const result = await inspect.run({ versionId, source: { token } });
    if (result.ok) setStaged(result.value);
  }
  return (
    <Stack gap="sm">
      <FileDrop
        label="Drop a live batch here"
        accept="CSV, Parquet or Arrow with the columns of the reference. Rows stay in your file; its SHA-256 and distributions are kept."
        browseLabel="Import batch…"
        onToken={(token) => void stage(token)}
        onBrowse={() => void stage(null)}
        isBusy={inspect.isRunning}
      />
      {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the batch"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
      <Modal
        opened={staged !== null}
        onClose={() => setStaged(null)}
        title="Import live batch"
        size="xl"
        closeOnEscape={!isBusy}
        closeOnClickOutside={false}
      >
        {staged !== null && (
          <ImportForm
            key={staged.stageId}
            versionId={versionId}
            staged={staged}
            onBusy={setIsBusy}
            onClose={() => setStaged(null)}
          />
        )}
      </Modal>
    </Stack>
  );
}

interface ImportFormProps {
  readonly versionId: string;
  readonly staged: StagedBatch;
  readonly onBusy: (isBusy: boolean) => void;
  readonly onClose: () => void;
}

function ImportForm({ versionId, staged, onBusy, onClose }: ImportFormProps) {
  const compute = useCall('drift.importBatch');
  const keepReport = useDriftStore((state) => state.keepReport);
  const [, navigate] = useLocation();
  const [label, setLabel] = useState(() => labelFromFileName(staged.file.fileName));
  const [period, setPeriod] = useState({ start: '', end: '' });
  const [chosen, setChosen] = useState<ChosenReference | null>(null);
  const periodProblem = problemWithPeriod(period.start, period.end);
  const isFit = label.trim() !== '' && periodProblem === null && staged.match.matched.length > 0;

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isFit || compute.isRunning) return;
    onBusy(true);
    const result = await compute.run({
      versionId,
      stageId: staged.stageId,
      label: label.trim(),
      periodStart: period.start === '' ? null : period.start,
      periodEnd: period.end === '' ? null : period.end,
      ...(chosen === null ? {} : { referenceFile: chosen }),
    });
    onBusy(false);
    if (!result.ok) return;
    keepReport(result.value);
    navigate(`/reports/${result.value.id}`);
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <StagedFacts staged={staged} />
        <BatchMatch match={staged.match} />
        <TextInput
          label="Label"
          description="How the batch is called in reports and on the history."
          required
          data-autofocus
          maxLength={200}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <PeriodFields
          start={period.start}
          end={period.end}
          problem={periodProblem}
          onChange={setPeriod}
        />
        <ReferenceFile chosen={chosen} onChoose={setChosen} />
        {compute.error !== null && <ErrorPanel error={compute.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isFit}>
            Compute drift
          </Button>
        </Group>
      </Stack>
      <ProgressDialog
        opened={compute.isRunning}
        title="Computing drift"
        progress={compute.progress}
        onCancel={compute.cancel}
      />
    </form>
  );
}

interface PeriodFieldsProps {
  readonly start: string;
  readonly end: string;
  readonly problem: string | null;
  readonly onChange: (period: { readonly start: string; readonly end: string }) => void;
}

function PeriodFields({ start, end, problem, onChange }: PeriodFieldsProps) {
  return (
    <div>
      <Group gap="sm" align="flex-end">
        <TextInput
          type="date"
          label="Covers the days from"
          max="9999-12-31"
          value={start}
          error={problem !== null}
          onChange={(event) => onChange({ start: event.currentTarget.value, end })}
        />
        <TextInput
          type="date"
          label="to"
          max="9999-12-31"
          value={end}
          error={problem !== null}
          onChange={(event) => onChange({ start, end: event.currentTarget.value })}
        />
        <Text c="dimmed" pb={8}>
          Optional; goes on record with the report.
        </Text>
      </Group>
      {problem !== null && (
        <Text c="error" role="status" mt={4}>
          {problem}
        </Text>
      )}
    </div>
  );
}
