import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import type { PackagePreview } from '../../shared/audit/channels';
import { modelsByName } from '../../shared/registry/listChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ModelSelect, type NamedModel } from '../ui/ModelSelect';
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
  const { first, error: listError } = useFirstModel();
  const preview = useCall('audit.previewPackage');
  const [chosen, setChosen] = useState<NamedModel | null>(null);
  const [periodStart, setPeriodStart] = useState('');
  const [periodEnd, setPeriodEnd] = useState('');
  const model = chosen ?? first;
  const isReversed = periodStart !== '' && periodEnd !== '' && periodEnd < periodStart;

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (model === null || isReversed) return;
    const result = await preview.run({
      modelId: model.id,
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
        <ModelSelect
          required
          placeholder="No model is registered yet"
          chosen={model}
          onChoose={setChosen}
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
          <Button type="submit" loading={preview.isRunning} disabled={model === null || isReversed}>
            Show what will be signed
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Chosen until the person chooses another. */
function useFirstModel() {
  const { run, error } = useCall('registry.searchModels');
  const [first, setFirst] = useState<NamedModel | null>(null);
  useEffect(() => {
    void run(modelsByName('', 1)).then((result) => {
      if (result.ok) setFirst(result.value.models[0] ?? null);
    });
  }, [run]);
  return { first, error };
}
