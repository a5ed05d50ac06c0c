import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { lastOccurrence, type Alert } from '../../shared/incident/alert';
import type { AppError } from '../../shared/ipc/errors';
import { ReasonDialog } from '../ui/ReasonDialog';
import { Sentence } from '../ui/Sentence';
import { useIncidentPageStore } from './incidentPageStore';
import { toUtcInstant } from './utcField';

export interface OpenIncidentDialogProps {
  /** What the incident begins with. */
  readonly alert: Alert;
  /** Others of the same model that may belong to it. */
  readonly others: readonly Alert[];
  readonly onClose: () => void;
}

/** Makes an incident of one or several alerts of a model. */
export function OpenIncidentDialog({ alert, others, onClose }: OpenIncidentDialogProps) {
  const openIncident = useIncidentPageStore((state) => state.openIncident);
  const [, navigate] = useLocation();
  const [title, setTitle] = useState('');
  const [began, setBegan] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const beganAtUtc = toUtcInstant(began);
  const isReady = title.trim() !== '' && (began === '' || beganAtUtc !== null);

  async function submit(reason: string): Promise<AppError | null> {
    const alertIds = [alert.id, ...chosen];
    const opened = await openIncident({ alertIds, title: title.trim(), beganAtUtc, reason });
    if ('error' in opened) return opened.error;
    navigate(`/incidents/${opened.id}`);
    return null;
  }

  return (
    <ReasonDialog
      opened
      title="Open an incident"
      submitLabel="Open incident"
      isReady={isReady}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text className="assay-wrap">
          <Sentence text={lastOccurrence(alert).message} />
        </Text>
        <TextInput
          label="Title"
          description="What went wrong, in a few words."
          required
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <BeganField value={began} onChange={setBegan} />
        {others.length > 0 && (
          <Checkbox.Group
            label="Other alerts of this model that belong to it"
            value={[...chosen]}
            onChange={setChosen}
          >
            <Stack gap={6} mt={6}>
              {others.map((other) => (
                <Checkbox
                  key={other.id}
                  value={other.id}
                  label={`${other.rule}: ${lastOccurrence(other).label}`}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </Stack>
    </ReasonDialog>
  );
}

interface BeganFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** When the fault began, typed in UTC. */
export function BeganField({ value, onChange }: BeganFieldProps) {
  const isWrong = value !== '' && toUtcInstant(value) === null;
  return (
    <TextInput
      label="Began at (UTC)"
      description="When the fault began, as far as you know, e.g. 2026-01-31 08:30. Leave it empty while nobody knows."
      placeholder="YYYY-MM-DD hh:mm"
      value={value}
      error={isWrong ? 'Write it as YYYY-MM-DD hh:mm.' : null}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
