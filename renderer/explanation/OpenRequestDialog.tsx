import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import {
  BASIS_WORDS,
  REQUEST_BASES,
  RequestReference,
  type Request,
  type RequestBasis,
} from '../../shared/explanation/request';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ModelSelect, type NamedModel } from '../ui/ModelSelect';
import { useExplanationStore } from './explanationStore';
import { useRequestStore } from './requestStore';
import { todayUtc } from './requestWords';

interface OpenRequestDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onOpened: (request: Request) => void;
}

/** Takes in a request under its reference number. */
export function OpenRequestDialog(props: OpenRequestDialogProps) {
  const { opened, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title="Take in a request" size="lg">
      {opened && <OpenRequestForm {...props} />}
    </Modal>
  );
}

function OpenRequestForm({ onClose, onOpened }: OpenRequestDialogProps) {
  const openRequest = useRequestStore((state) => state.openRequest);
  const loadVersions = useExplanationStore((state) => state.loadVersions);
  const [model, setModel] = useState<NamedModel | null>(null);
  const versions = useExplanationStore((state) => state.versionsByModel[model?.id ?? '']);
  const [versionId, setVersionId] = useState<string | null>(null);
  const [reference, setReference] = useState('');
  const [receivedOn, setReceivedOn] = useState(todayUtc);
  const [bases, setBases] = useState<string[]>(['gdprAccess']);
  const [error, setError] = useState<AppError | null>(null);
  const isReference = RequestReference.safeParse(reference).success;
  const isReady = isReference && versionId !== null && bases.length > 0;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isReady) return;
    const chosen: RequestBasis[] = REQUEST_BASES.filter((basis) => bases.includes(basis));
    const result = await openRequest({ reference, versionId, receivedOn, bases: chosen });
    if (!result.ok) return setError(result.error);
    onOpened(result.value);
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <TextInput
          data-autofocus
          required
          label="Reference number"
          description="The number of the case in your own system, without spaces: 3 to 64 letters and digits. Never a name: it stands in the log for ever."
          value={reference}
          error={reference !== '' && !isReference ? 'At least one digit, no spaces.' : null}
          onChange={(event) => setReference(event.currentTarget.value.trim())}
        />
        <Group align="flex-start" gap="sm">
          <ModelSelect
            required
            w={300}
            chosen={model}
            onChoose={(next) => {
              setModel(next);
              setVersionId(null);
              void loadVersions(next.id);
            }}
          />
          <Select
            required
            label="Version that decided"
            w={200}
            value={versionId}
            onChange={setVersionId}
            data={(versions ?? []).map(({ id, version }) => ({
              value: id,
              label: `Version ${version}`,
            }))}
          />
        </Group>
        <TextInput
          required
          type="date"
          label="Received on"
          description="The month to answer runs from this day."
          w={200}
          value={receivedOn}
          onChange={(event) => setReceivedOn(event.currentTarget.value)}
        />
        <Checkbox.Group label="What the person relies on" value={bases} onChange={setBases}>
          <Stack gap={6} mt={6}>
            {REQUEST_BASES.map((basis) => (
              <Checkbox key={basis} value={basis} label={BASIS_WORDS[basis]} />
            ))}
          </Stack>
        </Checkbox.Group>
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady}>
            Take in
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
