import { formatMetric, METRIC_FACTS } from '../../shared/performance/metric';
import type { PerformanceWindow } from '../../shared/performance/channels';
import type { RuleFinding } from '../../shared/performance/performancePolicy';
import type { MetricValue } from '../../shared/performance/performanceReport';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, NO_VALUE } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { Figure, FINDING_LOOK, intervalWords } from './metricWords';

interface MetricRow {
  readonly figure: MetricValue;
  readonly baseline: number | null;
  readonly baselineSource: string | undefined;
  readonly finding: RuleFinding | undefined;
  readonly currency: string | null;
}

const COLUMNS: readonly Column<MetricRow>[] = [
  {
    key: 'metric',
    header: 'Metric',
    width: '190px',
    render: ({ figure }) => (
      <span title={METRIC_FACTS[figure.metric].meaning}>{METRIC_FACTS[figure.metric].label}</span>
    ),
  },
  {
    key: 'value',
    header: 'Value',
    align: 'right',
    render: ({ figure, currency }) => <Figure figure={figure} currency={currency} />,
  },
  {
    key: 'interval',
    header: '95 % interval',
    align: 'right',
    render: ({ figure, currency }) => intervalWords(figure.metric, figure.interval, currency),
  },
  { key: 'n', header: 'n', align: 'right', render: ({ figure }) => formatCount(figure.n) },
  {
    key: 'baseline',
    header: 'Baseline',
    align: 'right',
    render: ({ figure, baseline, baselineSource, currency }) =>
      baseline === null ? (
        NO_VALUE
      ) : (
        <span title={baselineSource}>{formatMetric(figure.metric, baseline, currency)}</span>
      ),
  },
  {
    key: 'limit',
    header: 'Limit',
    align: 'right',
    render: ({ figure, finding, currency }) =>
      finding?.limit === undefined || finding.limit === null
        ? NO_VALUE
        : formatMetric(figure.metric, finding.limit, currency),
  },
  {
    key: 'finding',
    header: 'Rule',
    width: '140px',
    render: ({ finding }) =>
      finding === undefined ? (
        NO_VALUE
      ) : (
        <StateBadge {...FINDING_LOOK[finding.verdict]} title={finding.sentence} />
      ),
  },
];

/** Every metric of a window with its interval, what it is compared with, and what its rule says. */
export function MetricTable({ window }: { readonly window: PerformanceWindow }) {
  const { log, report } = window;
  const rows = [...report.measurement.metrics, ...log.operations].map((figure): MetricRow => {
    const baseline = report.baseline.find(
      ({ metric, segment }) => metric === figure.metric && segment === null,
    );
    return {
      figure,
      baseline: baseline?.value ?? null,
      baselineSource: baseline?.source,
      finding: report.findings.find(
        ({ metric, segment }) => metric === figure.metric && segment === null,
      ),
      currency: log.currency,
    };
  });
  return (
    <DataTable
      caption={`Metrics of ${log.label}`}
      columns={COLUMNS}
      rows={rows}
      rowKey={({ figure }) => figure.metric}
    />
  );
}
