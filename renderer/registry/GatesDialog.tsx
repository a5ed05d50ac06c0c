import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import { PROMOTION_STAGES, type PromotionStage } from '../../shared/registry/lifecycle';
import type { LifecyclePolicyRevision } from '../../shared/registry/lifecycleChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ReasonField } from '../ui/ReasonField';
import { draftPolicy, GATE_KINDS, newDraft, policyOf, type GateDraft } from './gateDrafts';
import { GateRow } from './GateRow';
import { useLifecycleStore } from './lifecycleStore';

export interface GatesDialogProps {
  readonly opened: boolean;
  readonly modelId: string;
  readonly current: LifecyclePolicyRevision;
  readonly onClose: () => void;
}

/** Changes what versions of a model need before each stage, with a reason. */
export function GatesDialog(props: GatesDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="Change the gates"
      size="xl"
      closeOnClickOutside={false}
    >
      {props.opened && <GatesForm {...props} />}
    </Modal>
  );
}

function GatesForm({ modelId, current, onClose }: GatesDialogProps) {
  const setLifecyclePolicy = useLifecycleStore((state) => state.setLifecyclePolicy);
  const [draft, setDraft] = useState(() => draftPolicy(current.policy));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const policy = policyOf(draft);
  const isChanged = policy !== null && JSON.stringify(policy) !== JSON.stringify(current.policy);
  const isFit = isChanged && reason.trim() !== '';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (policy === null || !isFit || isBusy) return;
    setIsBusy(true);
    const { revision } = current;
    const failure = await setLifecyclePolicy({ modelId, policy, reason: reason.trim(), revision });
    setIsBusy(false);
    setError(failure);
    if (failure === null) onClose();
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        {PROMOTION_STAGES.map((stage) => (
          <StageGates
            key={stage}
            stage={stage}
            gates={draft[stage]}
            onChange={(gates) => setDraft((old) => ({ ...old, [stage]: gates }))}
          />
        ))}
        <Text c="dimmed">
          Approvals that were given under the gates of today are outdated by a change.
        </Text>
        <ReasonField value={reason} onChange={setReason} />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isFit}>
            Change gates
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface StageGatesProps {
  readonly stage: PromotionStage;
  readonly gates: readonly GateDraft[];
  readonly onChange: (gates: readonly GateDraft[]) => void;
}

function StageGates({ stage, gates, onChange }: StageGatesProps) {
  return (
    <Stack component="section" gap="xs" aria-label={`Gates before ${stage}`}>
      <Text fw={600}>Before {stage}</Text>
      {gates.length === 0 && <Text>No gate: everything passes.</Text>}
      {gates.map((gate) => (
        <GateRow
          key={gate.id}
          gate={gate}
          onChange={(part) =>
            onChange(gates.map((one) => (one.id === gate.id ? { ...one, ...part } : one)))
          }
          onRemove={() => onChange(gates.filter(({ id }) => id !== gate.id))}
        />
      ))}
      <Select
        aria-label={`Add a gate before ${stage}`}
        placeholder="Add a gate…"
        maw={320}
        data={GATE_KINDS.map(({ kind, label }) => ({ value: kind, label }))}
        value={null}
        onChange={(value) => {
          const chosen = GATE_KINDS.find(({ kind }) => kind === value);
          if (chosen !== undefined) onChange([...gates, newDraft(chosen.kind)]);
        }}
      />
    </Stack>
  );
}
