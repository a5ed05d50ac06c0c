import { Box, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PolicyRevision } from '../../shared/drift/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useMaySignRecords } from '../ui/personStore';
import { SignaturePanel } from '../ui/SignaturePanel';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { useDriftStore } from './driftStore';
import { PolicyDialog } from './PolicyDialog';
import { chanceSentence, policySentences } from './policySentences';
import { Section } from '../ui/Section';

interface PolicyPanelProps {
  readonly modelId: string;
  /** Features that may be judged by rules of their own. */
  readonly featureNames: readonly string[];
}

/** When a feature of this model counts as drifted, who decided so, and the way to change it. */
export function PolicyPanel({ modelId, featureNames }: PolicyPanelProps) {
  const current = useDriftStore((state) => state.policyByModel[modelId]);
  const error = useDriftStore((state) => state.errors[`policy:${modelId}`]);
  const getPolicy = useDriftStore((state) => state.getPolicy);
  const [isChanging, setIsChanging] = useState(false);
  useEffect(() => void getPolicy(modelId), [getPolicy, modelId]);
  return (
    <Section title="Policy">
      <Paper bg="var(--assay-surface)">
        {current === undefined &&
          (error === undefined ? (
            <Waiting />
          ) : (
            <ErrorPanel error={error} onRetry={() => void getPolicy(modelId)} />
          ))}
        {current !== undefined && (
          <Group justify="space-between" align="flex-start" wrap="nowrap" gap="lg">
            <PolicyText current={current} />
            <Button variant="default" style={{ flexShrink: 0 }} onClick={() => setIsChanging(true)}>
              Change policy…
            </Button>
          </Group>
        )}
      </Paper>
      {current !== undefined && <PolicySignatures modelId={modelId} revision={current.revision} />}
      {current !== undefined && (
        <PolicyDialog
          opened={isChanging}
          modelId={modelId}
          current={current}
          featureNames={featureNames}
          onClose={() => setIsChanging(false)}
        />
      )}
    </Section>
  );
}

interface PolicySignaturesProps {
  readonly modelId: string;
  readonly revision: number;
}

function PolicySignatures({ modelId, revision }: PolicySignaturesProps) {
  const canSign = useMaySignRecords();
  return (
    <Box mt="md">
      <SignaturePanel
        recordType="drift.policy"
        recordId={modelId}
        canSign={canSign}
        refreshKey={revision}
      />
    </Box>
  );
}

function PolicyText({ current }: { readonly current: PolicyRevision }) {
  const { policy, revision, setBy, setAtUtc, reason } = current;
  return (
    <Stack gap={4} maw="96ch">
      {policySentences(policy).map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
      {policy.numericMethod === 'ks' && <Text c="dimmed">{chanceSentence(policy)}</Text>}
      <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {setBy === null ? (
          `Revision ${revision}: the default policy.`
        ) : (
          <>
            Revision {revision}, set by {setBy} on <TimeText instant={setAtUtc} />: “{reason}”
          </>
        )}
      </Text>
    </Stack>
  );
}
