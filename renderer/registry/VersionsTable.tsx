import { Text } from '@mantine/core';
import { useLocation } from 'wouter';
import type { ModelVersion } from '../../shared/registry/model';
import { DataTable, type Column } from '../ui/DataTable';
import { formatStatistic } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { stageLook } from './lifecycleWords';

const SHOWN_METRICS = 2;

const COLUMNS: readonly Column<ModelVersion>[] = [
  {
    key: 'version',
    header: 'Version',
    width: '90px',
    render: ({ snapshot }) => <Text fw={600}>v{snapshot.version}</Text>,
    sortValue: ({ snapshot }) => snapshot.version,
  },
  {
    key: 'description',
    header: 'Description',
    render: ({ snapshot }) => (
      <Text lineClamp={1} title={snapshot.description}>
        {snapshot.description}
      </Text>
    ),
  },
  {
    key: 'metrics',
    header: 'Metrics',
    width: '34%',
    render: ({ snapshot }) => (
      <Text lineClamp={1} title={metricsWords(snapshot.metrics)}>
        {metricsWords(snapshot.metrics)}
      </Text>
    ),
  },
  {
    key: 'stage',
    header: 'Stage',
    width: '130px',
    render: ({ stage }) => <StateBadge {...stageLook(stage)} />,
    sortValue: ({ stage }) => stage,
  },
  {
    key: 'reference',
    header: 'Reference profile',
    width: '150px',
    render: ({ referenceId }) =>
      referenceId === null ? (
        <StateBadge state="unknown" label="Not frozen" />
      ) : (
        <StateBadge state="ok" label="Frozen" />
      ),
  },
  {
    key: 'registered',
    header: 'Signed',
    width: '200px',
    render: ({ signature }) => <TimeText instant={signature.signedAtUtc} />,
    sortValue: ({ signature }) => signature.signedAtUtc,
  },
];

function metricsWords(metrics: Readonly<Record<string, number>>): string {
  const entries = Object.entries(metrics);
  const shown = entries
    .slice(0, SHOWN_METRICS)
    .map(([name, value]) => `${name} ${formatStatistic(value)}`);
  const rest = entries.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** The versions of a model, newest first. */
export function VersionsTable({ versions }: { readonly versions: readonly ModelVersion[] }) {
  const [, navigate] = useLocation();
  return (
    <DataTable
      caption="Versions of this model"
      columns={COLUMNS}
      rows={versions}
      rowKey={({ id }) => id}
      initialSort={{ key: 'version', direction: 'descending' }}
      onActivate={({ id, snapshot }) => navigate(`/models/${snapshot.modelId}/versions/${id}`)}
    />
  );
}
