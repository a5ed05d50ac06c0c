import {
  Checkbox,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import type { InspectedColumn } from '../../shared/drift/column';
import { MAX_SEGMENT_COLUMNS } from '../../shared/performance/predictionLog';
import { ColumnSelect } from './ColumnSelect';
import type { LogDraft } from './logDraft';

interface LogFieldsProps {
  readonly draft: LogDraft;
  readonly columns: readonly InspectedColumn[];
  readonly onChange: (part: Partial<LogDraft>) => void;
}

/** What the columns of a prediction log are, and which window it is. */
export function LogFields({ draft, columns, onChange }: LogFieldsProps) {
  const names = columns.map(({ name }) => name);
  const setColumns = (part: Partial<LogDraft['columns']>): void =>
    onChange({ columns: { ...draft.columns, ...part } });
  return (
    <Stack gap="sm">
      <TextInput
        label="Label of the window"
        required
        data-autofocus
        maxLength={200}
        value={draft.label}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <SimpleGrid cols={2}>
        <TextInput
          type="date"
          label="Covers the days from"
          value={draft.periodStart}
          onChange={(event) => onChange({ periodStart: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="to"
          value={draft.periodEnd}
          onChange={(event) => onChange({ periodEnd: event.currentTarget.value })}
        />
      </SimpleGrid>
      <Checkbox
        label="This window is the baseline that later windows of this version are compared with"
        checked={draft.isBaseline}
        onChange={(event) => onChange({ isBaseline: event.currentTarget.checked })}
      />
      <TaskFields draft={draft} names={names} onChange={onChange} />
      <SimpleGrid cols={3}>
        <ColumnSelect
          label="Identifier"
          isRequired
          names={names}
          value={draft.columns.id}
          onChange={(id) => id !== null && setColumns({ id })}
        />
        <ColumnSelect
          label="Time of the prediction"
          names={names}
          value={draft.columns.time}
          onChange={(time) => setColumns({ time })}
        />
        <ColumnSelect
          label={draft.kind === 'regression' ? 'Predicted number' : 'Predicted class'}
          names={names}
          value={draft.columns.prediction}
          onChange={(prediction) => setColumns({ prediction })}
        />
        <ColumnSelect
          label="Outcome, if it is in here"
          names={names}
          value={draft.columns.label}
          onChange={(label) => setColumns({ label })}
        />
        <ColumnSelect
          label="Latency in ms"
          names={names}
          value={draft.columns.latencyMs}
          onChange={(latencyMs) => setColumns({ latencyMs })}
        />
        <ColumnSelect
          label="Succeeded (yes or no)"
          names={names}
          value={draft.columns.isSuccess}
          onChange={(isSuccess) => setColumns({ isSuccess })}
        />
        <ColumnSelect
          label="Cost of the prediction"
          names={names}
          value={draft.columns.cost}
          onChange={(cost) => setColumns({ cost })}
        />
        {draft.columns.cost !== null && (
          <TextInput
            label="Currency"
            description="Three letters, e.g. USD"
            maxLength={3}
            value={draft.currency}
            onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() })}
          />
        )}
      </SimpleGrid>
      <MultiSelect
        label="Segments"
        description={`Up to ${MAX_SEGMENT_COLUMNS} columns: the metrics are measured for each of their values.`}
        searchable
        maxValues={MAX_SEGMENT_COLUMNS}
        value={[...draft.columns.segments]}
        data={names}
        onChange={(segments) => setColumns({ segments })}
      />
    </Stack>
  );
}

interface TaskFieldsProps extends Pick<LogFieldsProps, 'draft' | 'onChange'> {
  readonly names: readonly string[];
}

function TaskFields({ draft, onChange, names }: TaskFieldsProps) {
  if (draft.kind === 'regression') return <KindField draft={draft} onChange={onChange} />;
  return (
    <>
      <KindField draft={draft} onChange={onChange} />
      <SimpleGrid cols={3}>
        <ColumnSelect
          label="Score (probability)"
          names={names}
          value={draft.columns.score}
          onChange={(score) => onChange({ columns: { ...draft.columns, score } })}
        />
        <TextInput
          label="It is the probability of the class"
          description="As it is written among the outcomes"
          disabled={draft.columns.score === null}
          maxLength={200}
          value={draft.positiveLabel}
          onChange={(event) => onChange({ positiveLabel: event.currentTarget.value })}
        />
        <NumberInput
          label="Threshold"
          description="From here on a row counts as positive"
          disabled={draft.columns.score === null || draft.columns.prediction !== null}
          min={0}
          max={1}
          step={0.05}
          value={draft.threshold}
          onChange={(value) => typeof value === 'number' && onChange({ threshold: value })}
        />
      </SimpleGrid>
    </>
  );
}

function KindField({ draft, onChange }: Pick<LogFieldsProps, 'draft' | 'onChange'>) {
  return (
    <div>
      <Text fw={500} mb={4}>
        The model predicts
      </Text>
      <SegmentedControl
        aria-label="The model predicts"
        value={draft.kind}
        data={[
          { value: 'classification', label: 'classes' },
          { value: 'regression', label: 'numbers' },
        ]}
        onChange={(kind) => onChange(kindChange(draft, kind))}
      />
    </div>
  );
}

function kindChange({ columns }: LogDraft, kind: string): Partial<LogDraft> {
  if (kind !== 'regression') return { kind: 'classification' };
  const prediction = columns.prediction ?? columns.score;
  return { kind, columns: { ...columns, prediction, score: null } };
}
