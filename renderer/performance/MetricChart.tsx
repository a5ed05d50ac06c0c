import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { PerformanceWindow } from '../../shared/performance/channels';
import { formatMetric, METRIC_FACTS, type Metric } from '../../shared/performance/metric';
import { ChartFrame } from '../ui/ChartFrame';
import { CHART_MARGIN, NAME_AXIS, TOOLTIP_STYLE } from '../ui/chartParts';
import { NO_VALUE } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { intervalWords } from './metricWords';

interface Point {
  readonly order: string;
  readonly label: string;
  readonly value: number | null;
  /** Distance down and up to the ends of the interval. */
  readonly reach: readonly [number, number] | undefined;
  readonly limit: number | null;
  readonly baseline: number | null;
  readonly words: string;
  readonly interval: readonly [number, number] | null;
  readonly n: number;
}

interface MetricChartProps {
  readonly windows: readonly PerformanceWindow[];
  readonly metric: Metric;
}

const MAX_LABEL = 16;

/** One metric over the windows, with intervals, baseline and the limit that each was judged by. */
export function MetricChart({ windows, metric }: MetricChartProps) {
  const { label, meaning } = METRIC_FACTS[metric];
  const currency = windows.at(-1)?.log.currency ?? null;
  const points = windows.map((window, i) => pointOf(window, metric, i));
  const write = (value: unknown): string =>
    typeof value === 'number' ? formatMetric(metric, value, currency) : '';
  return (
    <ChartFrame
      title={`${label} over the windows`}
      xCaption="Windows in the order of time; the bars are 95 % intervals"
      yCaption={`${label}: ${meaning}`}
      legend={[
        { label, colour: CHART_COLOURS.live },
        { label: 'Baseline', colour: CHART_COLOURS.reference },
        { label: 'Limit', colour: CHART_COLOURS.threshold },
      ]}
      alternative={`${label} over ${points.length} windows. ${points.map(({ words }) => words).join('; ')}.`}
      table={{
        header: ['window', 'value', 'low', 'high', 'n', 'baseline', 'limit'],
        rows: points.map((p) => [
          p.label,
          p.value,
          p.interval?.[0] ?? null,
          p.interval?.[1] ?? null,
          p.n,
          p.baseline,
          p.limit,
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={240}>
        <LineChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis
            {...NAME_AXIS}
            dataKey="order"
            interval="preserveStartEnd"
            padding={{ left: 24, right: 24 }}
            tickFormatter={(order: string) =>
              (points[Number(order) - 1]?.label ?? order).slice(0, MAX_LABEL)
            }
          />
          <YAxis
            type="number"
            domain={['auto', 'auto']}
            width={84}
            tick={{ fill: CHART_COLOURS.axis, fontSize: 12 }}
            tickFormatter={write}
          />
          <Tooltip
            {...TOOLTIP_STYLE}
            labelFormatter={(order: unknown) => points[Number(order) - 1]?.label ?? ''}
            formatter={write}
          />
          <Line
            dataKey="baseline"
            name="Baseline"
            type="linear"
            stroke={CHART_COLOURS.reference}
            strokeWidth={1.5}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="limit"
            name="Limit"
            type="linear"
            stroke={CHART_COLOURS.threshold}
            strokeWidth={1.5}
            strokeDasharray="6 4"
            dot={points.length === 1}
            isAnimationActive={false}
          />
          <Line
            dataKey="value"
            name={label}
            type="linear"
            stroke={CHART_COLOURS.live}
            strokeWidth={2}
            isAnimationActive={false}
          >
            <ErrorBar dataKey="reach" width={6} stroke={CHART_COLOURS.live} strokeWidth={1.5} />
          </Line>
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function pointOf({ log, report }: PerformanceWindow, metric: Metric, i: number): Point {
  const figures = [...report.measurement.metrics, ...log.operations];
  const figure = figures.find((one) => one.metric === metric);
  const value = figure?.value ?? null;
  const interval = figure?.interval ?? null;
  const finding = report.findings.find((one) => one.metric === metric && one.segment === null);
  const baseline = report.baseline.find((one) => one.metric === metric && one.segment === null);
  const shown = value === null ? NO_VALUE : formatMetric(metric, value, log.currency);
  return {
    order: String(i + 1),
    label: log.label,
    value,
    reach:
      value === null || interval === null ? undefined : [value - interval[0], interval[1] - value],
    limit: finding?.limit ?? null,
    baseline: baseline?.value ?? null,
    interval,
    n: figure?.n ?? 0,
    words: `${log.label}: ${shown}, interval ${intervalWords(metric, interval, log.currency)}, n ${figure?.n ?? 0}`,
  };
}
