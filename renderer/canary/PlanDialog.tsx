import { Button, Group, Modal, Select, Stack, Text, Title } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Canary } from '../../shared/canary/channels';
import type { AppError } from '../../shared/ipc/errors';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ReasonField } from '../ui/ReasonField';
import { useCanaryStore } from './canaryStore';
import { Forecast } from './Forecast';
import { GuardrailFields } from './GuardrailFields';
import { draftOf, NEW_PLAN, planOf, type PlanDraft } from './planDraft';
import { CertaintyFields, MetricFields, TrafficFields } from './PlanFields';

interface PlanDialogProps {
  readonly opened: boolean;
  readonly versions: readonly VersionSummary[];
  readonly onClose: () => void;
  readonly onPlanned: (canary: Canary) => void;
}

/** Plans a canary before its data come. */
export function PlanDialog(props: PlanDialogProps) {
  const { opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Plan a canary"
      size="70rem"
      closeOnClickOutside={false}
    >
      {opened && <NewPlan {...props} />}
    </Modal>
  );
}

function NewPlan({ versions, onClose, onPlanned }: PlanDialogProps) {
  const makePlan = useCanaryStore((state) => state.plan);
  const live = versions.find(({ stage }) => stage === 'Production');
  const newest = versions.find(({ id }) => id !== live?.id);
  const [candidateId, setCandidateId] = useState(newest?.id ?? null);
  const [controlId, setControlId] = useState(
    live?.id ?? versions.find(({ id }) => id !== newest?.id)?.id ?? null,
  );
  const data = versions.map(({ id, version, stage }) => ({
    value: id,
    label: `version ${version}${stage === 'None' ? '' : `, ${stage}`}`,
  }));
  const isFit = candidateId !== null && controlId !== null && candidateId !== controlId;
  return (
    <PlanForm
      initial={NEW_PLAN}
      submitLabel="Record the plan"
      isFit={isFit}
      onClose={onClose}
      onSubmit={async (plan, reason) => {
        if (candidateId === null || controlId === null) return null;
        const arms = { candidateVersionId: candidateId, controlVersionId: controlId };
        const result = await makePlan({ ...arms, plan, reason });
        if (!result.ok) return result.error;
        onPlanned(result.value);
        return null;
      }}
    >
      <Group gap="sm">
        <Select
          label="Candidate"
          w={240}
          allowDeselect={false}
          data={data}
          value={candidateId}
          onChange={setCandidateId}
        />
        <Select
          label="Control"
          w={240}
          allowDeselect={false}
          data={data}
          value={controlId}
          error={candidateId === controlId ? 'Another version than the candidate' : null}
          onChange={setControlId}
        />
      </Group>
    </PlanForm>
  );
}

interface ReviseDialogProps {
  readonly opened: boolean;
  readonly canary: Canary;
  readonly onClose: () => void;
}

/** Changes the plan of a canary, with a reason; every revision is kept. */
export function RevisePlanDialog({ opened, canary, onClose }: ReviseDialogProps) {
  const revisePlan = useCanaryStore((state) => state.revisePlan);
  const current = canary.plans.at(-1);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Change the plan"
      size="70rem"
      closeOnClickOutside={false}
    >
      {opened && current !== undefined && (
        <PlanForm
          initial={draftOf(current.plan)}
          submitLabel="Change the plan"
          isFit
          onClose={onClose}
          onSubmit={async (plan, reason) => {
            const input = { canaryId: canary.id, plan, reason, revision: current.revision };
            const failure = await revisePlan(input);
            if (failure === null) onClose();
            return failure;
          }}
        >
          {canary.nLooks > 0 && (
            <Text>
              {canary.nLooks} {canary.nLooks === 1 ? 'look is' : 'looks are'} on record. A plan that
              is changed after looking does not keep the promised error rates; every verdict says
              so. What is measured cannot be changed any more.
            </Text>
          )}
        </PlanForm>
      )}
    </Modal>
  );
}

interface PlanFormProps {
  readonly initial: PlanDraft;
  readonly submitLabel: string;
  readonly isFit: boolean;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly onSubmit: (
    plan: NonNullable<ReturnType<typeof planOf>>,
    reason: string,
  ) => Promise<AppError | null>;
}

function PlanForm({ initial, submitLabel, isFit, children, onClose, onSubmit }: PlanFormProps) {
  const [draft, setDraft] = useState(initial);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const change = (part: Partial<PlanDraft>): void => setDraft((old) => ({ ...old, ...part }));
  const plan = planOf(draft);
  const canSubmit = isFit && plan !== null && reason.trim() !== '';
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!canSubmit || isBusy) return;
    setIsBusy(true);
    setError(await onSubmit(plan, reason.trim()));
    setIsBusy(false);
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {children}
        <MetricFields draft={draft} onChange={change} />
        <CertaintyFields draft={draft} onChange={change} />
        <TrafficFields draft={draft} onChange={change} />
        <section aria-label="What the planner says">
          <Forecast plan={plan} />
        </section>
        <Title order={3}>Guardrails</Title>
        <GuardrailFields
          guardrails={draft.guardrails}
          onChange={(guardrails) => change({ guardrails })}
        />
        <ReasonField value={reason} onChange={setReason} />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!canSubmit}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
