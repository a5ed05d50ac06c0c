import { Button, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import type { Alert } from '../../shared/incident/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ReasonField } from '../ui/ReasonField';
import { Sentence } from '../ui/Sentence';
import { useIncidentStore } from './incidentStore';

export interface AcknowledgeDialogProps {
  /** Null while it is closed. */
  readonly alert: Alert | null;
  readonly onClose: () => void;
}

/** Puts on record that a person has seen an alert, and why it is what it is. */
export function AcknowledgeDialog({ alert, onClose }: AcknowledgeDialogProps) {
  return (
    <Modal opened={alert !== null} onClose={onClose} title="Acknowledge alert" size="lg">
      {alert !== null && <AcknowledgeForm key={alert.id} alert={alert} onClose={onClose} />}
    </Modal>
  );
}

interface AcknowledgeFormProps {
  readonly alert: Alert;
  readonly onClose: () => void;
}

function AcknowledgeForm({ alert, onClose }: AcknowledgeFormProps) {
  const acknowledgeAlert = useIncidentStore((state) => state.acknowledgeAlert);
  const listAlerts = useIncidentStore((state) => state.listAlerts);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (reason.trim() === '' || isBusy) return;
    setIsBusy(true);
    const failure = await acknowledgeAlert(alert, reason.trim());
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
        <Paper p="sm">
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            <Sentence text={alert.message} />
          </Text>
          <Text c="dimmed">
            {alert.modelName}, {alert.batchLabel}
          </Text>
        </Paper>
        <ReasonField
          isFirst
          description="What you know about it and what follows. It goes on record with your name and the time, and cannot be changed later."
          value={reason}
          onChange={setReason}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={reason.trim() === ''}>
            Acknowledge
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
