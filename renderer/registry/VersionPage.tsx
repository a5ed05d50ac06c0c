import { Code, Grid, Paper, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import type { Signature } from '../../shared/audit/signature';
import type { ModelVersion } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { PageHeader } from '../ui/PageHeader';
import { useMaySignRecords } from '../ui/personStore';
import { SignaturePanel } from '../ui/SignaturePanel';
import { TimeText } from '../ui/TimeText';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { LifecyclePanel } from './LifecyclePanel';
import { LineagePanel } from './LineagePanel';
import { ArtefactCopyPanel } from './ArtefactCopyPanel';
import { CheckArtefacts } from './CheckArtefacts';
import { ExportVersionMenu } from './ExportMenu';
import { useRegistryStore } from './registryStore';
import { SnapshotView } from './SnapshotView';
import { VersionTags } from './VersionTags';

export interface VersionPageProps {
  readonly versionId: string;
  /** How the version's model card stands. */
  readonly card?: ReactNode;
  /** The version's reference profile. */
  readonly reference?: ReactNode;
  /** The reason that a rule gives for a rollback: its dialog opens with it. */
  readonly rollbackAdvice?: string | null;
}

/** One immutable version: what it froze, who signed it, and its reference profile. */
export function VersionPage(props: VersionPageProps) {
  const { versionId, card, reference, rollbackAdvice = null } = props;
  const version = useRegistryStore((state) => state.versionById[versionId]);
  const error = useRegistryStore((state) => state.errors[versionId]);
  const getVersion = useRegistryStore((state) => state.getVersion);
  const canSign = useMaySignRecords();
  useEffect(() => void getVersion(versionId), [getVersion, versionId]);
  if (version === undefined) {
    return (
      <>
        <PageHeader
          title="Version"
          context={<Trail steps={[{ to: '/models', label: 'Models' }]} />}
        />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getVersion(versionId)} />
        )}
      </>
    );
  }
  const { snapshot } = version;
  return (
    <>
      <PageHeader
        title={`${snapshot.modelName}, version ${snapshot.version}`}
        context={
          <Trail
            steps={[
              { to: '/models', label: 'Models' },
              { to: `/models/${snapshot.modelId}`, label: snapshot.modelName },
            ]}
          />
        }
        sentence={<VersionSentence version={version} />}
        actions={
          <>
            <CheckArtefacts version={version} />
            <ExportVersionMenu version={version} />
          </>
        }
      />
      <Grid gap="md">
        <Grid.Col span={12}>
          <LifecyclePanel version={version} rollbackAdvice={rollbackAdvice} />
        </Grid.Col>
        {card !== undefined && <Grid.Col span={12}>{card}</Grid.Col>}
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Paper p="md" bg="var(--assay-surface)">
            <Title order={2} mb="sm">
              Snapshot
            </Title>
            <SnapshotView snapshot={snapshot} />
          </Paper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <VersionTags version={version} />
          {reference}
          <ArtefactCopyPanel version={version} />
          <SignatureCard signature={version.signature} snapshotSha256={version.snapshotSha256} />
        </Grid.Col>
        <Grid.Col span={12}>
          <LineagePanel version={version} />
        </Grid.Col>
        <Grid.Col span={12}>
          <SignaturePanel recordType="registry.version" recordId={versionId} canSign={canSign} />
        </Grid.Col>
      </Grid>
    </>
  );
}

function VersionSentence({ version }: { readonly version: ModelVersion }) {
  const { snapshot, signature } = version;
  return (
    <>
      Frozen and signed by {signature.printedName} on <TimeText instant={signature.signedAtUtc} />:{' '}
      {formatNoun(Object.keys(snapshot.hyperparameters).length, 'hyperparameter')},{' '}
      {formatNoun(Object.keys(snapshot.metrics).length, 'metric')},{' '}
      {snapshot.trainingData === null ? 'no training data on record' : 'training data on record'}
      {snapshot.artefacts === undefined
        ? ''
        : `, ${formatNoun(snapshot.artefacts.length, 'artefact file')}`}
      .
    </>
  );
}

interface SignatureCardProps {
  readonly signature: Signature;
  readonly snapshotSha256: string;
}

function SignatureCard({ signature, snapshotSha256 }: SignatureCardProps) {
  return (
    <Paper p="md" mt="md" bg="var(--assay-surface)">
      <Title order={2} mb="sm">
        Signature of registration
      </Title>
      <KeyValue
        items={[
          { label: 'Signed by', value: signature.printedName },
          { label: 'Meaning', value: signature.meaning },
          { label: 'Reason', value: signature.reason },
          { label: 'Time', value: <TimeText instant={signature.signedAtUtc} /> },
          { label: 'Snapshot', value: <HashText hash={snapshotSha256} of="snapshot" /> },
          {
            label: 'Signed record',
            value: <HashText hash={signature.recordSha256} of="signed record" />,
          },
          { label: 'Key', value: <HashText hash={signature.keyId} of="public key" /> },
          {
            label: 'Ed25519',
            value: (
              <Code fz="xs" style={{ overflowWrap: 'anywhere' }}>
                {signature.signatureBase64}
              </Code>
            ),
          },
        ]}
      />
    </Paper>
  );
}
