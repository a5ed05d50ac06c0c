import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Canary, CanaryVerdict } from '../../shared/canary/channels';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { HashText } from '../ui/HashText';
import { SignaturePanel } from '../ui/SignaturePanel';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { useCall } from '../ui/useCall';
import { useCanaryStore } from './canaryStore';
import { handoffLink, VERDICT_LOOKS } from './verdictWords';

/** The verdict on record with its signatures, and the way to record the next one. */
export function VerdictPanel({ canary }: { readonly canary: Canary }) {
  const judge = useCanaryStore((state) => state.judge);
  const [error, setError] = useState<AppError | null>(null);
  const [newest] = canary.verdicts;
  const isOnRecord =
    newest?.nLooks === canary.nLooks && newest.planRevision === canary.plans.at(-1)?.revision;
  return (
    <Stack gap="sm">
      {!isOnRecord && canary.nLooks > 0 && (
        <Group>
          <Button onClick={() => void judge(canary.id).then(setError)}>Record this verdict</Button>
          <Text c="dimmed">
            {newest === undefined
              ? 'Nothing is on record yet; what you see above is computed anew each time.'
              : 'The verdict on record is older than the newest look or plan.'}
          </Text>
        </Group>
      )}
      {error !== null && <ErrorPanel error={error} />}
      {newest !== undefined && <RecordedVerdict canary={canary} verdict={newest} />}
    </Stack>
  );
}

interface RecordedVerdictProps {
  readonly canary: Canary;
  readonly verdict: CanaryVerdict;
}

function RecordedVerdict({ canary, verdict }: RecordedVerdictProps) {
  const { judgement, judgementSha256, judgedBy, judgedAtUtc, planRevision, nLooks } = verdict;
  const handoff = handoffLink(canary, verdict);
  return (
    <>
      <Paper bg="var(--assay-surface)">
        <Stack gap="sm">
          <Group gap="sm">
            <Title order={2}>Verdict {verdict.ordinal} on record</Title>
            <StateBadge {...VERDICT_LOOKS[judgement.verdict]} />
          </Group>
          <Text className="assay-figures">{judgement.sentence}</Text>
          <Text c="dimmed" component="div">
            Judged by {judgedBy} <TimeText instant={judgedAtUtc} />, plan revision {planRevision},{' '}
            {nLooks} {nLooks === 1 ? 'look' : 'looks'}; <HashText hash={judgementSha256} />
          </Text>
          {judgement.verdict === 'rollBack' &&
            (canary.isCandidateLive ? (
              <TextLink to={`/models/${canary.modelId}/versions/${canary.candidateVersionId}`}>
                The candidate is live: roll it back on its page
              </TextLink>
            ) : (
              <Text>The candidate is not live. Take it out of the traffic that it still gets.</Text>
            ))}
          {judgement.verdict === 'promote' && (
            <TextLink to={`/models/${canary.modelId}/versions/${canary.candidateVersionId}`}>
              Ask for its promotion
            </TextLink>
          )}
          <TextLink to={handoff.to}>{handoff.label}</TextLink>
          <Replay verdictId={verdict.id} />
        </Stack>
      </Paper>
      <SignaturePanel
        recordType="canary.verdict"
        recordId={verdict.id}
        canSign
        refreshKey={verdict.id}
      />
    </>
  );
}

function Replay({ verdictId }: { readonly verdictId: string }) {
  const { run, error, isRunning } = useCall('canary.replay');
  const [isSame, setIsSame] = useState<boolean | null>(null);
  async function replay(): Promise<void> {
    const result = await run({ verdictId });
    if (result.ok) setIsSame(result.value.isSame);
  }
  return (
    <Group gap="sm">
      <Button variant="default" size="xs" loading={isRunning} onClick={() => void replay()}>
        Judge again from the stored figures
      </Button>
      {isSame !== null && (
        <StateBadge
          state={isSame ? 'ok' : 'alert'}
          label={isSame ? 'The same bytes' : 'Not the same bytes'}
        />
      )}
      {error !== null && <ErrorPanel error={error} />}
    </Group>
  );
}
