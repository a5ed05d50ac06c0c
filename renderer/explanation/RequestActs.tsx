import { Button, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { addDays, dueOn } from '../../shared/explanation/deadline';
import {
  MOST_RETENTION_DAYS,
  REQUEST_OUTCOMES,
  type Request,
  type RequestOutcome,
} from '../../shared/explanation/request';
import { usePersonStore } from '../ui/personStore';
import { ReasonDialog } from '../ui/ReasonDialog';
import { useRequestStore } from './requestStore';

interface RequestActsProps {
  readonly request: Request;
  readonly today: string;
}

/** What can be done to a request as a whole. */
export function RequestActs({ request, today }: RequestActsProps) {
  const roles = usePersonStore(({ person }) => person?.roles) ?? [];
  const [doing, setDoing] = useState<'extend' | 'close' | 'erase' | null>(null);
  const { outcome, isExtended, holdsCase } = request;
  const mayEnd = roles.includes('analyst') || roles.includes('manager');
  const onClose = (): void => setDoing(null);
  return (
    <>
      {outcome === null && !isExtended && today <= request.dueOn && (
        <Button variant="default" onClick={() => setDoing('extend')}>
          Extend…
        </Button>
      )}
      {outcome === null && mayEnd && <Button onClick={() => setDoing('close')}>Close…</Button>}
      {outcome !== null && holdsCase && mayEnd && (
        <Button onClick={() => setDoing('erase')}>Erase…</Button>
      )}
      {doing === 'extend' && <ExtendDialog request={request} onClose={onClose} />}
      {doing === 'close' && <CloseDialog request={request} today={today} onClose={onClose} />}
      {doing === 'erase' && <EraseDialog request={request} onClose={onClose} />}
    </>
  );
}

interface DialogProps {
  readonly request: Request;
  readonly onClose: () => void;
}

const NO_NAMES = 'Goes on record for ever, with your name and the time. Do not name the person.';

function ExtendDialog({ request, onClose }: DialogProps) {
  const act = useRequestStore((state) => state.act);
  const { id: requestId, revision, receivedOn } = request;
  return (
    <ReasonDialog
      opened
      title="Extend the time to answer"
      submitLabel="Extend"
      onSubmit={(reason) => act('explanation.extendRequest', { requestId, revision, reason })}
      onClose={onClose}
    >
      {`The answer is then due on ${dueOn(receivedOn, true)}. Tell the person within the first month that it takes longer, and why (GDPR Art. 12(3)). ${NO_NAMES}`}
    </ReasonDialog>
  );
}

const OUTCOME_LABELS: Readonly<Record<RequestOutcome, string>> = {
  answered: 'Answered by the approved letter',
  refused: 'Refused, with the reason told to the person',
  withdrawn: 'Withdrawn by the person',
};

function CloseDialog({ request, today, onClose }: DialogProps & { readonly today: string }) {
  const act = useRequestStore((state) => state.act);
  const { id: requestId, revision, letter } = request;
  const [outcome, setOutcome] = useState<RequestOutcome>(
    letter === 'approved' ? 'answered' : 'refused',
  );
  const [retentionDays, setRetentionDays] = useState(90);
  const isPossible = outcome !== 'answered' || letter === 'approved';
  return (
    <ReasonDialog
      opened
      title="Close the request"
      submitLabel="Close request"
      isReady={isPossible}
      onSubmit={(reason) =>
        act('explanation.closeRequest', { requestId, revision, outcome, retentionDays, reason })
      }
      onClose={onClose}
    >
      <Stack gap="sm">
        <Select
          label="Outcome"
          allowDeselect={false}
          value={outcome}
          onChange={(value) => setOutcome(REQUEST_OUTCOMES.find((one) => one === value) ?? outcome)}
          data={REQUEST_OUTCOMES.map((value) => ({ value, label: OUTCOME_LABELS[value] }))}
        />
        {!isPossible && <Text role="status">No letter is approved yet.</Text>}
        <NumberInput
          label="Keep the letter for (days)"
          description={
            retentionDays === 0
              ? 'Case and letters are erased with the closing.'
              : `Case and letters are to be erased on ${addDays(today, retentionDays)}; the list shows when that day has come.`
          }
          w={320}
          min={0}
          max={MOST_RETENTION_DAYS}
          allowDecimal={false}
          value={retentionDays}
          onChange={(value) => setRetentionDays(Number(value))}
        />
        <Text c="dimmed">{NO_NAMES}</Text>
      </Stack>
    </ReasonDialog>
  );
}

function EraseDialog({ request, onClose }: DialogProps) {
  const act = useRequestStore((state) => state.act);
  const { id: requestId, revision } = request;
  return (
    <ReasonDialog
      opened
      isDestructive
      title="Erase what is kept of the person"
      submitLabel="Erase"
      onSubmit={(reason) => act('explanation.eraseRequest', { requestId, revision, reason })}
      onClose={onClose}
    >
      {`Case and letters of ${request.reference} are emptied in the database and cannot be brought back. Steps, signatures and digests stay, so the log still proves what was done. Backups and files saved before still hold the letter. ${NO_NAMES}`}
    </ReasonDialog>
  );
}
