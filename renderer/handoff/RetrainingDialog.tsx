import { Button, Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  RetrainingPolicy,
  type RetrainingRule,
  type RetrainingRules,
} from '../../shared/handoff/retrainingRules';
import type { AppError } from '../../shared/ipc/errors';
import { ReasonDialog } from '../ui/ReasonDialog';
import { useLoopStore } from './loopStore';

type Kind = RetrainingRule['kind'];

const KINDS: Readonly<Record<Kind, string>> = {
  driftShare: 'a share of the features moved',
  driftFeature: 'one feature moved',
  performance: 'a performance rule is broken',
  schedule: 'time has passed',
  labels: 'labelled rows came in',
};

const KIND_NAMES = ['driftShare', 'driftFeature', 'performance', 'schedule', 'labels'] as const;

function ruleOf(kind: Kind, id: string): RetrainingRule {
  const base = { id, isEnabled: true };
  switch (kind) {
    case 'driftShare':
      return { ...base, kind, share: 0.3 };
    case 'driftFeature':
      return { ...base, kind, feature: '', threshold: 0.1 };
    case 'performance':
      return { ...base, kind, ruleId: null };
    case 'schedule':
      return { ...base, kind, everyDays: 90 };
    case 'labels':
      return { ...base, kind, nRows: 10_000 };
  }
}

interface RetrainingDialogProps {
  readonly modelId: string;
  readonly current: RetrainingRules;
  readonly onClose: () => void;
}

/** Changes when a model shall be trained anew, with a reason. */
export function RetrainingDialog({ modelId, current, onClose }: RetrainingDialogProps) {
  const setRulesOf = useLoopStore((state) => state.setRules);
  const [rules, setRules] = useState<readonly RetrainingRule[]>(() =>
    current.rules.map(({ rule }) => rule),
  );
  const checked = RetrainingPolicy.safeParse({ rules });
  async function submit(reason: string): Promise<AppError | null> {
    if (!checked.success) return null;
    const { revision } = current;
    return setRulesOf({ modelId, policy: checked.data, reason, revision });
  }
  function add(): void {
    let number = rules.length + 1;
    while (rules.some(({ id }) => id === `rule-${number}`)) number += 1;
    setRules([...rules, ruleOf('driftShare', `rule-${number}`)]);
  }
  return (
    <ReasonDialog
      opened
      title="Retraining rules"
      isWide
      staysOpen
      submitLabel="Save rules"
      isReady={checked.success}
      reasonDescription="Goes on record with your name and the time. A rule whose condition holds fires at once."
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack>
        {rules.map((rule) => (
          <RuleLine
            key={rule.id}
            rule={rule}
            onChange={(changed) =>
              setRules(rules.map((one) => (one.id === rule.id ? changed : one)))
            }
            onRemove={() => setRules(rules.filter(({ id }) => id !== rule.id))}
          />
        ))}
        <Group>
          <Button variant="default" disabled={rules.length >= 30} onClick={add}>
            Add a rule
          </Button>
        </Group>
      </Stack>
    </ReasonDialog>
  );
}

interface RuleLineProps {
  readonly rule: RetrainingRule;
  readonly onChange: (rule: RetrainingRule) => void;
  readonly onRemove: () => void;
}

function RuleLine({ rule, onChange, onRemove }: RuleLineProps) {
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label="Train anew when"
        w={260}
        allowDeselect={false}
        value={rule.kind}
        data={KIND_NAMES.map((value) => ({ value, label: KINDS[value] }))}
        onChange={(name) => {
          const kind = KIND_NAMES.find((one) => one === name);
          if (kind !== undefined) onChange(ruleOf(kind, rule.id));
        }}
      />
      <RuleValue rule={rule} onChange={onChange} />
      <Checkbox
        label="In force"
        mb={8}
        checked={rule.isEnabled}
        onChange={(event) => onChange({ ...rule, isEnabled: event.currentTarget.checked })}
      />
      <Button variant="default" onClick={onRemove}>
        Remove rule
      </Button>
    </Group>
  );
}

function RuleValue({ rule, onChange }: Omit<RuleLineProps, 'onRemove'>) {
  const number = (label: string, value: number, set: (value: number) => RetrainingRule) => (
    <NumberInput
      label={label}
      w={180}
      min={0}
      decimalScale={6}
      value={value}
      onChange={(typed) => typeof typed === 'number' && onChange(set(typed))}
    />
  );
  switch (rule.kind) {
    case 'driftShare':
      return number('Share (0.3 is 30 %)', rule.share, (share) => ({ ...rule, share }));
    case 'driftFeature':
      return (
        <>
          <TextInput
            label="Feature"
            value={rule.feature}
            onChange={(event) => onChange({ ...rule, feature: event.currentTarget.value })}
          />
          {number('Above', rule.threshold, (threshold) => ({ ...rule, threshold }))}
        </>
      );
    case 'performance':
      return (
        <TextInput
          label="Which rule"
          description="Empty: any"
          value={rule.ruleId ?? ''}
          onChange={(event) => onChange({ ...rule, ruleId: event.currentTarget.value || null })}
        />
      );
    case 'schedule':
      return number('Days', rule.everyDays, (everyDays) => ({ ...rule, everyDays }));
    case 'labels':
      return number('Rows', rule.nRows, (nRows) => ({ ...rule, nRows }));
  }
}
