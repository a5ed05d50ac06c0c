import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { ThresholdPoint } from '../../shared/performance/performanceReport';
import { ChartFrame } from '../ui/ChartFrame';
import { CHART_MARGIN, SHARE_AXIS, TOOLTIP_STYLE, tooltipShare } from '../ui/chartParts';
import { formatShare } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';

interface ThresholdChartProps {
  readonly points: readonly ThresholdPoint[];
  /** The threshold that the metrics of the window are for. */
  readonly chosen: number;
}

const LINES = [
  { key: 'precision', label: 'Precision', colour: CHART_COLOURS.live, dash: '0' },
  { key: 'recall', label: 'Recall', colour: CHART_COLOURS.gap, dash: '6 3' },
  { key: 'f1', label: 'F1', colour: CHART_COLOURS.reference, dash: '2 3' },
] as const;
const SPOKEN = [0.1, 0.25, 0.5, 0.75, 0.9];

/** What another threshold would have done on the same window. */
export function ThresholdChart({ points, chosen }: ThresholdChartProps) {
  const words = points
    .filter(({ threshold }) => SPOKEN.includes(threshold))
    .map(
      ({ threshold, precision, recall }) =>
        `at ${threshold}: precision ${formatShare(precision)}, recall ${formatShare(recall)}`,
    );
  return (
    <ChartFrame
      title="By threshold"
      xCaption={`Threshold of the score; in use: ${chosen}`}
      yCaption="Precision, recall and F1"
      legend={LINES.map(({ label, colour }) => ({ label, colour }))}
      alternative={`Precision, recall and F1 by threshold. ${words.join('; ')}.`}
      table={{
        header: ['threshold', 'accuracy', 'precision', 'recall', 'f1', 'share positive'],
        rows: points.map((p) => [
          p.threshold,
          p.accuracy,
          p.precision,
          p.recall,
          p.f1,
          p.sharePositive,
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={240}>
        <LineChart data={[...points]} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis
            {...SHARE_AXIS}
            dataKey="threshold"
            domain={[0, 1]}
            tickFormatter={(value: number) => String(value)}
          />
          <YAxis {...SHARE_AXIS} domain={[0, 1]} />
          <ReferenceLine x={chosen} stroke={CHART_COLOURS.threshold} strokeDasharray="6 4" />
          <Tooltip {...TOOLTIP_STYLE} formatter={tooltipShare} />
          {LINES.map(({ key, label, colour, dash }) => (
            <Line
              key={key}
              dataKey={key}
              name={label}
              type="linear"
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={dash}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
