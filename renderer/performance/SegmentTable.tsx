import { Text } from '@mantine/core';
import type { PerformanceDetail } from '../../shared/performance/channels';
import { METRIC_FACTS, type Metric } from '../../shared/performance/metric';
import type { SegmentFigures } from '../../shared/performance/performanceReport';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { Sentence } from '../ui/Sentence';
import { StateBadge } from '../ui/StateBadge';
import { Figure, intervalWords } from './metricWords';

const SHOWN: readonly Metric[] = ['auc', 'accuracy', 'mae'];

/** What the model is worth where it is used, with the segments in which it is surely worse. */
export function SegmentTable({ detail }: { readonly detail: PerformanceDetail }) {
  const { segments } = detail.report.measurement;
  const metrics = SHOWN.filter((name) =>
    segments.some((one) => one.metrics.some(({ metric }) => metric === name)),
  );
  const weak = segments.filter(({ weakIn }) => weakIn.length > 0);
  return (
    <>
      <Text maw="86ch" mb="xs" className="assay-figures">
        <Sentence text={weakSentence(weak, segments.length)} />
      </Text>
      <DataTable
        caption={`Segments of ${detail.log.label}`}
        columns={columnsFor(metrics)}
        rows={segments}
        rowKey={({ column, value }) => `${column} ${value}`}
        initialSort={{ key: 'finding', direction: 'descending' }}
        maxHeight="420px"
      />
    </>
  );
}

function weakSentence(weak: readonly SegmentFigures[], nSegments: number): string {
  const looked = `${formatNoun(nSegments, 'segment')}, corrected for that many looks (Bonferroni)`;
  if (weak.length === 0) return `No segment is surely worse than the whole: ${looked}.`;
  const named = weak
    .slice(0, 3)
    .map(({ column, value, weakIn }) => {
      const metrics = weakIn.map((metric) => METRIC_FACTS[metric].label).join(' and ');
      return `\`${column} = ${value}\` (${metrics})`;
    })
    .join(', ');
  const more = weak.length > 3 ? ` and ${formatCount(weak.length - 3)} more` : '';
  return `The model is surely worse in ${named}${more}: the interval lies wholly on the bad side of the overall figure. ${looked}.`;
}

function columnsFor(metrics: readonly Metric[]): readonly Column<SegmentFigures>[] {
  const figureOf = (row: SegmentFigures, name: Metric) =>
    row.metrics.find(({ metric }) => metric === name);
  return [
    { key: 'column', header: 'Column', render: ({ column }) => column, sortValue: (r) => r.column },
    {
      key: 'value',
      header: 'Value',
      render: ({ value }) => <Text lineClamp={1}>{value}</Text>,
      sortValue: ({ value }) => value,
    },
    {
      key: 'predictions',
      header: 'Predictions',
      align: 'right',
      render: ({ nPredictions }) => formatCount(nPredictions),
      sortValue: ({ nPredictions }) => nPredictions,
    },
    {
      key: 'labelled',
      header: 'With outcome',
      align: 'right',
      render: ({ nLabelled }) => formatCount(nLabelled),
      sortValue: ({ nLabelled }) => nLabelled,
    },
    ...metrics.flatMap((name): Column<SegmentFigures>[] => [
      {
        key: name,
        header: METRIC_FACTS[name].label,
        align: 'right',
        render: (row) => {
          const figure = figureOf(row, name);
          return figure === undefined ? '' : <Figure figure={figure} currency={null} />;
        },
        sortValue: (row) => figureOf(row, name)?.value ?? null,
      },
      {
        key: `${name} interval`,
        header: '95 % interval',
        align: 'right',
        render: (row) => intervalWords(name, figureOf(row, name)?.interval ?? null, null),
      },
    ]),
    {
      key: 'finding',
      header: 'Finding',
      width: '120px',
      render: ({ weakIn }) =>
        weakIn.length === 0 ? '' : <StateBadge state="alert" label="Weak" />,
      sortValue: ({ weakIn }) => weakIn.length,
    },
  ];
}
