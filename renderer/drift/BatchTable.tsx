import { Text } from '@mantine/core';
import { useLocation } from 'wouter';
import type { DriftReportHead, DriftSummary } from '../../shared/drift/driftReport';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, NO_VALUE } from '../ui/formatNumber';
import { StateBadge, type StateBadgeProps } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Whole } from './Whole';

/** How a batch stands, by its worst features. */
export function batchState(summary: DriftSummary): Pick<StateBadgeProps, 'state' | 'label'> {
  const { nDrifted, nInconclusive, nAssessed } = summary;
  if (nDrifted > 0) return { state: 'alert', label: `${formatCount(nDrifted)} drifted` };
  if (nInconclusive > 0) {
    return { state: 'watch', label: `${formatCount(nInconclusive)} inconclusive` };
  }
  return nAssessed === 0
    ? { state: 'unknown', label: 'Not assessed' }
    : { state: 'ok', label: 'Stable' };
}

const COLUMNS: readonly Column<DriftReportHead>[] = [
  {
    key: 'label',
    header: 'Batch',
    width: '24%',
    render: ({ label }) => (
      <Text fw={600} lineClamp={1} title={label}>
        {label}
      </Text>
    ),
    sortValue: ({ label }) => label,
  },
  {
    key: 'state',
    header: 'Finding',
    width: '150px',
    render: ({ summary }) => (
      <div style={{ minWidth: 112 }}>
        <StateBadge {...batchState(summary)} />
      </div>
    ),
    sortValue: ({ summary }) => summary.shareDrifted,
  },
  {
    key: 'top',
    header: 'Moved most',
    render: ({ summary }) => (
      <Text lineClamp={1} title={summary.topFeature ?? undefined}>
        {summary.topFeature ?? 'none'}
      </Text>
    ),
  },
  {
    key: 'period',
    header: 'Period',
    width: '210px',
    render: ({ periodStart, periodEnd }) =>
      periodStart === null ? (
        NO_VALUE
      ) : (
        <Whole>
          {periodStart} to {periodEnd ?? periodStart}
        </Whole>
      ),
    sortValue: ({ periodStart }) => periodStart,
  },
  {
    key: 'rows',
    header: 'Rows',
    align: 'right',
    width: '80px',
    render: ({ nRows }) => formatCount(nRows),
    sortValue: ({ nRows }) => nRows,
  },
  {
    key: 'version',
    header: 'Version',
    align: 'right',
    width: '76px',
    render: ({ version }) => `v${version}`,
    sortValue: ({ version }) => version,
  },
  {
    key: 'computed',
    header: 'Computed',
    width: '200px',
    render: ({ computedAtUtc }) => (
      <Whole>
        <TimeText instant={computedAtUtc} />
      </Whole>
    ),
    sortValue: ({ computedAtUtc }) => computedAtUtc,
  },
];

/** The live batches of a model, newest first. */
export function BatchTable({ batches }: { readonly batches: readonly DriftReportHead[] }) {
  const [, navigate] = useLocation();
  return (
    <DataTable
      caption="Live batches"
      columns={COLUMNS}
      rows={batches}
      rowKey={({ id }) => id}
      initialSort={{ key: 'computed', direction: 'descending' }}
      onActivate={({ id }) => navigate(`/reports/${id}`)}
    />
  );
}
