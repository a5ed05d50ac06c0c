import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FileFingerprint } from '../../shared/base/files';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { useExplanationStore } from './explanationStore';

interface OpenCasesProps {
  readonly explanationId: string;
  readonly file: FileFingerprint;
  /** The model, where the explanation was computed from one. */
  readonly model: FileFingerprint | null;
  /** What follows `Drop … here`, e.g. `to look at one case`. */
  readonly ending: string;
}

/** Finds the file of an explanation again, and its model before it where there is one. */
export function OpenCases({ explanationId, file, model, ending }: OpenCasesProps) {
  const opening = useCall('explanation.openCases');
  const stageId = useExplanationStore((state) => state.openedById[explanationId]);
  const keepOpened = useExplanationStore((state) => state.keepOpened);
  const [modelSource, setModelSource] = useState<{ readonly token: string | null } | null>(null);
  useEffect(() => setModelSource(null), [explanationId]);
  async function open(token: string | null): Promise<void> {
    const result = await opening.run({ explanationId, source: { token }, modelSource });
    if (result.ok) keepOpened(explanationId, result.value.stageId);
  }
  if (stageId !== undefined)
    return (
      <Group gap="xs">
        <Text c="dimmed">{file.fileName} is open until the workspace is locked.</Text>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => keepOpened(explanationId, undefined)}
        >
          Choose the file again
        </Button>
      </Group>
    );
  return (
    <Stack gap="xs">
      {model !== null && modelSource === null ? (
        <FileDrop
          label={`Drop ${model.fileName} here ${ending}`.trim()}
          accept="The model that this explanation was computed from; the data come next."
          browseLabel="Choose the model…"
          onToken={(token) => setModelSource({ token })}
          onBrowse={() => setModelSource({ token: null })}
        />
      ) : (
        <FileDrop
          label={`Drop ${file.fileName} here ${ending}`.trim()}
          accept="The file that this explanation was made from. What it says of people stays in it: a case is shown and not stored."
          browseLabel="Choose the file…"
          onToken={(token) => void open(token)}
          onBrowse={() => void open(null)}
          isBusy={opening.isRunning}
        />
      )}
      {opening.error !== null && <ErrorPanel error={opening.error} />}
      <ProgressDialog
        opened={opening.isRunning}
        title="Reading the file"
        progress={opening.progress}
        onCancel={opening.cancel}
      />
    </Stack>
  );
}
