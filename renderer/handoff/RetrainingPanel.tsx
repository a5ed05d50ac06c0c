import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { retrainingWords, type RetrainingRules } from '../../shared/handoff/retrainingRules';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatShare } from '../ui/formatNumber';
import { Sentence } from '../ui/Sentence';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { useMayLoop } from './handoffRights';
import { useLoopStore } from './loopStore';
import { RetrainingDialog } from './RetrainingDialog';

type ShownRule = RetrainingRules['rules'][number];

const COLUMNS: readonly Column<ShownRule>[] = [
  {
    key: 'rule',
    header: 'Train anew when',
    render: ({ rule }) => <Sentence text={retrainingWords(rule)} />,
  },
  { key: 'state', header: 'State', render: (shown) => <StateBadge {...lookOf(shown)} /> },
  {
    key: 'progress',
    header: 'How far',
    align: 'right',
    render: ({ progress }) => progressWords(progress),
    sortValue: ({ progress }) => progress,
  },
  { key: 'sentence', header: 'Now', render: ({ sentence }) => <Sentence text={sentence} /> },
  {
    key: 'fired',
    header: 'Last fired',
    render: ({ lastFired }) =>
      lastFired === null ? (
        'never'
      ) : (
        <TextLink to={`/handoffs/${lastFired.packetId}`}>
          <TimeText instant={lastFired.atUtc} />
        </TextLink>
      ),
  },
];

function progressWords(progress: number | null): string {
  if (progress === null) return 'not known';
  return progress >= 1 ? 'reached' : formatShare(progress);
}

function lookOf({ rule, isFiring }: ShownRule) {
  if (!rule.isEnabled) return { state: 'unknown', label: 'Off' } as const;
  return isFiring
    ? ({ state: 'watch', label: 'Fires' } as const)
    : ({ state: 'ok', label: 'Waits' } as const);
}

/** When a model shall be trained anew, how far each rule is from firing, and the way to change them. */
export function RetrainingPanel({ modelId }: { readonly modelId: string }) {
  const current = useLoopStore((state) => state.rulesByModel[modelId]);
  const error = useLoopStore((state) => state.errors[`rules:${modelId}`]);
  const getRules = useLoopStore((state) => state.getRules);
  const canSet = useMayLoop('handoff.setRules');
  const [isChanging, setIsChanging] = useState(false);
  useEffect(() => void getRules(modelId), [getRules, modelId]);
  if (error !== undefined)
    return <ErrorPanel error={error} onRetry={() => void getRules(modelId)} />;
  if (current === undefined) return <Waiting />;
  const { rules, revision, setBy, setAtUtc, reason } = current;
  return (
    <Paper bg="var(--assay-surface)">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Text>
            {rules.length === 0
              ? 'No rule asks for retraining. A rule drafts a packet, once per cause, when features move, a performance rule is broken, time has passed or labelled rows have come in.'
              : setBy !== null && (
                  <>
                    Revision {revision}, set by {setBy} on <TimeText instant={setAtUtc} />: “
                    {reason}”
                  </>
                )}
          </Text>
          <Button
            variant="default"
            flex="none"
            disabled={!canSet}
            onClick={() => setIsChanging(true)}
          >
            Retraining rules…
          </Button>
        </Group>
        {rules.length > 0 && (
          <DataTable
            caption="Retraining rules"
            columns={COLUMNS}
            rows={rules}
            rowKey={({ rule }) => rule.id}
          />
        )}
      </Stack>
      {isChanging && (
        <RetrainingDialog
          modelId={modelId}
          current={current}
          onClose={() => setIsChanging(false)}
        />
      )}
    </Paper>
  );
}
