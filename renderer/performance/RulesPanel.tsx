import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { CORRECTION_WORDS } from '../../shared/drift/driftPolicy';
import type {
  PerformanceOverview,
  PerformancePolicyRevision,
} from '../../shared/performance/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useMaySignRecords } from '../ui/personStore';
import { Section } from '../ui/Section';
import { SignaturePanel } from '../ui/SignaturePanel';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { usePerformanceStore } from './performanceStore';
import { ReplayTable } from './ReplayTable';
import { RulesDialog } from './RulesDialog';

/** The rules that every window is judged by, what they would have done, and the way to change them. */
export function RulesPanel({ overview }: { readonly overview: PerformanceOverview }) {
  const { modelId } = overview;
  const current = usePerformanceStore((state) => state.policyByModel[modelId]);
  const error = usePerformanceStore((state) => state.errors[`policy:${modelId}`]);
  const getPolicy = usePerformanceStore((state) => state.getPolicy);
  useEffect(() => void getPolicy(modelId), [getPolicy, modelId]);
  return (
    <Section title="Rules">
      {current === undefined &&
        (error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getPolicy(modelId)} />
        ))}
      {current !== undefined && <Rules overview={overview} current={current} />}
    </Section>
  );
}

interface RulesProps {
  readonly overview: PerformanceOverview;
  readonly current: PerformancePolicyRevision;
}

function Rules({ overview, current }: RulesProps) {
  const [isChanging, setIsChanging] = useState(false);
  const { revision, setBy, setAtUtc, reason, policy } = current;
  return (
    <Paper bg="var(--assay-surface)">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Text c="dimmed" maw="96ch">
            {setBy === null ? (
              'Revision 0: the default rules. How far features move is judged by the drift policy.'
            ) : (
              <>
                Revision {revision}, set by {setBy} on <TimeText instant={setAtUtc} />: “{reason}”
              </>
            )}
          </Text>
          <Button variant="default" onClick={() => setIsChanging(true)}>
            Change rules…
          </Button>
        </Group>
        {policy.correction !== undefined && (
          <Text c="dimmed">Correction over the rules: {CORRECTION_WORDS[policy.correction]}.</Text>
        )}
        <ReplayTable
          modelId={overview.modelId}
          policy={policy}
          refreshKey={overview.windows.map(({ report }) => report.id).join()}
        />
      </Stack>
      <Signing modelId={overview.modelId} current={current} />
      <RulesDialog
        key={revision}
        overview={overview}
        current={current}
        opened={isChanging}
        onClose={() => setIsChanging(false)}
      />
    </Paper>
  );
}

interface SigningProps {
  readonly modelId: string;
  readonly current: PerformancePolicyRevision;
}

/** Signatures under the rules: without an approval, no rule rolls back by itself. */
function Signing({ modelId, current }: SigningProps) {
  const canSign = useMaySignRecords();
  const { policy, revision } = current;
  const rollsBack = policy.rules.some(
    ({ action, isEnabled }) => isEnabled && action === 'rollBack',
  );
  if (revision === 0) return null;
  return (
    <Stack gap="xs" mt="md">
      {rollsBack && (
        <Text>
          A rule of this revision rolls back by itself once a manager who did not set it approves it
          by signature. Until then it only recommends the rollback.
        </Text>
      )}
      <SignaturePanel
        recordType="performance.policy"
        recordId={modelId}
        canSign={canSign}
        refreshKey={revision}
      />
    </Stack>
  );
}
