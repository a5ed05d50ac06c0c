import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ArmLayout, Canary, StagedArms } from '../../shared/canary/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatNoun } from '../ui/formatNumber';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { useCanaryStore } from './canaryStore';

interface Chosen {
  readonly token: string | null;
  readonly name: string | null;
}

/** Takes the rows of both arms: two files, or one with a column that tells the arms apart. */
export function ImportLook({ canary }: { readonly canary: Canary }) {
  const inspect = useCall('canary.inspectData');
  const [control, setControl] = useState<Chosen | null>(null);
  const [staged, setStaged] = useState<StagedArms | null>(null);
  async function stage(first: Chosen, second: Chosen | null): Promise<void> {
    const result = await inspect.run({
      canaryId: canary.id,
      control: { token: first.token },
      candidate: second === null ? null : { token: second.token },
    });
    if (result.ok) setStaged(result.value);
  }
  function close(): void {
    setStaged(null);
    setControl(null);
  }
  return (
    <Stack gap="sm">
      <FileDrop
        label="Drop the control’s rows here, or one file with both arms"
        accept={
          control === null
            ? 'CSV, Parquet or Arrow: a row per request, or a summary with metric, n and count or mean and variance. Rows stay in your file.'
            : `Chosen: ${control.name ?? 'a file that is asked for in the next step'}.`
        }
        browseLabel="Choose a file…"
        onToken={(token, name) => setControl({ token, name })}
        onBrowse={() => setControl({ token: null, name: null })}
        isBusy={inspect.isRunning}
      />
      {control !== null && (
        <FileDrop
          label="Drop the candidate’s rows here"
          accept="They must come from the same window as the control’s."
          browseLabel="Choose the candidate’s file…"
          onToken={(token, name) => void stage(control, { token, name })}
          onBrowse={() => void stage(control, { token: null, name: null })}
          isBusy={inspect.isRunning}
          otherChoice={
            <Button variant="default" onClick={() => void stage(control, null)}>
              Both arms are in one file
            </Button>
          }
        />
      )}
      {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the files"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
      <Modal
        opened={staged !== null}
        onClose={close}
        title="Import rows of both arms"
        size="xl"
        closeOnClickOutside={false}
      >
        {staged !== null && (
          <LookForm key={staged.stageId} canaryId={canary.id} staged={staged} onClose={close} />
        )}
      </Modal>
    </Stack>
  );
}

interface LookFormProps {
  readonly canaryId: string;
  readonly staged: StagedArms;
  readonly onClose: () => void;
}

function LookForm({ canaryId, staged, onClose }: LookFormProps) {
  const read = useCall('canary.importLook');
  const keep = useCanaryStore((state) => state.keep);
  const isOneFile = staged.candidate === null;
  const [kind, setKind] = useState<'oneFile' | 'paired'>('oneFile');
  const [column, setColumn] = useState<string | null>(null);
  const [labels, setLabels] = useState({ control: 'control', candidate: 'candidate' });
  const [idColumn, setIdColumn] = useState<string | null>(null);
  const [timeColumn, setTimeColumn] = useState<string | null>(null);
  const names = staged.control.columns.map(({ name }) => name);
  const layout = layoutOf(isOneFile ? kind : 'twoFiles', column, labels);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (layout === null || read.isRunning) return;
    const { stageId } = staged;
    const result = await read.run({ canaryId, stageId, layout, idColumn, timeColumn });
    if (!result.ok) return;
    keep(result.value);
    onClose();
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Text>{factsSentence(staged)}</Text>
        {isOneFile && (
          <Group align="flex-end" gap="sm">
            <Select
              label="Both arms"
              w={280}
              allowDeselect={false}
              value={kind}
              onChange={(value) => setKind(value === 'paired' ? 'paired' : 'oneFile')}
              data={[
                { value: 'oneFile', label: 'A column says which version served' },
                { value: 'paired', label: 'Both versions scored every row' },
              ]}
            />
            <Select
              label={kind === 'paired' ? 'Score of the candidate' : 'Column of assignments'}
              w={200}
              searchable
              data={names}
              value={column}
              onChange={setColumn}
            />
            {kind === 'oneFile' && <ArmLabels labels={labels} onChange={setLabels} />}
          </Group>
        )}
        <Group gap="sm">
          <Select
            label="Who was exposed (optional)"
            w={220}
            searchable
            clearable
            data={names}
            value={idColumn}
            onChange={setIdColumn}
          />
          <Select
            label="When (optional)"
            w={220}
            searchable
            clearable
            data={names}
            value={timeColumn}
            onChange={setTimeColumn}
          />
        </Group>
        <Text c="dimmed">
          Rows without an outcome yet count for the split and wait. Of somebody seen twice the first
          row counts; who saw both versions is left out.
        </Text>
        {read.error !== null && <ErrorPanel error={read.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={read.isRunning} disabled={layout === null}>
            Import
          </Button>
        </Group>
      </Stack>
      <ProgressDialog
        opened={read.isRunning}
        title="Comparing the arms"
        progress={read.progress}
        onCancel={read.cancel}
      />
    </form>
  );
}

interface ArmLabelsProps {
  readonly labels: Readonly<Record<'control' | 'candidate', string>>;
  readonly onChange: (labels: Readonly<Record<'control' | 'candidate', string>>) => void;
}

function ArmLabels({ labels, onChange }: ArmLabelsProps) {
  return (
    <>
      <TextInput
        label="Control is"
        w={120}
        value={labels.control}
        onChange={(event) => onChange({ ...labels, control: event.currentTarget.value })}
      />
      <TextInput
        label="Candidate is"
        w={120}
        value={labels.candidate}
        onChange={(event) => onChange({ ...labels, candidate: event.currentTarget.value })}
      />
    </>
  );
}

function layoutOf(
  kind: ArmLayout['kind'],
  column: string | null,
  labels: ArmLabelsProps['labels'],
): ArmLayout | null {
  if (kind === 'twoFiles') return { kind };
  if (column === null) return null;
  if (kind === 'paired') return { kind, candidateColumn: column };
  if (labels.control === '' || labels.candidate === '') return null;
  const { control: controlLabel, candidate: candidateLabel } = labels;
  return { kind, assignmentColumn: column, controlLabel, candidateLabel };
}

function factsSentence({ control, candidate }: StagedArms): string {
  const of = ({ file, nRows }: StagedArms['control']) =>
    `${file.fileName} with ${formatNoun(nRows, 'row')}`;
  return candidate === null
    ? `Both arms: ${of(control)}.`
    : `Control: ${of(control)}. Candidate: ${of(candidate)}.`;
}
