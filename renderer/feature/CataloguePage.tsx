import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { FeaturePage } from '../../shared/feature/channels';
import { Sensitivity, type FeatureHead } from '../../shared/feature/feature';
import { api } from '../api/client';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { PageHeader } from '../ui/PageHeader';
import { PagedTable, type PagedColumn } from '../ui/PagedTable';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { usePages, type Paged } from '../ui/usePages';
import { Waiting } from '../ui/Waiting';
import { DefineFeature } from './DefinitionDialog';
import { useFeatureStore, useMay } from './featureStore';
import { catalogueSentence, SENSITIVITY_LOOK, VALUE_TYPE_WORDS } from './featureWords';
import { ImportFeatures } from './ImportFeatures';

const ROWS_PER_PAGE = 100;
const TYPING_PAUSE_MS = 150;

/** The features that models use: what each is, where it comes from, and what it says about people. */
export function CataloguePage() {
  const [text, setText] = useState('');
  const [sensitivity, setSensitivity] = useState<Sensitivity | null>(null);
  const [dialog, setDialog] = useState<'define' | 'import' | null>(null);
  const paged = useFeaturePages(text, sensitivity);
  const { answer: page, error } = paged;
  const mayChange = useMay('feature.define');
  const actions = mayChange && (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => setDialog('import')}
      >
        Import…
      </Button>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog('define')}>
        Add a feature
      </Button>
    </Group>
  );
  return (
    <>
      <PageHeader
        title="Features"
        sentence={page === null ? undefined : catalogueSentence(page)}
        actions={page !== null && page.nTotal > 0 && actions}
      />
      {error !== null && <ErrorPanel error={error} onRetry={paged.retry} />}
      {page === null && error === null && <Waiting />}
      {page?.nTotal === 0 && <NoFeatures actions={actions} />}
      {page !== null && page.nTotal > 0 && (
        <Stack gap="sm">
          <Group gap="sm">
            <TextInput
              aria-label="Find features"
              placeholder="Name, description, owner, source or tag"
              leftSection={<IconSearch size={16} aria-hidden />}
              w={360}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Select
              aria-label="What they say about people"
              placeholder="Any sensitivity"
              clearable
              w={220}
              data={Object.entries(SENSITIVITY_LOOK).map(([value, { label }]) => ({
                value,
                label,
              }))}
              value={sensitivity}
              onChange={(value) => setSensitivity(value === null ? null : Sensitivity.parse(value))}
            />
          </Group>
          <FeatureTable page={page} paged={paged} />
        </Stack>
      )}
      {dialog === 'define' && <DefineFeature onClose={() => setDialog(null)} />}
      {dialog === 'import' && <ImportFeatures onClose={() => setDialog(null)} />}
    </>
  );
}

function useFeaturePages(
  typed: string,
  sensitivity: Sensitivity | null,
): Paged<FeatureHead, FeaturePage> {
  const [text] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  const nChanges = useFeatureStore((state) => state.nChanges);
  return usePages(
    JSON.stringify([text, sensitivity, nChanges]),
    ROWS_PER_PAGE,
    (offset, limit) => api['feature.search']({ text, sensitivity, offset, limit }),
    ({ features }: FeaturePage) => features,
  );
}

function NoFeatures({ actions }: { readonly actions: React.ReactNode }) {
  return (
    <EmptyState title="Describe what your models are fed" action={actions}>
      A feature is defined once and used by many models: what it means, who owns it, where it comes
      from, what it says about people and on which basis it is used. Bring a data file (CSV,
      Parquet, Arrow), whose columns become proposals, or the output of “feast registry-dump”.
      Versions that name the column are found by themselves.
    </EmptyState>
  );
}

interface FeatureTableProps {
  readonly page: FeaturePage;
  readonly paged: Paged<FeatureHead, FeaturePage>;
}

function FeatureTable({ page: { nMatching, nTotal }, paged }: FeatureTableProps) {
  const [, navigate] = useLocation();
  if (nMatching === 0)
    return <Text role="status">No feature matches. {formatNoun(nTotal, 'feature')} in all.</Text>;
  return (
    <>
      {nMatching < nTotal && (
        <Text role="status">
          {formatCount(nMatching)} of {formatNoun(nTotal, 'feature')}
        </Text>
      )}
      <PagedTable
        caption="Features of the catalogue"
        columns={COLUMNS}
        rowCount={nMatching}
        rowKey={({ id }) => id}
        rowAt={paged.rowAt}
        onVisible={paged.bring}
        sort={{ key: 'name', direction: 'ascending' }}
        onSort={() => undefined}
        onActivate={({ id }) => navigate(`/features/${id}`)}
      />
    </>
  );
}

const COLUMNS: readonly PagedColumn<FeatureHead>[] = [
  {
    key: 'name',
    header: 'Feature',
    width: '26%',
    render: ({ name, isRetired }) => (
      <Text fw={600} lineClamp={1} title={name} td={isRetired ? 'line-through' : undefined}>
        {name}
      </Text>
    ),
  },
  {
    key: 'sensitivity',
    header: 'People',
    width: '170px',
    render: ({ sensitivity }) => <StateBadge {...SENSITIVITY_LOOK[sensitivity]} />,
  },
  {
    key: 'type',
    header: 'Type',
    width: '110px',
    render: ({ valueType }) => VALUE_TYPE_WORDS[valueType],
  },
  {
    key: 'description',
    header: 'Description',
    render: ({ description }) => (
      <Text lineClamp={1} title={description}>
        {description}
      </Text>
    ),
  },
  {
    key: 'owner',
    header: 'Owner',
    width: '14%',
    render: ({ owner }) => (
      <Text lineClamp={1} title={owner}>
        {owner}
      </Text>
    ),
  },
  {
    key: 'models',
    header: 'Models',
    align: 'right',
    width: '80px',
    render: ({ nModels }) => formatCount(nModels),
  },
  {
    key: 'changed',
    header: 'Changed (UTC)',
    width: '170px',
    render: ({ changedAtUtc }) => <TimeText instant={changedAtUtc} isZoneNamed />,
  },
];
