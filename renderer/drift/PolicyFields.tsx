import { NumberInput, Select, SimpleGrid, Stack } from '@mantine/core';
import {
  CORRECTION_WORDS,
  CATEGORICAL_METHODS,
  CORRECTIONS,
  NUMERIC_METHODS,
  THRESHOLD_ORIGINS,
  type DriftPolicy,
} from '../../shared/drift/driftPolicy';
import { METHOD_WORDS, ORIGIN_WORDS } from './methodWords';
import type { PolicyDraft, PolicyProblems } from './policyDraft';
import { PolicyOverrides } from './PolicyOverrides';

export interface PolicyFieldsProps {
  readonly draft: PolicyDraft;
  readonly problems: PolicyProblems;
  readonly featureNames: readonly string[];
  readonly onChange: (part: Partial<PolicyDraft>) => void;
}

const RULES: readonly { readonly value: DriftPolicy['rule']; readonly label: string }[] = [
  { value: 'significance', label: 'Threshold and p-value' },
  { value: 'source', label: 'Threshold alone' },
];

/** The rules of a policy, field by field. */
export function PolicyFields(props: PolicyFieldsProps) {
  const { draft, problems, onChange } = props;
  const { fields } = problems;
  return (
    <Stack>
      <SimpleGrid cols={2} spacing="md" verticalSpacing="sm">
        <Choice
          label="Method for numbers and dates"
          values={NUMERIC_METHODS}
          words={(method) => METHOD_WORDS[method].name}
          value={draft.numericMethod}
          onChange={(numericMethod) => onChange({ numericMethod })}
        />
        <Choice
          label="Method for categories"
          values={CATEGORICAL_METHODS}
          words={(method) => METHOD_WORDS[method].name}
          value={draft.categoricalMethod}
          onChange={(categoricalMethod) => onChange({ categoricalMethod })}
        />
        <Choice
          label="Threshold from"
          description="The reference: mean of its chunks + 3 standard deviations."
          values={THRESHOLD_ORIGINS}
          words={(origin) => ORIGIN_WORDS[origin]}
          value={draft.thresholdFrom}
          onChange={(thresholdFrom) => onChange({ thresholdFrom })}
        />
        <NumberInput
          label={draft.thresholdFrom === 'fixed' ? 'Threshold' : 'Threshold where it is not known'}
          description="Strictly greater counts as past it."
          step={0.01}
          value={draft.threshold}
          error={fields.threshold}
          onChange={(threshold) => onChange({ threshold })}
        />
        <Choice
          label="Counts as drifted by"
          description="The bare threshold fires by chance in small windows."
          values={RULES.map(({ value }) => value)}
          words={(rule) => RULES.find(({ value }) => value === rule)?.label ?? rule}
          value={draft.rule}
          onChange={(rule) => onChange({ rule })}
        />
        <NumberInput
          label="Largest p-value"
          description="After the correction."
          step={0.01}
          value={draft.alpha}
          error={fields.alpha}
          onChange={(alpha) => onChange({ alpha })}
        />
        <Choice
          label="Correction over the features"
          description="The more features, the more move by chance."
          values={CORRECTIONS}
          words={(correction) => CORRECTION_WORDS[correction]}
          value={draft.correction}
          onChange={(correction) => onChange({ correction })}
        />
        <NumberInput
          label="Usable values needed"
          description="On each side; fewer: not assessed."
          step={10}
          value={draft.minValues}
          error={fields.minValues}
          onChange={(minValues) => onChange({ minValues })}
        />
        <NumberInput
          label="Share for the whole batch"
          description="Of drifted among assessed features, 0 to 1."
          step={0.05}
          value={draft.datasetShare}
          error={fields.datasetShare}
          onChange={(datasetShare) => onChange({ datasetShare })}
        />
      </SimpleGrid>
      <PolicyOverrides {...props} />
    </Stack>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly description?: string;
  readonly values: readonly T[];
  readonly words: (value: T) => string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, description, values, words, value, onChange } = props;
  return (
    <Select
      label={label}
      description={description}
      allowDeselect={false}
      data={values.map((known) => ({ value: known, label: words(known) }))}
      value={value}
      onChange={(chosen) => onChange(values.find((known) => known === chosen) ?? value)}
    />
  );
}
