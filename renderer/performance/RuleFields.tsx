import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { METRIC_FACTS, METRICS } from '../../shared/performance/metric';
import type { MetricRule } from '../../shared/performance/performancePolicy';

interface RuleFieldsProps {
  readonly rule: MetricRule;
  readonly onChange: (rule: MetricRule) => void;
  readonly onRemove: () => void;
}

const CHOICES = {
  direction: { below: 'falls below', above: 'rises above' },
  comparison: {
    absolute: 'this value',
    relativeToBaseline: 'the baseline by this share of it',
    differenceToBaseline: 'the baseline by this much',
  },
  certainty: {
    significance: 'the whole interval is beyond the limit',
    source: 'the value is beyond the limit',
  },
  severity: { warning: 'warning', critical: 'critical' },
  action: {
    alert: 'alert',
    openIncident: 'alert, and open an incident',
    recommendRollback: 'alert, and recommend a rollback',
    rollBack: 'alert, and roll back by itself (signed rules only)',
    retrain: 'alert, and draft a packet to retrain',
  },
} as const;

const LABELS = {
  direction: 'when it',
  comparison: 'compared with',
  certainty: 'Counts when',
  severity: 'Severity',
  action: 'Leads to',
} as const;

/** One rule, field by field. */
export function RuleFields({ rule, onChange, onRemove }: RuleFieldsProps) {
  const set = (part: Partial<MetricRule>): void => onChange({ ...rule, ...part });
  return (
    <SimpleGrid cols={3}>
      <Select
        label="Metric"
        allowDeselect={false}
        searchable
        value={rule.metric}
        data={METRICS.map((name) => ({ value: name, label: METRIC_FACTS[name].label }))}
        onChange={(name) => set({ metric: METRICS.find((one) => one === name) ?? rule.metric })}
      />
      <ChoiceField rule={rule} field="direction" set={set} />
      <ChoiceField rule={rule} field="comparison" set={set} />
      <NumberInput
        label="Threshold"
        description={rule.comparison === 'relativeToBaseline' ? '0.05 is 5 % of it' : undefined}
        decimalScale={9}
        value={rule.threshold}
        onChange={(value) => typeof value === 'number' && set({ threshold: value })}
      />
      <NumberInput
        label="Rows at least"
        min={1}
        value={rule.minN}
        onChange={(value) => typeof value === 'number' && set({ minN: value })}
      />
      <NumberInput
        label="Windows in a row"
        min={1}
        max={12}
        value={rule.consecutive}
        onChange={(value) => typeof value === 'number' && set({ consecutive: value })}
      />
      <ChoiceField rule={rule} field="certainty" set={set} />
      <ChoiceField rule={rule} field="severity" set={set} />
      <ChoiceField rule={rule} field="action" set={set} />
      <SegmentFields rule={rule} set={set} />
      <Group justify="space-between" align="flex-end">
        <Checkbox
          label="In force"
          checked={rule.isEnabled}
          onChange={(event) => set({ isEnabled: event.currentTarget.checked })}
        />
        <Button variant="default" onClick={onRemove}>
          Remove rule
        </Button>
      </Group>
    </SimpleGrid>
  );
}

interface FieldProps {
  readonly rule: MetricRule;
  readonly set: (part: Partial<MetricRule>) => void;
}

function ChoiceField({ rule, field, set }: FieldProps & { readonly field: keyof typeof CHOICES }) {
  const choices: Readonly<Record<string, string>> = CHOICES[field];
  return (
    <Select
      label={LABELS[field]}
      allowDeselect={false}
      value={rule[field]}
      data={Object.entries(choices).map(([value, label]) => ({ value, label }))}
      onChange={(value) => value !== null && set({ [field]: value })}
    />
  );
}

function SegmentFields({ rule, set }: FieldProps) {
  const { segment } = rule;
  const change = (column: string, value: string): void =>
    set({ segment: column === '' ? null : { column, value } });
  return (
    <>
      <TextInput
        label="Only where the column"
        description="Empty: all rows"
        maxLength={1024}
        value={segment?.column ?? ''}
        onChange={(event) => change(event.currentTarget.value, segment?.value ?? '')}
      />
      <TextInput
        label="is"
        description="A value of a segment column"
        disabled={segment === null}
        maxLength={1024}
        value={segment?.value ?? ''}
        onChange={(event) => change(segment?.column ?? '', event.currentTarget.value)}
      />
    </>
  );
}
