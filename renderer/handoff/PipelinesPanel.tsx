import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { secretPlaces } from '../../shared/handoff/pipelineSettings';
import { ErrorPanel } from '../ui/ErrorPanel';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { useMay } from './handoffRights';
import { pipelinesSentence } from './packetWords';
import { PipelineDialog } from './PipelineDialog';
import { usePipelineStore } from './pipelineStore';
import { SecretWarning } from './SecretWarning';

/** Where a model's pipelines are, and the way to change that. */
export function PipelinesPanel({ modelId }: { readonly modelId: string }) {
  const current = usePipelineStore((state) => state.settingsByModel[modelId]);
  const error = usePipelineStore((state) => state.errors[`settings:${modelId}`]);
  const getSettings = usePipelineStore((state) => state.getSettings);
  const canSet = useMay('handoff.setSettings');
  const [isChanging, setIsChanging] = useState(false);
  useEffect(() => void getSettings(modelId), [getSettings, modelId]);
  if (error !== undefined)
    return <ErrorPanel error={error} onRetry={() => void getSettings(modelId)} />;
  if (current === undefined) return <Waiting />;
  const { revision, setBy, setAtUtc, reason, policy } = current;
  return (
    <Paper bg="var(--assay-surface)">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap="xs">
          <Text>{pipelinesSentence(policy)}</Text>
          {setBy !== null && (
            <Text c="dimmed" className="assay-wrap">
              Revision {revision}, set by {setBy} on <TimeText instant={setAtUtc} />: “{reason}”
            </Text>
          )}
          <SecretWarning places={secretPlaces(policy)} />
        </Stack>
        <Button
          variant="default"
          flex="none"
          disabled={!canSet}
          onClick={() => setIsChanging(true)}
        >
          Pipeline settings…
        </Button>
      </Group>
      {isChanging && (
        <PipelineDialog modelId={modelId} current={current} onClose={() => setIsChanging(false)} />
      )}
    </Paper>
  );
}
