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
import type { Measurement } from '../../shared/performance/performanceReport';
import { ChartFrame } from '../ui/ChartFrame';
import { CHART_MARGIN, SHARE_AXIS, TOOLTIP_STYLE, tooltipShare } from '../ui/chartParts';
import { formatCount, formatShare } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** How often what a score says comes true; on the diagonal it does exactly. */
export function CalibrationChart({ bins }: { readonly bins: Measurement['calibration'] }) {
  const points = bins.flatMap(({ n, meanProbability, sharePositive }) =>
    meanProbability === null || sharePositive === null
      ? []
      : [{ n, said: meanProbability, came: sharePositive }],
  );
  const words = points.map(
    ({ n, said, came }) =>
      `score ${formatShare(said)}: ${formatShare(came)} came true (n = ${formatCount(n)})`,
  );
  return (
    <ChartFrame
      title="Calibration"
      xCaption="Mean score of the tenth"
      yCaption="Share of positive outcomes; grey: what the score promises"
      legend={[
        { label: 'Came true', colour: CHART_COLOURS.live },
        { label: 'Perfect', colour: CHART_COLOURS.reference },
      ]}
      alternative={`Calibration over ${points.length} tenths of the score. ${words.join('; ')}.`}
      table={{
        header: ['mean score', 'share positive', 'n'],
        rows: points.map(({ said, came, n }) => [said, came, n]),
      }}
    >
      <ResponsiveContainer width="100%" height={240}>
        <LineChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} />
          <XAxis {...SHARE_AXIS} dataKey="said" domain={[0, 1]} ticks={TICKS} />
          <YAxis {...SHARE_AXIS} domain={[0, 1]} ticks={TICKS} />
          <ReferenceLine
            segment={[
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ]}
            stroke={CHART_COLOURS.reference}
          />
          <Tooltip {...TOOLTIP_STYLE} labelFormatter={tooltipShare} formatter={tooltipShare} />
          <Line
            dataKey="came"
            name="Came true"
            type="linear"
            stroke={CHART_COLOURS.live}
            strokeWidth={2}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
