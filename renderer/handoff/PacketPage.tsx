import { Button, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { HandoffPacket } from '../../shared/handoff/packet';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { useMaySignRecords } from '../ui/personStore';
import { ReasonDialog } from '../ui/ReasonDialog';
import { Section } from '../ui/Section';
import { SignaturePanel } from '../ui/SignaturePanel';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { CitationTable } from './CitationTable';
import { ExportPacket } from './ExportPacket';
import { useMay } from './handoffRights';
import { useHandoffStore } from './handoffStore';
import { ManifestList } from './ManifestList';
import { PACKET_LOOKS, packetSentence } from './packetWords';
import { RevisePacket } from './RevisePacket';
import { SecretWarning } from './SecretWarning';

/** One packet: what it asks, on what, who approved it, and the files that leave with it. */
export function PacketPage({ packetId }: { readonly packetId: string }) {
  const packet = useHandoffStore((state) => state.packetById[packetId]);
  const error = useHandoffStore((state) => state.errors[`packet:${packetId}`]);
  const get = useHandoffStore((state) => state.get);
  useEffect(() => void get(packetId), [get, packetId]);
  if (packet !== undefined) return <Packet packet={packet} />;
  return (
    <>
      <PageHeader
        title="Hand-off packet"
        context={<Trail steps={[{ to: '/models', label: 'Models' }]} />}
      />
      {error === undefined ? (
        <Waiting />
      ) : (
        <ErrorPanel error={error} onRetry={() => void get(packetId)} />
      )}
    </>
  );
}

function Packet({ packet }: { readonly packet: HandoffPacket }) {
  const { id, modelId, modelName, number, title, state, content, revisions, withdrawal } = packet;
  const get = useHandoffStore((store) => store.get);
  const canSign = useMaySignRecords();
  return (
    <>
      <PageHeader
        title={`Packet ${number}: ${title}`}
        context={
          <Trail
            steps={[
              { to: '/models', label: 'Models' },
              { to: `/models/${modelId}`, label: modelName },
            ]}
          />
        }
        sentence={packetSentence(packet)}
        actions={<PacketActs packet={packet} />}
      />
      <Stack gap="lg">
        <Paper bg="var(--assay-surface)">
          <Stack gap="xs">
            <div>
              <StateBadge {...PACKET_LOOKS[state]} />
            </div>
            <Text className="assay-wrap">{content.request}</Text>
            {content.cause.kind === 'rule' && (
              <Text c="dimmed" className="assay-wrap">
                Drafted by a rule of the {content.cause.policy} policy, revision{' '}
                {content.cause.rulesRevision}: {content.cause.finding}
              </Text>
            )}
            {withdrawal !== null && (
              <Text className="assay-wrap">
                Withdrawn by {withdrawal.by} on <TimeText instant={withdrawal.atUtc} />: “
                {withdrawal.reason}”
              </Text>
            )}
            {revisions.map((one) => (
              <Text key={one.revision} c="dimmed" className="assay-wrap">
                Revision {one.revision}, by {one.setBy} on <TimeText instant={one.setAtUtc} />
                {one.revision > 1 && `: “${one.reason}”`}
              </Text>
            ))}
            {packet.versions.map(({ versionId, version }) => (
              <TextLink key={versionId} to={`/models/${modelId}/versions/${versionId}`}>
                Version {version} was registered from this packet
              </TextLink>
            ))}
            <SecretWarning places={packet.secretPlaces} />
          </Stack>
        </Paper>
        <Section title="Evidence">
          <CitationTable citations={packet.citations} />
        </Section>
        <SignaturePanel
          recordType="handoff.packet"
          recordId={id}
          canSign={canSign && withdrawal === null}
          refreshKey={packet.revision}
          onSigned={() => void get(id)}
        />
        <Section title="Files for the pipelines">
          <ManifestList manifests={packet.manifests} />
        </Section>
      </Stack>
    </>
  );
}

function PacketActs({ packet }: { readonly packet: HandoffPacket }) {
  const { id: packetId, revision, state } = packet;
  const withdraw = useHandoffStore((store) => store.withdraw);
  const canWrite = useMay('handoff.revisePacket');
  const [act, setAct] = useState<'revise' | 'withdraw' | null>(null);
  if (state === 'withdrawn' || !canWrite) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAct('withdraw')}>
        Withdraw…
      </Button>
      <Button variant="default" onClick={() => setAct('revise')}>
        Change…
      </Button>
      <ExportPacket packet={packet} />
      <RevisePacket packet={packet} opened={act === 'revise'} onClose={() => setAct(null)} />
      <ReasonDialog
        opened={act === 'withdraw'}
        title="Withdraw the packet"
        submitLabel="Withdraw"
        isDestructive
        onClose={() => setAct(null)}
        onSubmit={(reason) => withdraw({ packetId, revision, reason })}
      >
        It stays on record with its signatures, and can no longer be approved or exported.
      </ReasonDialog>
    </>
  );
}
