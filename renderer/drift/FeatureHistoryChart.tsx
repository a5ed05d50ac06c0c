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
import type { DriftHistory } from '../../shared/drift/channels';
import type { Verdict } from '../../shared/drift/driftReport';
import { ChartFrame } from '../ui/ChartFrame';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { CHART_MARGIN } from '../ui/chartParts';
import { BAND, batchAxis, batchTooltip, STATISTIC_AXIS } from './batchAxes';
import type { HeatCell } from './heatRows';
import { figureWords } from './heatWords';
import { HistoryDot } from './HistoryDot';
import { DRIFT_METHODS, METHOD_WORDS } from './methodWords';
import { shorten } from './shorten';

interface FeatureHistoryChartProps {
  readonly history: DriftHistory;
  readonly name: string;
}

interface Point {
  readonly order: string;
  readonly label: string;
  readonly value: number | null;
  readonly threshold: number | null;
  /** From 0 to what chance alone gives at these n. */
  readonly chance: readonly [number, number] | null;
  readonly verdict: Verdict | null;
}

/** One feature over the batches, with the threshold that each was judged by and the band of chance. */
export function FeatureHistoryChart({ history, name }: FeatureHistoryChartProps) {
  const row = history.features.find((feature) => feature.name === name);
  if (row === undefined) return null;
  const points = history.batches.map(({ label }, i): Point => {
    const cell = row.cells[i] ?? null;
    return {
      order: String(i + 1),
      label,
      value: cell?.value ?? null,
      threshold: cell?.threshold ?? null,
      chance: chanceOf(cell),
      verdict: cell?.verdict ?? null,
    };
  });
  const words = row.cells.map((cell, i) => `${points[i]?.label ?? ''}: ${figureWords(cell)}`);
  return (
    <ChartFrame
      title={`${shorten(name, 60)} over the batches`}
      xCaption="Live batches, oldest first"
      yCaption={statisticName(row.cells.map((cell) => cell?.primary ?? null))}
      legend={[
        { label: 'Statistic', colour: CHART_COLOURS.live },
        { label: 'Threshold', colour: CHART_COLOURS.threshold },
        { label: 'By chance at these n', colour: CHART_COLOURS.reference },
      ]}
      alternative={`${name} over ${points.length} batches. ${words.join('; ')}.`}
      table={{
        header: ['batch', 'value', 'threshold', 'by chance up to', 'verdict'],
        rows: points.map((p) => [p.label, p.value, p.threshold, p.chance?.[1] ?? null, p.verdict]),
      }}
    >
      <ResponsiveContainer width="100%" height={220}>
        <ComposedChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis {...batchAxis(points)} />
          <YAxis {...STATISTIC_AXIS} domain={[0, 'auto']} />
          <Tooltip {...batchTooltip(points)} formatter={tooltipWords} />
          <Area dataKey="chance" name="By chance up to" {...BAND} dot={points.length === 1} />
          <Line
            dataKey="threshold"
            name="Threshold"
            type="linear"
            stroke={CHART_COLOURS.threshold}
            strokeWidth={1.5}
            strokeDasharray="6 4"
            dot={points.length === 1}
            connectNulls
            isAnimationActive={false}
          />
          <Line
            dataKey="value"
            name="Statistic"
            type="linear"
            stroke={CHART_COLOURS.live}
            strokeWidth={2}
            dot={<HistoryDot marks={points} />}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function chanceOf(cell: HeatCell): Point['chance'] {
  return cell === null || cell.chanceLimit === null ? null : [0, cell.chanceLimit];
}

/** A number as it is; of the band, where it ends. */
function tooltipWords(value: unknown): string {
  const shown: unknown = Array.isArray(value) ? value[1] : value;
  return typeof shown === 'number' ? formatStatistic(shown) : '';
}

/** The statistic's name; the names of all, when the policy changed in between. */
function statisticName(primaries: readonly (string | null)[]): string {
  const used = DRIFT_METHODS.filter((method) => primaries.includes(method));
  return used.map((method) => METHOD_WORDS[method].name).join(', then ') || 'Statistic';
}
