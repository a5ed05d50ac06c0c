import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useId } from 'react';
import type { VersionLifecycle } from '../../shared/registry/lifecycleChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { AliasesPart } from './AliasesPart';
import { GateList } from './GateList';
import { LifecycleActs } from './LifecycleActs';
import { useLifecycleStore } from './lifecycleStore';
import { stageLook } from './lifecycleWords';

interface LifecyclePanelProps {
  readonly version: ModelVersion;
  /** The reason that a rule gives for a rollback; null: none. */
  readonly rollbackAdvice: string | null;
}

/** Where a version stands, what its next stage needs, and the acts that move it. */
export function LifecyclePanel({ version, rollbackAdvice }: LifecyclePanelProps) {
  const titleId = useId();
  const { id } = version;
  const lifecycle = useLifecycleStore((state) => state.byVersion[id]);
  const error = useLifecycleStore((state) => state.errors[id]);
  const getLifecycle = useLifecycleStore((state) => state.getLifecycle);
  useEffect(() => void getLifecycle(id), [getLifecycle, id, version.referenceId]);
  return (
    <Paper component="section" aria-labelledby={titleId} bg="var(--assay-surface)">
      <Stack gap="md">
        <Group gap="sm">
          <Title order={2} id={titleId}>
            Stage
          </Title>
          <StateBadge {...stageLook(version.stage)} />
        </Group>
        <AliasesPart version={version} />
        {error !== undefined && <ErrorPanel error={error} onRetry={() => void getLifecycle(id)} />}
        {lifecycle === undefined && error === undefined && <Waiting />}
        {lifecycle !== undefined && (
          <>
            <NextStage
              modelId={version.snapshot.modelId}
              versionId={version.id}
              lifecycle={lifecycle}
            />
            <LifecycleActs
              version={version}
              lifecycle={lifecycle}
              rollbackAdvice={rollbackAdvice}
            />
          </>
        )}
      </Stack>
    </Paper>
  );
}

interface NextStageProps {
  readonly modelId: string;
  readonly versionId: string;
  readonly lifecycle: VersionLifecycle;
}

function NextStage({ modelId, versionId, lifecycle }: NextStageProps) {
  const { toStage, gates, request } = lifecycle;
  if (toStage === null) return <Text>{endSentence(lifecycle)}</Text>;
  const nMissing = gates.filter(({ isMet }) => !isMet).length;
  return (
    <Stack gap="sm">
      {request !== null && (
        <Text style={{ overflowWrap: 'anywhere' }}>
          {request.requestedBy} asked on <TimeText instant={request.requestedAtUtc} /> to bring it
          to {request.toStage}: “{request.reason}”
        </Text>
      )}
      <Text fw={600}>
        {nMissing === 0
          ? `Everything that ${toStage} needs is there:`
          : `${toStage} needs ${nMissing} more of ${gates.length}:`}
      </Text>
      <GateList modelId={modelId} versionId={versionId} gates={gates} />
    </Stack>
  );
}

function endSentence({ stage, rollbackTo }: VersionLifecycle): string {
  if (stage !== 'Production') return 'No promotion leads on from here.';
  return rollbackTo === null
    ? 'It is live. No other version was live before it.'
    : `It is live. Version ${rollbackTo.version} was live before it.`;
}
