import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import {
  PipelineSettings,
  secretPlaces,
  type PipelineSettingsRevision,
} from '../../shared/handoff/pipelineSettings';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ReasonField } from '../ui/ReasonField';
import { PIPELINE_PARTS, draftOf, settingsOf, type PipelineDraft } from './pipelineDraft';
import { ParameterField, PartFields } from './PipelineFields';
import { usePipelineStore } from './pipelineStore';
import { SecretWarning } from './SecretWarning';

interface PipelineDialogProps {
  readonly modelId: string;
  readonly current: PipelineSettingsRevision;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Says where a model's pipelines are; each part is checked as it is typed. */
export function PipelineDialog(props: PipelineDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="Pipeline settings"
      size="70rem"
      closeOnClickOutside={false}
    >
      {props.opened && <PipelineForm {...props} />}
    </Modal>
  );
}

function PipelineForm({ modelId, current, onClose }: PipelineDialogProps) {
  const setSettings = usePipelineStore((state) => state.setSettings);
  const [draft, setDraft] = useState<PipelineDraft>(() => draftOf(current.policy));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const checked = PipelineSettings.safeParse(settingsOf(draft));
  const problems = checked.success
    ? new Map<string, string>()
    : new Map(
        checked.error.issues.map(({ path, message }) => [path.slice(0, 2).join('.'), message]),
      );
  const isFit = checked.success && reason.trim() !== '';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!checked.success || !isFit || isBusy) return;
    setIsBusy(true);
    const { revision } = current;
    const change = { modelId, policy: checked.data, reason: reason.trim(), revision };
    const failure = await setSettings(change);
    setIsBusy(false);
    setError(failure);
    if (failure === null) onClose();
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <Text>
          Names and addresses only, never a password or token: whoever runs a pipeline brings their
          own.
        </Text>
        {PIPELINE_PARTS.map((part) => (
          <PartFields
            key={part.key}
            part={part}
            draft={draft}
            problems={problems}
            onChange={setDraft}
          />
        ))}
        <ParameterField draft={draft} problem={problems.get('parameters.0')} onChange={setDraft} />
        {checked.success && <SecretWarning places={secretPlaces(checked.data)} />}
        <ReasonField
          description="Goes on record with your name and the time. Packets that are written keep the settings they were written with."
          value={reason}
          onChange={setReason}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isFit}>
            Save settings
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
