import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  PipelineSettings,
  secretPlaces,
  type PipelineSettingsRevision,
} from '../../shared/handoff/pipelineSettings';
import type { AppError } from '../../shared/ipc/errors';
import { ReasonDialog } from '../ui/ReasonDialog';
import { PIPELINE_PARTS, draftOf, settingsOf, type PipelineDraft } from './pipelineDraft';
import { ParameterField, PartFields } from './PipelineFields';
import { usePipelineStore } from './pipelineStore';
import { SecretWarning } from './SecretWarning';

interface PipelineDialogProps {
  readonly modelId: string;
  readonly current: PipelineSettingsRevision;
  readonly onClose: () => void;
}

/** Says where a model's pipelines are; each part is checked as it is typed. */
export function PipelineDialog({ modelId, current, onClose }: PipelineDialogProps) {
  const setSettings = usePipelineStore((state) => state.setSettings);
  const [draft, setDraft] = useState<PipelineDraft>(() => draftOf(current.policy));
  const checked = PipelineSettings.safeParse(settingsOf(draft));
  const problems = new Map(
    (checked.error?.issues ?? []).map(({ path, message }) => [path.slice(0, 2).join('.'), message]),
  );
  async function submit(reason: string): Promise<AppError | null> {
    if (!checked.success) return null;
    const { revision } = current;
    return setSettings({ modelId, policy: checked.data, reason, revision });
  }
  return (
    <ReasonDialog
      opened
      title="Pipeline settings"
      isWide
      staysOpen
      submitLabel="Save settings"
      isReady={checked.success}
      reasonDescription="Goes on record with your name and the time. Packets that are written keep the settings they were written with."
      onSubmit={submit}
      onClose={onClose}
    >
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
      </Stack>
    </ReasonDialog>
  );
}
