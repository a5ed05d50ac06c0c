import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Explanation } from '../../shared/explanation/channels';
import {
  MOST_BACKGROUND,
  MOST_CASES,
  type ComputeSettings,
} from '../../shared/explanation/computed';
import { ExplainedSpace } from '../../shared/explanation/explanation';
import type { StagedModelData } from '../../shared/explanation/modelChannels';
import { outputWords } from '../../shared/explanation/modelWords';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { useExplanationStore } from './explanationStore';

interface ComputeFormProps {
  readonly data: StagedModelData;
  readonly onClose: () => void;
  readonly onComputed: (explanation: Explanation) => void;
}

const NONE = '';

/** What to explain, against what; proposed from the files, and changed by who knows better. */
export function ComputeForm({ data, onClose, onComputed }: ComputeFormProps) {
  const compute = useCall('explanation.compute');
  const keep = useExplanationStore((state) => state.keep);
  const keepOpened = useExplanationStore((state) => state.keepOpened);
  const [settings, setSettings] = useState(data.proposed);
  const change = (part: Partial<ComputeSettings>) => setSettings({ ...settings, ...part });
  async function submit(): Promise<void> {
    const result = await compute.run({ stageId: data.stageId, settings });
    if (!result.ok) return;
    const { explanation, casesStageId } = result.value;
    keep(explanation);
    keepOpened(explanation.id, casesStageId);
    onComputed(explanation);
  }
  return (
    <Stack>
      <Text>
        {data.file.fileName} holds {formatNoun(data.nRows, 'row')}
        {data.nIncomplete > 0 &&
          `; ${formatNoun(data.nIncomplete, 'row')} without a value of some feature are left out`}
        .
      </Text>
      <OutputFields data={data} settings={settings} onChange={change} />
      <TargetFields data={data} settings={settings} onChange={change} />
      <SampleFields settings={settings} onChange={change} />
      <Text c="dimmed">
        Kept are means per feature and per group of at least 10 cases, what you chose here, and the
        SHA-256 of both files. The same choices give the same figures.
      </Text>
      {compute.error !== null && <ErrorPanel error={compute.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={compute.isRunning} onClick={() => void submit()}>
          Compute
        </Button>
      </Group>
      <ProgressDialog
        opened={compute.isRunning}
        title="Running the model"
        progress={compute.progress}
        onCancel={compute.cancel}
      />
    </Stack>
  );
}

interface FieldsProps {
  readonly settings: ComputeSettings;
  readonly onChange: (part: Partial<ComputeSettings>) => void;
}

interface DataFieldsProps extends FieldsProps {
  readonly data: StagedModelData;
}

function OutputFields({ data, settings, onChange }: DataFieldsProps) {
  const { outputs, otherColumns } = data;
  const { output } = settings;
  const at = outputs.findIndex((one) => one.name === output.name && one.column === output.column);
  const isOnly = (name: string) => outputs.filter((one) => one.name === name).length === 1;
  return (
    <Group grow align="flex-start">
      <Select
        label="Output to explain"
        allowDeselect={false}
        value={String(at)}
        onChange={(value) => onChange({ output: outputs[Number(value ?? at)] ?? output })}
        data={outputs.map((one, i) => ({
          value: String(i),
          label: outputWords(one, isOnly(one.name)),
        }))}
      />
      <Select
        label="Contributions add up to"
        allowDeselect={false}
        value={settings.space}
        onChange={(value) => onChange({ space: ExplainedSpace.parse(value ?? settings.space) })}
        data={[
          { value: 'identity', label: 'The prediction itself' },
          { value: 'logit', label: 'Its log-odds' },
        ]}
      />
      <Select
        label="Cases are named by"
        allowDeselect={false}
        value={settings.idColumn ?? NONE}
        onChange={(value) => onChange({ idColumn: value === NONE ? null : value })}
        data={[
          { value: NONE, label: 'Row number' },
          ...otherColumns.map((name) => ({ value: name, label: name })),
        ]}
      />
    </Group>
  );
}

function TargetFields({ data, settings, onChange }: DataFieldsProps) {
  const { target } = settings;
  const values = data.targets.find(({ column }) => column === target?.column)?.values ?? null;
  function choose(column: string): void {
    const offered = data.targets.find((one) => one.column === column)?.values ?? null;
    onChange({
      target: column === NONE ? null : { column, positive: offered?.[1] ?? null },
    });
  }
  return (
    <Group grow align="flex-start">
      <Select
        label="Outcome"
        description="For permutation importance."
        allowDeselect={false}
        value={target?.column ?? NONE}
        onChange={(value) => choose(value ?? NONE)}
        data={[
          { value: NONE, label: 'None' },
          ...data.targets.map(({ column }) => ({ value: column, label: column })),
        ]}
      />
      {target !== null && values !== null && (
        <Select
          label="Value that the output predicts"
          description="The higher the output, the likelier."
          allowDeselect={false}
          value={target.positive}
          onChange={(positive) => onChange({ target: { ...target, positive } })}
          data={[...values]}
        />
      )}
    </Group>
  );
}

function SampleFields({ settings, onChange }: FieldsProps) {
  const field = (
    key: 'nCases' | 'nBackground' | 'nRepeats' | 'seed',
    label: string,
    min: number,
    max: number,
  ) => (
    <NumberInput
      label={label}
      min={min}
      max={max}
      allowDecimal={false}
      clampBehavior="strict"
      value={settings[key]}
      onChange={(value) => onChange({ [key]: typeof value === 'number' ? value : settings[key] })}
    />
  );
  return (
    <Group grow align="flex-end">
      {field('nCases', 'Cases to explain', 10, MOST_CASES)}
      {field('nBackground', 'Background cases', 10, MOST_BACKGROUND)}
      {field('nRepeats', 'Shuffles per feature', 2, 50)}
      {field('seed', 'Seed', 0, 4_294_967_295)}
    </Group>
  );
}
