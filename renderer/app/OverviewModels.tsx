import { Text, Title } from '@mantine/core';
import { useLocation } from 'wouter';
import type { DriftReportHead } from '../../shared/drift/driftReport';
import type { Model } from '../../shared/registry/model';
import { modelState } from '../registry/modelState';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import type { ModelOverview } from './overviewStore';

interface Row {
  readonly model: Model;
  readonly last: DriftReportHead | null;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    header: 'Model',
    width: '26%',
    render: ({ model }) => (
      <Text fw={600} lineClamp={1} title={model.name}>
        {model.name}
      </Text>
    ),
  },
  {
    key: 'state',
    header: 'State',
    width: '165px',
    render: ({ model }) => (
      <div style={{ minWidth: 132 }}>
        <StateBadge {...modelState(model)} />
      </div>
    ),
  },
  {
    key: 'batches',
    header: 'Batches',
    align: 'right',
    width: '76px',
    render: ({ model }) => formatCount(model.nBatches),
  },
  {
    key: 'last',
    header: 'Last batch',
    render: ({ last }) =>
      last === null ? (
        '—'
      ) : (
        <Text lineClamp={1} title={last.summary.sentence.replaceAll('`', '')}>
          {last.label}: {formatCount(last.summary.nDrifted)} of{' '}
          {formatCount(last.summary.nFeatures)} drifted
        </Text>
      ),
  },
  {
    key: 'when',
    header: 'When',
    width: '195px',
    render: ({ model }) => (
      <span style={{ whiteSpace: 'nowrap' }}>
        <TimeText instant={model.lastBatchAtUtc} />
      </span>
    ),
  },
];

/** The models that ask for attention first. */
export function OverviewModels({ overview }: { readonly overview: ModelOverview }) {
  const [, navigate] = useLocation();
  const { nModels, attention, lastReports } = overview;
  const rows = attention.map((model) => ({ model, last: lastReports.get(model.id) ?? null }));
  return (
    <section aria-labelledby="overview-models">
      <Title order={2} id="overview-models" mb="xs">
        Models
      </Title>
      <DataTable
        caption="Models that ask for attention first"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ model }) => model.id}
        onActivate={({ model }) => navigate(`/models/${model.id}`)}
      />
      {nModels > attention.length && (
        <Text mt="xs">
          <TextLink to="/models">All {formatNoun(nModels, 'model')}</TextLink>
        </Text>
      )}
    </section>
  );
}
