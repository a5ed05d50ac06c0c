import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { DriftReportHead } from '../../shared/drift/driftReport';
import { ChartFrame } from '../ui/ChartFrame';
import { CHART_MARGIN } from '../ui/chartParts';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { BAND, batchAxis, batchTooltip, STATISTIC_AXIS } from './batchAxes';
import { HistoryDot } from './HistoryDot';
import { structurePoints } from './structurePoints';

/** How well the reference's components reproduce each batch; nothing while no batch was looked at so. */
export function StructureHistoryChart({
  batches,
}: {
  readonly batches: readonly DriftReportHead[];
}) {
  const points = structurePoints(batches);
  if (points.every(({ error }) => error === null)) return null;
  return (
    <ChartFrame
      title="All features together, batch by batch"
      xCaption="Live batches, oldest first"
      yCaption="Reconstruction error, in standard deviations"
      legend={[
        { label: 'Reconstruction error', colour: CHART_COLOURS.live },
        { label: 'Chunks of the reference, mean and 3 sd', colour: CHART_COLOURS.reference },
      ]}
      alternative={`Reconstruction error of all features together over ${points.length} batches. ${points.map(({ words }) => words).join('; ')}.`}
      table={{
        header: ['batch', 'error', 'low', 'high', 'reference from', 'reference to', 'verdict'],
        rows: points.map((p) => [
          p.label,
          p.error,
          p.interval?.[0] ?? null,
          p.interval?.[1] ?? null,
          p.band?.[0] ?? null,
          p.band?.[1] ?? null,
          p.verdict,
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={200}>
        <ComposedChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis {...batchAxis(points)} />
          <YAxis {...STATISTIC_AXIS} domain={['auto', 'auto']} />
          <Tooltip {...batchTooltip(points)} formatter={tooltipWords} />
          <Area
            dataKey="band"
            name="Chunks of the reference"
            {...BAND}
            dot={points.length === 1}
            connectNulls
          />
          <Line
            dataKey="error"
            name="Reconstruction error"
            type="linear"
            stroke={CHART_COLOURS.live}
            strokeWidth={2}
            dot={<HistoryDot marks={points} />}
            connectNulls
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function tooltipWords(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map((end: unknown) => (typeof end === 'number' ? formatStatistic(end) : ''))
      .join(' to ');
  return typeof value === 'number' ? formatStatistic(value) : '';
}
