import { Paper } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { PACKET_PURPOSES } from '../../shared/handoff/packet';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { useHandoffStore } from './handoffStore';
import { evidenceKey, PacketForm } from './PacketForm';
import { evidenceIds } from './packetWords';

interface NewPacketPageProps {
  readonly modelId: string;
  readonly purpose: string;
  /** Identifier of a record to cite from the start. */
  readonly citedId?: string;
  /** The version to begin with. */
  readonly versionId?: string;
  /** Share of traffic to begin with. */
  readonly percent?: string;
}

/** Writes a packet down, for others to approve. */
export function NewPacketPage(props: NewPacketPageProps) {
  const { modelId, purpose, citedId, versionId, percent } = props;
  const versions = useHandoffStore((state) => state.versionsByModel[modelId]);
  const evidence = useHandoffStore((state) => state.evidenceByModel[modelId]);
  const error = useHandoffStore((state) => state.errors[`choices:${modelId}`]);
  const loadChoices = useHandoffStore((state) => state.loadChoices);
  const draftPacket = useHandoffStore((state) => state.draft);
  const [, navigate] = useLocation();
  useEffect(() => void loadChoices(modelId), [loadChoices, modelId]);
  const live = versions?.find(({ stage }) => stage === 'Production');
  const other = versions?.find(({ id }) => id !== live?.id);
  const wanted = PACKET_PURPOSES.find((one) => one === purpose) ?? 'retrain';
  const subject = wanted === 'retrain' ? (live ?? other) : other;
  const cited = evidence?.filter(
    (one) => citedId !== undefined && evidenceIds(one.evidence).includes(citedId),
  );
  return (
    <>
      <PageHeader
        title="Write a hand-off packet"
        context={
          <Trail
            steps={[
              { to: '/models', label: 'Models' },
              { to: `/models/${modelId}`, label: versions?.[0]?.modelName ?? 'Model' },
            ]}
          />
        }
        sentence="It waits for a second person's approval before it can be exported; nothing runs by itself."
      />
      {error !== undefined && (
        <ErrorPanel error={error} onRetry={() => void loadChoices(modelId)} />
      )}
      {(versions === undefined || evidence === undefined) && error === undefined && <Waiting />}
      {versions !== undefined && evidence !== undefined && (
        <Paper bg="var(--assay-surface)" maw="70rem">
          <PacketForm
            initial={{
              title: '',
              purpose: wanted,
              request: '',
              versionId: versionId ?? subject?.id ?? null,
              candidatePercent: percent === undefined ? '' : Number(percent),
              cited: cited?.map((one) => evidenceKey(one.evidence)) ?? [],
            }}
            versions={versions}
            evidence={evidence}
            submitLabel="Write the packet"
            onSubmit={async (draft) => {
              const result = await draftPacket({ modelId, draft });
              if (!result.ok) return result.error;
              navigate(`/handoffs/${result.value.id}`);
              return null;
            }}
            onCancel={() => navigate(`/models/${modelId}`)}
          />
        </Paper>
      )}
    </>
  );
}
