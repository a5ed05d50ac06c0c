import { Stack, Text } from '@mantine/core';
import type { PerformanceWindow } from '../../shared/performance/channels';
import { formatMetric, METRIC_FACTS } from '../../shared/performance/metric';
import {
  MATURE_SHARE,
  scoreEstimates,
  trustSentence,
  type ScoredEstimate,
} from '../../shared/performance/performanceSummary';
import { DataTable, type Column } from '../ui/DataTable';
import { formatShare } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';

const write = ({ metric }: ScoredEstimate, value: number): string =>
  formatMetric(metric, value, null);

const COLUMNS: readonly Column<ScoredEstimate>[] = [
  { key: 'label', header: 'Window', render: ({ label }) => label },
  { key: 'metric', header: 'Metric', render: ({ metric }) => METRIC_FACTS[metric].label },
  {
    key: 'estimate',
    header: 'Estimate',
    align: 'right',
    render: (row) => write(row, row.estimate),
  },
  {
    key: 'interval',
    header: '95 % interval',
    align: 'right',
    render: (row) => `${write(row, row.interval[0])} to ${write(row, row.interval[1])}`,
  },
  {
    key: 'realised',
    header: 'Came true',
    align: 'right',
    render: (row) => (row.realised === null ? 'not yet' : write(row, row.realised)),
  },
  {
    key: 'held',
    header: 'Record',
    width: '140px',
    render: ({ isInside }) => <StateBadge {...recordOf(isInside)} />,
  },
];

function recordOf(isInside: boolean | null) {
  if (isInside === null) return { state: 'unknown', label: 'Open' } as const;
  return isInside
    ? ({ state: 'ok', label: 'Held' } as const)
    : ({ state: 'alert', label: 'Missed' } as const);
}

/** What the scores alone foretell, with the record of what they foretold before. */
export function EstimateTable({ windows }: { readonly windows: readonly PerformanceWindow[] }) {
  const scored = (['accuracy', 'auc'] as const).map((metric) => scoreEstimates(windows, metric));
  const rows = scored.flat();
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs">
      {scored
        .filter(({ length }) => length > 0)
        .map((list, i) => (
          <Text key={list[0]?.metric ?? i} maw="86ch">
            {METRIC_FACTS[list[0]?.metric ?? 'accuracy'].label}: {trustSentence(list)}
          </Text>
        ))}
      <DataTable
        caption="Estimates without outcomes, and what came true"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ label, metric }) => `${metric} ${label}`}
      />
      <Text c="dimmed" maw="86ch">
        Confidence-based estimate: it takes the score for the true probability, so it holds only
        while the model is calibrated. An estimate is compared once {formatShare(MATURE_SHARE)} of
        the outcomes are known.
      </Text>
    </Stack>
  );
}
