import { Text } from '@mantine/core';
import type { PerformanceWindow } from '../../shared/performance/channels';
import { METRIC_FACTS, formatMetric } from '../../shared/performance/metric';
import { leadingMetric, shareLabelled } from '../../shared/performance/performanceSummary';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, formatShare, NO_VALUE } from '../ui/formatNumber';
import { StateBadge, type StateBadgeProps } from '../ui/StateBadge';
import { intervalWords } from './metricWords';

const COLUMNS: readonly Column<PerformanceWindow>[] = [
  {
    key: 'label',
    header: 'Window',
    width: '26%',
    render: ({ log }) => (
      <Text fw={600} lineClamp={1} title={log.label}>
        {log.label}
      </Text>
    ),
  },
  {
    key: 'state',
    header: 'Rules',
    width: '150px',
    render: (window) => <StateBadge {...stateOf(window)} />,
  },
  {
    key: 'figure',
    header: 'Figure',
    align: 'right',
    render: (window) => {
      const { metric, figure } = leadingOf(window);
      return metric === null || figure?.value === null || figure === undefined
        ? NO_VALUE
        : `${METRIC_FACTS[metric].label} ${formatMetric(metric, figure.value, null)}`;
    },
  },
  {
    key: 'interval',
    header: '95 % interval',
    align: 'right',
    render: (window) => {
      const { metric, figure } = leadingOf(window);
      return metric === null ? NO_VALUE : intervalWords(metric, figure?.interval ?? null, null);
    },
  },
  {
    key: 'predictions',
    header: 'Predictions',
    align: 'right',
    render: ({ log }) => formatCount(log.counts.nPredictions),
  },
  {
    key: 'known',
    header: 'Outcomes known',
    align: 'right',
    render: (window) => formatShare(shareLabelled(window)),
  },
  { key: 'version', header: 'Version', align: 'right', render: ({ log }) => `v${log.version}` },
];

function leadingOf(window: PerformanceWindow) {
  const metric = leadingMetric(window);
  const figure = window.report.measurement.metrics.find((one) => one.metric === metric);
  return { metric, figure };
}

/** How a window stands, by its worst rule. */
function stateOf({ log, report }: PerformanceWindow): Pick<StateBadgeProps, 'state' | 'label'> {
  if (log.isBaseline) return { state: 'unknown', label: 'Baseline' };
  const having = (verdict: string): number =>
    report.findings.filter((finding) => finding.verdict === verdict).length;
  if (having('broken') > 0) return { state: 'alert', label: `${having('broken')} broken` };
  const nOpen = having('pending') + having('inconclusive');
  if (nOpen > 0) return { state: 'watch', label: `${nOpen} inconclusive` };
  return having('holds') === 0
    ? { state: 'unknown', label: 'Not assessed' }
    : { state: 'ok', label: 'Holds' };
}

interface WindowTableProps {
  readonly windows: readonly PerformanceWindow[];
  readonly selected: string | null;
  readonly onSelect: (logId: string) => void;
}

/** The windows of a model; one of them is shown below. */
export function WindowTable({ windows, selected, onSelect }: WindowTableProps) {
  return (
    <DataTable
      caption="Windows"
      columns={COLUMNS}
      rows={windows}
      rowKey={({ log }) => log.id}
      selectedKey={selected}
      onActivate={({ log }) => onSelect(log.id)}
      maxHeight="360px"
    />
  );
}
