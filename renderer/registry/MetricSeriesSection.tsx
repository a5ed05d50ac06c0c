import { Table, Title } from '@mantine/core';
import type { MetricPoint, VersionSnapshot } from '../../shared/registry/model';
import { formatCount, formatStatistic } from '../ui/formatNumber';
import { sparklinePoints, SPARKLINE_HEIGHT_PX, SPARKLINE_WIDTH_PX } from './sparkline';

/** How metrics went over the steps of the training run. */
export function MetricSeriesSection({ metricSeries }: Pick<VersionSnapshot, 'metricSeries'>) {
  if (metricSeries === undefined) return null;
  const series = Object.entries(metricSeries);
  return (
    <section>
      <Title order={3} mb={4}>
        Metrics over steps ({formatCount(series.length)})
      </Title>
      <Table withRowBorders verticalSpacing={4} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="32%">Metric</Table.Th>
            <Table.Th w={SPARKLINE_WIDTH_PX + 24}>Course</Table.Th>
            <Table.Th>First to last</Table.Th>
            <Table.Th w={80}>Points</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {series.map(([name, points]) => (
            <Series key={name} name={name} points={points} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

interface SeriesProps {
  readonly name: string;
  readonly points: readonly MetricPoint[];
}

function Series({ name, points }: SeriesProps) {
  const [first, last] = [points[0], points.at(-1)];
  return (
    <Table.Tr className="assay-figures">
      <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Table.Th>
      <Table.Td>
        <svg width={SPARKLINE_WIDTH_PX} height={SPARKLINE_HEIGHT_PX} aria-hidden>
          <polyline
            points={sparklinePoints(points)}
            fill="none"
            stroke="var(--mantine-primary-color-filled)"
            strokeWidth={1.5}
          />
        </svg>
      </Table.Td>
      <Table.Td>
        {first === undefined || last === undefined
          ? ''
          : `${formatStatistic(first.value)} (step ${first.step}) to ${formatStatistic(last.value)} (step ${last.step})`}
      </Table.Td>
      <Table.Td>{formatCount(points.length)}</Table.Td>
    </Table.Tr>
  );
}
