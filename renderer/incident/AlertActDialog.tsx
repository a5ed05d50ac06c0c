import { Button, Group, Modal, Paper, Select, Stack, Text } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { lastOccurrence, type Alert } from '../../shared/incident/alert';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { usePersonStore } from '../ui/personStore';
import { ReasonField } from '../ui/ReasonField';
import { Sentence } from '../ui/Sentence';
import { ACT_WORDS, type PersonAct } from './alertWords';
import { useIncidentStore } from './incidentStore';

/** What somebody is about to do about which alert. */
export interface AlertDoing {
  readonly alert: Alert;
  readonly act: PersonAct;
}

export interface AlertActDialogProps {
  /** Null while it is closed. */
  readonly doing: AlertDoing | null;
  readonly onClose: () => void;
}

/** One step of an alert, with what goes on record. */
export function AlertActDialog({ doing, onClose }: AlertActDialogProps) {
  const title = doing === null ? '' : ACT_WORDS[doing.act].title;
  return (
    <Modal opened={doing !== null} onClose={onClose} title={title} size="lg">
      {doing !== null && <ActForm key={doing.alert.id} {...doing} onClose={onClose} />}
    </Modal>
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;
const PAUSES = [
  { value: '1', label: '1 day' },
  { value: '3', label: '3 days' },
  { value: '7', label: '1 week' },
  { value: '30', label: '30 days' },
];

function ActForm({ alert, act, onClose }: AlertDoing & { readonly onClose: () => void }) {
  const stepAlert = useIncidentStore((state) => state.stepAlert);
  const listAlerts = useIncidentStore((state) => state.listAlerts);
  const me = usePersonStore(({ person }) => person?.id ?? null);
  const [text, setText] = useState('');
  const [ownerId, setOwnerId] = useState<string | null>(me);
  const [days, setDays] = useState('7');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const words = ACT_WORDS[act];
  const isFit = text.trim() !== '' && (act !== 'own' || ownerId !== null);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isFit || isBusy) return;
    setIsBusy(true);
    const untilUtc = new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    const failure = await stepAlert(alert, act, { text: text.trim(), ownerId, untilUtc });
    setIsBusy(false);
    setError(failure);
    if (failure === null) onClose();
    // Someone else was first: behind the dialog, show what is on record now.
    if (failure?.code === 'CONFLICT') {
      await Promise.all([listAlerts(null), listAlerts(alert.modelId)]);
    }
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <AlertSummary alert={alert} />
        {act === 'own' && <OwnerSelect value={ownerId} onChange={setOwnerId} />}
        {act === 'snooze' && (
          <Select
            label="For how long"
            data={PAUSES}
            value={days}
            onChange={(value) => setDays(value ?? days)}
            allowDeselect={false}
          />
        )}
        <ReasonField
          isFirst
          label={act === 'explain' ? 'Explanation' : 'Reason'}
          description={words.why}
          value={text}
          onChange={setText}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isFit}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AlertSummary({ alert }: Pick<AlertDoing, 'alert'>) {
  const { message, label } = lastOccurrence(alert);
  return (
    <Paper p="sm">
      <Text fw={500} className="assay-wrap">
        <Sentence text={message} />
      </Text>
      <Text c="dimmed">
        {alert.modelName}, {label}
      </Text>
    </Paper>
  );
}

interface OwnerSelectProps {
  readonly value: string | null;
  readonly onChange: (ownerId: string | null) => void;
}

/** People who can still sign in. */
function OwnerSelect({ value, onChange }: OwnerSelectProps) {
  const people = useIncidentStore((state) => state.people);
  const listPeople = useIncidentStore((state) => state.listPeople);
  useEffect(() => void listPeople(), [listPeople]);
  return (
    <Select
      label="Owner"
      required
      searchable
      data={people.map(({ id, printedName }) => ({ value: id, label: printedName }))}
      value={value}
      onChange={onChange}
      allowDeselect={false}
    />
  );
}
