import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import type { PackagePreview } from '../../shared/audit/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useCall } from '../ui/useCall';

interface PackageScopeDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onPreview: (preview: PackagePreview) => void;
}

/** Asks what an audit package is to be about. */
export function PackageScopeDialog({ opened, onClose, onPreview }: PackageScopeDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Export an audit package">
      {opened && <ScopeForm onClose={onClose} onPreview={onPreview} />}
    </Modal>
  );
}

function ScopeForm({ onClose, onPreview }: Omit<PackageScopeDialogProps, 'opened'>) {
  const { models, error: listError } = useModelChoice();
  const preview = useCall('audit.previewPackage');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [periodStart, setPeriodStart] = useState('');
  const [periodEnd, setPeriodEnd] = useState('');
  const modelId = chosenId ?? models[0]?.value ?? null;
  const isReversed = periodStart !== '' && periodEnd !== '' && periodEnd < periodStart;

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (modelId === null || isReversed) return;
    const result = await preview.run({
      modelId,
      periodStart: periodStart === '' ? null : periodStart,
      periodEnd: periodEnd === '' ? null : periodEnd,
    });
    if (result.ok) onPreview(result.value);
  }

  const error = listError ?? preview.error;
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <Text>
          A package holds the records and audit events of one model, signed by you. An auditor can
          verify it with openssl and sha256sum, without Assay.
        </Text>
        <Select
          label="Model"
          required
          searchable
          allowDeselect={false}
          nothingFoundMessage="No model has this name"
          placeholder="No model is registered yet"
          data={models}
          value={modelId}
          onChange={setChosenId}
        />
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label="From"
            description="Empty: from the beginning"
            value={periodStart}
            onChange={(event) => setPeriodStart(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="To"
            description="Empty: to today"
            value={periodEnd}
            error={isReversed ? 'The period ends before it begins.' : null}
            onChange={(event) => setPeriodEnd(event.currentTarget.value)}
          />
        </Group>
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={preview.isRunning}
            disabled={modelId === null || isReversed}
          >
            Show what will be signed
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useModelChoice() {
  const { run, error } = useCall('registry.listModels');
  const [models, setModels] = useState<readonly { value: string; label: string }[]>([]);
  useEffect(() => {
    void run({}).then((result) => {
      if (result.ok) setModels(result.value.map(({ id, name }) => ({ value: id, label: name })));
    });
  }, [run]);
  return { models, error };
}
