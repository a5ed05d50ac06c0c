import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { ROLES } from '../../shared/vault/person';
import { GATE_KINDS, gateOf, type GateDraft } from './gateDrafts';

interface GateRowProps {
  readonly gate: GateDraft;
  readonly onChange: (part: Partial<GateDraft>) => void;
  readonly onRemove: () => void;
}

/** One gate as it is being typed. */
export function GateRow({ gate, onChange, onRemove }: GateRowProps) {
  const label = GATE_KINDS.find(({ kind }) => kind === gate.kind)?.label ?? gate.kind;
  return (
    <Group gap="xs" wrap="nowrap">
      <Text w={220} style={{ flexShrink: 0 }}>
        {label}
      </Text>
      <Group gap="xs" flex={1}>
        <GateFields gate={gate} onChange={onChange} />
        {gateOf(gate) === null && (
          <Text size="xs" c="error">
            Not complete yet
          </Text>
        )}
      </Group>
      <Button variant="subtle" size="xs" onClick={onRemove}>
        Remove
      </Button>
    </Group>
  );
}

function GateFields({ gate, onChange }: Omit<GateRowProps, 'onRemove'>) {
  if (gate.kind === 'metric')
    return (
      <>
        <TextInput
          aria-label="Metric"
          placeholder="Metric"
          w={140}
          value={gate.metric}
          onChange={(event) => onChange({ metric: event.currentTarget.value })}
        />
        <Select
          aria-label="Comparison"
          w={120}
          allowDeselect={false}
          data={[
            { value: 'atLeast', label: 'at least' },
            { value: 'atMost', label: 'at most' },
          ]}
          value={gate.comparison}
          onChange={(value) => onChange({ comparison: value === 'atMost' ? 'atMost' : 'atLeast' })}
        />
        <NumberInput
          aria-label="Bound"
          w={110}
          step={0.01}
          value={gate.bound}
          onChange={(bound) => onChange({ bound })}
        />
      </>
    );
  if (gate.kind === 'noOpenAlert')
    return (
      <Select
        aria-label="Severity"
        w={180}
        allowDeselect={false}
        data={[
          { value: 'critical', label: 'critical ones' },
          { value: 'warning', label: 'any' },
        ]}
        value={gate.severity}
        onChange={(value) => onChange({ severity: value === 'warning' ? 'warning' : 'critical' })}
      />
    );
  if (gate.kind === 'approvals')
    return (
      <>
        <NumberInput
          aria-label="Number of approvals"
          w={80}
          min={1}
          max={20}
          value={gate.n}
          onChange={(n) => onChange({ n })}
        />
        <Select
          aria-label="By whom"
          w={180}
          allowDeselect={false}
          data={[
            { value: '', label: 'anybody else' },
            ...ROLES.map((role) => ({ value: role, label: `by a person who is ${role}` })),
          ]}
          value={gate.role}
          onChange={(role) => onChange({ role: role ?? '' })}
        />
      </>
    );
  return null;
}
