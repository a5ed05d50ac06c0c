import { Button, Group, MultiSelect, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { shortValue } from '../../shared/explanation/counterfactualWords';
import type { CaseInput } from '../../shared/explanation/modelCase';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatStatistic } from '../ui/formatNumber';
import { useCall } from '../ui/useCall';

interface WhatIfPartProps {
  readonly stageId: string;
  readonly caseId: string;
  readonly inputs: readonly CaseInput[];
}

type Tried = Readonly<Record<string, number | string>>;

/** Changes inputs of one case and runs the model again. */
export function WhatIfPart({ stageId, caseId, inputs }: WhatIfPartProps) {
  const { run, error, isRunning } = useCall('explanation.tryInputs');
  const [tried, setTried] = useState<Tried>({});
  const [answer, setAnswer] = useState<{ before: number; after: number } | null>(null);
  const chosen = inputs.filter(({ feature }) => feature in tried);
  const changes = chosen.flatMap(({ feature, type }) => {
    const value = tried[feature];
    return value === undefined || (type !== 'text' && typeof value !== 'number')
      ? []
      : [{ feature, value }];
  });
  function set(next: Tried): void {
    setTried(next);
    setAnswer(null);
  }
  async function tryThem(): Promise<void> {
    const result = await run({ stageId, caseId, changes });
    setAnswer(result.ok ? result.value : null);
  }
  return (
    <Stack gap="sm">
      <MultiSelect
        searchable
        label="Inputs to change"
        maw="40rem"
        value={chosen.map(({ feature }) => feature)}
        onChange={(features) =>
          set(Object.fromEntries(features.map((one) => [one, tried[one] ?? valueOf(inputs, one)])))
        }
        data={inputs.map(({ feature }) => feature)}
      />
      {chosen.length > 0 && (
        <Group align="flex-end" gap="sm">
          {chosen.map((input) => (
            <InputField
              key={input.feature}
              input={input}
              value={tried[input.feature] ?? ''}
              onChange={(value) => set({ ...tried, [input.feature]: value })}
            />
          ))}
          <Button
            variant="default"
            loading={isRunning}
            disabled={changes.length < chosen.length}
            onClick={() => void tryThem()}
          >
            Run the model
          </Button>
        </Group>
      )}
      {error !== null && <ErrorPanel error={error} />}
      {answer !== null && (
        <Text role="status" className="assay-figures">
          The prediction goes from {formatStatistic(answer.before)} to{' '}
          {formatStatistic(answer.after)}. Nothing is stored.
        </Text>
      )}
    </Stack>
  );
}

function valueOf(inputs: readonly CaseInput[], feature: string): number | string {
  return inputs.find((input) => input.feature === feature)?.value ?? '';
}

interface InputFieldProps {
  readonly input: CaseInput;
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
}

function InputField({ input, value, onChange }: InputFieldProps) {
  const { feature, type, usual, labels } = input;
  const own = `${shortValue(input.value)} in this case`;
  if (type === 'text')
    return (
      <Select
        searchable
        allowDeselect={false}
        label={feature}
        description={own}
        w={240}
        value={String(value)}
        onChange={(label) => onChange(label ?? value)}
        data={[...new Set([String(input.value), ...labels])]}
      />
    );
  return (
    <NumberInput
      label={feature}
      description={usual === null ? own : `${own}, usually ${usual.map(shortValue).join(' to ')}`}
      w={240}
      value={value}
      error={typeof value === 'number' && isUnusual(input, value) ? 'Beyond what is usual' : null}
      onChange={onChange}
    />
  );
}

/** The model may answer anything there: it was trained on few such cases. */
function isUnusual({ usual }: CaseInput, value: number): boolean {
  return usual !== null && (value < usual[0] || value > usual[1]);
}
