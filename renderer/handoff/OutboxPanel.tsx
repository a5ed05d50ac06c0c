import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { ReasonDialog } from '../ui/ReasonDialog';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { useMayLoop } from './handoffRights';
import { useLoopStore } from './loopStore';

/** The folder that serving pipelines watch, for the whole workspace. */
export function OutboxPanel() {
  const outbox = useLoopStore((state) => state.outbox);
  const error = useLoopStore((state) => state.errors['outbox']);
  const getOutbox = useLoopStore((state) => state.getOutbox);
  const setOutbox = useLoopStore((state) => state.setOutbox);
  const canSet = useMayLoop('handoff.setOutbox');
  const [act, setAct] = useState<'choose' | 'none' | null>(null);
  useEffect(() => void getOutbox(), [getOutbox]);
  if (error !== undefined) return <ErrorPanel error={error} onRetry={() => void getOutbox()} />;
  if (outbox === null) return <Waiting />;
  const { path, revision, setBy, setAtUtc, nWaiting, nWritten } = outbox;
  const source = act === 'none' ? null : { token: null };
  return (
    <Paper bg="var(--assay-surface)">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap="xs" align="flex-start">
          <Text className="assay-wrap">
            {path === null
              ? 'No outbox folder is chosen. Rollbacks that a signed policy takes wait for one.'
              : `Rollback manifests are written to ${path}.`}{' '}
            {formatNoun(nWritten, 'manifest')} written.
          </Text>
          {nWaiting > 0 && (
            <StateBadge state="alert" label={`${formatNoun(nWaiting, 'manifest')} waiting`} />
          )}
          {setBy !== null && (
            <Text c="dimmed">
              Set by {setBy} on <TimeText instant={setAtUtc} />
            </Text>
          )}
        </Stack>
        <Group gap="xs" flex="none">
          {path !== null && (
            <Button variant="default" disabled={!canSet} onClick={() => setAct('none')}>
              Use none…
            </Button>
          )}
          <Button variant="default" disabled={!canSet} onClick={() => setAct('choose')}>
            Choose outbox…
          </Button>
        </Group>
      </Group>
      <ReasonDialog
        opened={act !== null}
        title={act === 'none' ? 'Use no outbox' : 'Choose the outbox folder'}
        submitLabel={act === 'none' ? 'Use none' : 'Choose folder…'}
        onClose={() => setAct(null)}
        onSubmit={(reason) => setOutbox({ source, reason, revision })}
      >
        {act === 'none'
          ? 'A person’s rollback is then no longer told to who serves; one by a signed policy waits.'
          : 'The serving pipeline watches this folder. Every rollback of any model is written there as one JSON file, whole or not at all.'}
      </ReasonDialog>
    </Paper>
  );
}
