import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Reference } from '../../shared/drift/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatBytes, formatCount, formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { countRoles, isAssessedRole, KIND_WORDS, ROLE_WORDS } from './columnChoice';
import { useDriftStore } from './driftStore';
import { ReferenceWizard } from './ReferenceWizard';

/** The reference profile of a version: what it was frozen from, or the way to freeze one. */
export function VersionReference({ versionId }: { readonly versionId: string }) {
  const reference = useDriftStore((state) => state.referenceByVersion[versionId]);
  const error = useDriftStore((state) => state.errors[`reference:${versionId}`]);
  const getReference = useDriftStore((state) => state.getReference);
  const [isFreezing, setIsFreezing] = useState(false);
  useEffect(() => void getReference(versionId), [getReference, versionId]);
  return (
    <Paper p="md" bg="var(--assay-surface)">
      <Title order={2} mb="sm">
        Reference profile
      </Title>
      {reference === undefined &&
        (error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getReference(versionId)} />
        ))}
      {reference === null && (
        <Stack gap="sm" align="flex-start">
          <StateBadge state="unknown" label="Not frozen" />
          <Text>
            Live batches are compared with it. Bring the data that the model was trained on, or a
            window in which it worked well: a CSV, Parquet or Arrow file. Only distributions are
            kept; the rows stay in your file.
          </Text>
          <Button onClick={() => setIsFreezing(true)}>Freeze reference…</Button>
        </Stack>
      )}
      {reference !== undefined && reference !== null && <FrozenFacts reference={reference} />}
      <ReferenceWizard
        opened={isFreezing}
        versionId={versionId}
        onClose={() => setIsFreezing(false)}
      />
    </Paper>
  );
}

const SHOWN_COLUMNS = 40;

function FrozenFacts({ reference }: { readonly reference: Reference }) {
  const { file, columns } = reference;
  const counts = countRoles(columns);
  const compared = columns.filter(({ role }) => isAssessedRole(role));
  return (
    <Stack gap="sm">
      <div>
        <StateBadge state="ok" label="Frozen" />
      </div>
      <KeyValue
        items={[
          { label: 'File', value: `${file.fileName} (${formatBytes(file.sizeBytes)})` },
          { label: 'SHA-256', value: <HashText hash={file.sha256} of="reference file" /> },
          { label: 'Rows', value: formatCount(reference.nRows) },
          { label: 'Frozen', value: <TimeText instant={reference.frozenAtUtc} /> },
          {
            label: 'Columns',
            value: `${formatNoun(counts.feature, 'feature')}, ${formatNoun(counts.prediction, 'prediction')}, ${formatNoun(counts.label, 'label')}, ${formatCount(counts.id + counts.ignored)} ignored`,
          },
        ]}
      />
      <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {compared
          .slice(0, SHOWN_COLUMNS)
          .map(
            ({ name, kind, role }) =>
              `${name} (${(role === 'feature' ? KIND_WORDS[kind] : ROLE_WORDS[role]).toLowerCase()})`,
          )
          .join(', ')}
        {compared.length > SHOWN_COLUMNS &&
          ` and ${formatCount(compared.length - SHOWN_COLUMNS)} more`}
      </Text>
    </Stack>
  );
}
