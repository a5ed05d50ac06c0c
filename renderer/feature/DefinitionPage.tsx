import { Button, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { LAWFUL_BASIS_WORDS, SPECIAL_CONDITION_WORDS } from '../../shared/feature/basisWords';
import type {
  Feature,
  FeatureDefinition,
  FeatureRevision,
  FeatureUse,
} from '../../shared/feature/feature';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { PageHeader } from '../ui/PageHeader';
import { Section } from '../ui/Section';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { ReviseFeature } from './DefinitionDialog';
import { useFeatureStore, useMay } from './featureStore';
import { CONSENT_WORDS, impactSentence, SENSITIVITY_LOOK, VALUE_TYPE_WORDS } from './featureWords';

const TRAIL = <Trail steps={[{ to: '/features', label: 'Features' }]} />;

/** One feature: what is said about it, what a change of it reaches, and what was said before. */
export function DefinitionPage({ featureId }: { readonly featureId: string }) {
  const feature = useFeatureStore((state) => state.byId[featureId]);
  const error = useFeatureStore((state) => state.errors[featureId]);
  const getFeature = useFeatureStore((state) => state.getFeature);
  const mayRevise = useMay('feature.revise');
  const [isRevising, setIsRevising] = useState(false);
  useEffect(() => void getFeature(featureId), [getFeature, featureId]);
  if (feature === undefined)
    return error === undefined ? (
      <Waiting />
    ) : (
      <>
        <PageHeader title="Feature" context={TRAIL} />
        <ErrorPanel error={error} onRetry={() => void getFeature(featureId)} />
      </>
    );
  const [newest] = feature.revisions;
  return (
    <>
      <PageHeader
        title={feature.name}
        context={TRAIL}
        sentence={impactSentence(feature)}
        actions={mayRevise && <Button onClick={() => setIsRevising(true)}>Change…</Button>}
      />
      <Stack gap="lg">
        {newest !== undefined && <DefinitionFacts definition={newest.definition} />}
        <Uses feature={feature} />
        <Revisions revisions={feature.revisions} />
      </Stack>
      {isRevising && <ReviseFeature feature={feature} onClose={() => setIsRevising(false)} />}
    </>
  );
}

function DefinitionFacts({ definition }: { readonly definition: FeatureDefinition }) {
  const { sensitivity, retentionDays, lawfulBasis, specialCondition } = definition;
  const condition =
    sensitivity === 'special'
      ? [
          {
            label: 'Condition for special categories',
            value:
              specialCondition === null
                ? 'Not said yet'
                : SPECIAL_CONDITION_WORDS[specialCondition],
          },
        ]
      : [];
  return (
    <SimpleGrid cols={2}>
      <Paper p="md">
        <KeyValue
          items={[
            { label: 'Description', value: orUnsaid(definition.description) },
            { label: 'Type', value: VALUE_TYPE_WORDS[definition.valueType] },
            { label: 'Owner', value: orUnsaid(definition.owner) },
            { label: 'Source', value: orUnsaid(definition.source) },
            { label: 'Transformation', value: orUnsaid(definition.transformation) },
            { label: 'Other names of its column', value: listOr(definition.columnNames, 'None') },
            { label: 'Tags', value: listOr(definition.tags, 'None') },
          ]}
        />
      </Paper>
      <Paper p="md">
        <KeyValue
          items={[
            { label: 'People', value: <StateBadge {...SENSITIVITY_LOOK[sensitivity]} /> },
            { label: 'Purposes', value: listOr(definition.purposes, 'Not said yet') },
            {
              label: 'Lawful basis',
              value: lawfulBasis === null ? 'Not said yet' : LAWFUL_BASIS_WORDS[lawfulBasis],
            },
            ...condition,
            { label: 'Consent', value: CONSENT_WORDS[definition.consentRule] },
            {
              label: 'Kept for',
              value: retentionDays === null ? 'Not said yet' : formatNoun(retentionDays, 'day'),
            },
            { label: 'In use', value: definition.isRetired ? 'Retired' : 'Yes' },
          ]}
        />
      </Paper>
    </SimpleGrid>
  );
}

function orUnsaid(text: string): string {
  return text === '' ? 'Not said yet' : text;
}

function listOr(texts: readonly string[], none: string): string {
  return texts.length === 0 ? none : texts.join(', ');
}

function Uses({ feature: { uses, nUses } }: { readonly feature: Feature }) {
  const [, navigate] = useLocation();
  if (nUses === 0) return null;
  return (
    <Section title="Used by">
      {nUses > uses.length && (
        <Text mb="xs">
          The first {formatCount(uses.length)} of {formatNoun(nUses, 'version')}
        </Text>
      )}
      <DataTable
        caption="Versions that use the feature"
        columns={USE_COLUMNS}
        rows={uses}
        rowKey={({ versionId, direction, columnName }) => `${versionId} ${direction} ${columnName}`}
        onActivate={({ modelId, versionId }) =>
          navigate(`/models/${modelId}/versions/${versionId}`)
        }
      />
    </Section>
  );
}

const USE_COLUMNS: readonly Column<FeatureUse>[] = [
  {
    key: 'model',
    header: 'Model',
    render: ({ modelName }) => modelName,
    sortValue: ({ modelName }) => modelName,
  },
  {
    key: 'version',
    header: 'Version',
    align: 'right',
    width: '90px',
    render: ({ version }) => version,
    sortValue: ({ version }) => version,
  },
  { key: 'stage', header: 'Stage', width: '140px', render: ({ stage }) => stage },
  { key: 'column', header: 'Column', render: ({ columnName }) => columnName },
  {
    key: 'direction',
    header: 'Used as',
    width: '120px',
    render: ({ direction }) => (direction === 'input' ? 'Input' : 'Output'),
  },
];

function Revisions({ revisions }: { readonly revisions: readonly FeatureRevision[] }) {
  return (
    <Section title="Revisions">
      <DataTable
        caption="What was said about the feature, newest first"
        columns={REVISION_COLUMNS}
        rows={revisions}
        rowKey={({ revision }) => String(revision)}
      />
    </Section>
  );
}

const REVISION_COLUMNS: readonly Column<FeatureRevision>[] = [
  {
    key: 'revision',
    header: 'Revision',
    align: 'right',
    width: '90px',
    render: ({ revision }) => revision,
  },
  {
    key: 'people',
    header: 'People',
    width: '170px',
    render: ({ definition: { sensitivity } }) => <StateBadge {...SENSITIVITY_LOOK[sensitivity]} />,
  },
  { key: 'reason', header: 'Reason', render: ({ reason }) => reason },
  { key: 'by', header: 'By', width: '18%', render: ({ savedBy }) => savedBy },
  {
    key: 'at',
    header: 'Saved (UTC)',
    width: '170px',
    render: ({ savedAtUtc }) => <TimeText instant={savedAtUtc} isZoneNamed />,
  },
];
