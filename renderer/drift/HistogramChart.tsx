import {
  Area,
  CartesianGrid,
  ComposedChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { FeatureDrift, FeaturePicture } from '../../shared/drift/driftReport';
import { ChartFrame } from '../ui/ChartFrame';
import { formatShare } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { CHART_MARGIN, SHARE_AXIS, TOOLTIP_STYLE, tooltipShare } from '../ui/chartParts';
import { CHART_HEIGHT, SIDES_LEGEND, valueAxis } from './chartParts';
import { formatFeatureValue } from './featureValue';
import { shorten } from './shorten';

interface HistogramChartProps {
  readonly feature: FeatureDrift;
  readonly picture: Extract<FeaturePicture, { type: 'histogram' }>;
}

/** Both distributions over the same bins: reference filled, live outlined. */
export function HistogramChart({ feature, picture }: HistogramChartProps) {
  const { edges, reference, live } = picture;
  const bins = edges.slice(0, -1).map((from, i) => ({
    from,
    to: edges[i + 1] ?? from,
    reference: reference[i] ?? 0,
    live: live[i] ?? 0,
  }));
  // The last step needs its right end as a point of its own.
  const points = [...bins, ...bins.slice(-1).map((bin) => ({ ...bin, from: bin.to }))];
  const low = edges[0] ?? 0;
  const high = edges.at(-1) ?? 1;
  const value = (x: number): string => formatFeatureValue(x, feature.kind);
  return (
    <ChartFrame
      title="Distribution"
      xCaption={`${shorten(feature.name, 40)} (the outer bins hold everything beyond them)`}
      yCaption="Share of usable values per bin"
      legend={SIDES_LEGEND}
      alternative={alternativeOf(feature, bins, value)}
      table={{
        header: ['from', 'to', 'reference share', 'live share'],
        rows: bins.map((bin) => [bin.from, bin.to, bin.reference, bin.live]),
      }}
    >
      <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
        <ComposedChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis dataKey="from" {...valueAxis(low, high, feature.kind)} />
          <YAxis {...SHARE_AXIS} />
          <Tooltip
            {...TOOLTIP_STYLE}
            formatter={tooltipShare}
            labelFormatter={(from: unknown) =>
              typeof from === 'number' ? `from ${value(from)}` : ''
            }
          />
          <Area
            dataKey="reference"
            name="Reference"
            type="stepAfter"
            stroke={CHART_COLOURS.reference}
            fill={CHART_COLOURS.reference}
            fillOpacity={0.35}
            isAnimationActive={false}
          />
          <Area
            dataKey="live"
            name="Live"
            type="stepAfter"
            stroke={CHART_COLOURS.live}
            strokeWidth={2}
            fill={CHART_COLOURS.live}
            fillOpacity={0.08}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly reference: number;
  readonly live: number;
}

function alternativeOf(
  { name }: FeatureDrift,
  bins: readonly Bin[],
  value: (x: number) => string,
): string {
  const [first] = bins;
  if (first === undefined) return `No distribution of ${name}.`;
  const widest = bins.reduce((most, bin) =>
    Math.abs(bin.live - bin.reference) > Math.abs(most.live - most.reference) ? bin : most,
  );
  return (
    `Histogram of ${name} in ${bins.length} bins. The largest difference is from ${value(widest.from)} to ` +
    `${value(widest.to)}: ${formatShare(widest.reference)} of the reference, ${formatShare(widest.live)} of the live values.`
  );
}
