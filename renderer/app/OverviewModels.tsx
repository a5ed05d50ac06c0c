import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { DriftReportHead } from '../../shared/drift/driftReport';
import type { Model } from '../../shared/registry/model';
import { modelState } from '../registry/modelState';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { latest } from './overviewWords';

const SHOWN_MODELS = 10;

interface OverviewModelsProps {
  readonly models: readonly Model[];
  readonly heads: readonly DriftReportHead[];
}

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
export function OverviewModels({ models, heads }: OverviewModelsProps) {
  const [, navigate] = useLocation();
  const rows = useMemo(() => rankModels(models, heads), [models, heads]);
  return (
    <section aria-labelledby="overview-models">
      <Title order={2} id="overview-models" mb="xs">
        Models
      </Title>
      <DataTable
        caption="Models that ask for attention first"
        columns={COLUMNS}
        rows={rows.slice(0, SHOWN_MODELS)}
        rowKey={({ model }) => model.id}
        onActivate={({ model }) => navigate(`/models/${model.id}`)}
      />
      {models.length > SHOWN_MODELS && (
        <Text mt="xs">
          <TextLink to="/models">All {formatNoun(models.length, 'model')}</TextLink>
        </Text>
      )}
    </section>
  );
}

/** Open alerts first, then the latest batch. */
function rankModels(models: readonly Model[], heads: readonly DriftReportHead[]): readonly Row[] {
  return models
    .toSorted(
      (a, b) =>
        b.nOpenAlerts - a.nOpenAlerts ||
        (b.lastBatchAtUtc ?? '').localeCompare(a.lastBatchAtUtc ?? '') ||
        a.name.localeCompare(b.name),
    )
    .slice(0, SHOWN_MODELS)
    .map((model) => ({ model, last: latest(heads.filter(({ modelId }) => modelId === model.id)) }));
}
