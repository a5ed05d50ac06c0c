import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useRegistryStore } from './registryStore';

interface CreateModelDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for what identifies a model and opens its page. */
export function CreateModelDialog({ opened, onClose }: CreateModelDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create model" size="lg">
      {opened && <CreateModelForm onClose={onClose} />}
    </Modal>
  );
}

function CreateModelForm({ onClose }: Pick<CreateModelDialogProps, 'onClose'>) {
  const createModel = useRegistryStore((state) => state.createModel);
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState({ name: '', purpose: '', owner: '' });
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isComplete = Object.values(draft).every((field) => field.trim() !== '');

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isComplete || isBusy) return;
    setIsBusy(true);
    const result = await createModel(draft);
    setIsBusy(false);
    if (!result.ok) return setError(result.error);
    onClose();
    navigate(`/models/${result.value.id}`);
  }

  const isNameTaken = error?.code === 'CONFLICT';
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <TextInput
          label="Name"
          description="As people in your organisation call it; it must be new in this workspace."
          required
          data-autofocus
          maxLength={120}
          value={draft.name}
          error={isNameTaken ? 'Another model has this name. Nothing was recorded.' : undefined}
          onChange={({ currentTarget: { value } }) => {
            setError(null);
            setDraft((old) => ({ ...old, name: value }));
          }}
        />
        <Textarea
          label="Purpose"
          description="What it decides or estimates, for whom, and when."
          required
          autosize
          minRows={3}
          maxLength={2000}
          value={draft.purpose}
          onChange={({ currentTarget: { value } }) =>
            setDraft((old) => ({ ...old, purpose: value }))
          }
        />
        <TextInput
          label="Owner"
          description="The person or team that answers for it."
          required
          maxLength={120}
          value={draft.owner}
          onChange={({ currentTarget: { value } }) => setDraft((old) => ({ ...old, owner: value }))}
        />
        {error !== null && !isNameTaken && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isComplete}>
            Create model
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
