import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { newGuardrail, type GuardrailDraft } from './planDraft';
import { DIRECTIONS, SCALES } from './PlanFields';

const KINDS = [
  { value: 'rateLimit', label: 'Rate against a limit' },
  { value: 'rate', label: 'Rate against the control' },
  { value: 'mean', label: 'Mean against the control' },
  { value: 'quantile', label: 'Percentile against the control' },
];

interface GuardrailFieldsProps {
  readonly guardrails: readonly GuardrailDraft[];
  readonly onChange: (guardrails: readonly GuardrailDraft[]) => void;
}

/** What must not get worse beside the metric. */
export function GuardrailFields({ guardrails, onChange }: GuardrailFieldsProps) {
  const change = (id: number, part: Partial<GuardrailDraft>): void =>
    onChange(guardrails.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <Stack gap="sm">
      {guardrails.length === 0 && (
        <Text c="dimmed">
          None. A guardrail is what must not get worse meanwhile: latency, error rate, cost.
        </Text>
      )}
      {guardrails.map((one, i) => (
        <GuardrailRow
          key={one.id}
          position={i + 1}
          guardrail={one}
          onChange={(part) => change(one.id, part)}
          onRemove={() => onChange(guardrails.filter(({ id }) => id !== one.id))}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...guardrails, newGuardrail()])}
        >
          Add a guardrail
        </Button>
      </div>
    </Stack>
  );
}

interface GuardrailRowProps {
  readonly position: number;
  readonly guardrail: GuardrailDraft;
  readonly onChange: (part: Partial<GuardrailDraft>) => void;
  readonly onRemove: () => void;
}

function GuardrailRow({ position, guardrail, onChange, onRemove }: GuardrailRowProps) {
  const { column, kind, isCritical } = guardrail;
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        label="Column"
        w={160}
        value={column}
        onChange={(event) => onChange({ column: event.currentTarget.value })}
      />
      <Select
        label="Guardrail"
        w={230}
        allowDeselect={false}
        data={KINDS}
        value={kind}
        onChange={(value) => onChange({ kind: value ?? kind })}
      />
      {kind === 'rateLimit' ? (
        <NumberInput
          label="Limit (%)"
          w={100}
          value={guardrail.limitPercent}
          onChange={(limitPercent) => onChange({ limitPercent })}
        />
      ) : (
        <AgainstControl guardrail={guardrail} onChange={onChange} />
      )}
      <Checkbox
        label="Critical"
        mb={8}
        checked={isCritical}
        onChange={(event) => onChange({ isCritical: event.currentTarget.checked })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        mb={4}
        aria-label={`Remove guardrail ${position}`}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function AgainstControl({
  guardrail,
  onChange,
}: Pick<GuardrailRowProps, 'guardrail' | 'onChange'>) {
  const { kind, percentile, direction, margin, scale } = guardrail;
  return (
    <>
      {kind === 'quantile' && (
        <NumberInput
          label="Percentile"
          w={100}
          value={percentile}
          onChange={(value) => onChange({ percentile: value })}
        />
      )}
      <Select
        label="Direction"
        w={160}
        allowDeselect={false}
        data={DIRECTIONS}
        value={direction}
        onChange={(value) => onChange({ direction: value ?? direction })}
      />
      <NumberInput
        label="Worse by at most"
        w={130}
        step={0.01}
        value={margin}
        onChange={(value) => onChange({ margin: value })}
      />
      <Select
        label="Which is a"
        w={170}
        allowDeselect={false}
        data={SCALES}
        value={scale}
        onChange={(value) => onChange({ scale: value ?? scale })}
      />
    </>
  );
}
