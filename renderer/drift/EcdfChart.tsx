import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { FeatureDetail, FeatureDrift } from '../../shared/drift/driftReport';
import { ChartFrame } from '../ui/ChartFrame';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { CHART_MARGIN, SHARE_AXIS, TOOLTIP_STYLE, tooltipShare } from '../ui/chartParts';
import { CHART_HEIGHT, SIDES_LEGEND, valueAxis } from './chartParts';
import { centralRange, gapAt, type EcdfGap } from './ecdfGap';
import { gapSentence } from './featureSentence';
import { formatFeatureValue } from './featureValue';
import { shorten } from './shorten';

interface EcdfChartProps {
  readonly feature: FeatureDrift;
  readonly ecdf: FeatureDetail['ecdf'];
}

/** Both cumulative distributions with the Kolmogorov-Smirnov gap where it is largest. */
export function EcdfChart({ feature, ecdf }: EcdfChartProps) {
  const atValue = feature.ks?.atValue ?? null;
  const central = centralRange(ecdf, atValue);
  const [isCentral, setIsCentral] = useState(true);
  const range =
    central !== null && isCentral ? central : ([ecdf.x[0] ?? 0, ecdf.x.at(-1) ?? 1] as const);
  const gap = gapAt(ecdf, atValue);
  const points = ecdf.x.map((x, i) => ({
    x,
    reference: ecdf.reference[i] ?? 0,
    live: ecdf.live[i] ?? 0,
  }));
  const value = (x: number): string => formatFeatureValue(x, feature.kind);
  const words = gapSentence(feature, gap, value(atValue ?? 0));
  return (
    <ChartFrame
      title="Cumulative distribution"
      xCaption={`${shorten(feature.name, 40)}${central !== null && isCentral ? ' (middle 98 % of both sides)' : ''}`}
      yCaption="Share of values at or below"
      legend={SIDES_LEGEND}
      alternative={`Empirical distribution functions of ${feature.name}. ${words}`}
      table={{
        header: ['value', 'reference share at or below', 'live share at or below'],
        rows: points.map(({ x, reference, live }) => [x, reference, live]),
      }}
    >
      {central !== null && (
        <SegmentedControl
          size="xs"
          aria-label="Range of values shown"
          value={isCentral ? 'central' : 'all'}
          onChange={(range) => setIsCentral(range === 'central')}
          data={[
            { value: 'central', label: 'Middle 98 %' },
            { value: 'all', label: 'All values' },
          ]}
        />
      )}
      <ResponsiveContainer
        width="100%"
        height={central === null ? CHART_HEIGHT : CHART_HEIGHT - 28}
      >
        <LineChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis dataKey="x" {...valueAxis(range[0], range[1], feature.kind)} />
          <YAxis {...SHARE_AXIS} domain={[0, 1]} ticks={[0, 0.25, 0.5, 0.75, 1]} />
          <Tooltip
            {...TOOLTIP_STYLE}
            formatter={tooltipShare}
            labelFormatter={(x: unknown) =>
              typeof x === 'number' ? `at or below ${value(x)}` : ''
            }
          />
          <Curve side="reference" label="Reference" width={2} />
          <Curve side="live" label="Live" width={2} />
          {gap !== null && <GapMark gap={gap} d={feature.ks?.d ?? null} range={range} />}
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface CurveProps {
  readonly side: 'reference' | 'live';
  readonly label: string;
  readonly width: number;
}

function Curve({ side, label, width }: CurveProps) {
  return (
    <Line
      dataKey={side}
      name={label}
      type="stepAfter"
      stroke={CHART_COLOURS[side]}
      strokeWidth={width}
      dot={false}
      isAnimationActive={false}
    />
  );
}

interface GapMarkProps {
  readonly gap: EcdfGap;
  readonly d: number | null;
  readonly range: readonly [number, number];
}

/** The vertical line between the two curves, with D beside it. */
function GapMark({ gap, d, range }: GapMarkProps) {
  const { x, reference, live } = gap;
  const isLeftHalf = x - range[0] < (range[1] - range[0]) / 2;
  return (
    <>
      <ReferenceLine
        segment={[
          { x, y: Math.min(reference, live) },
          { x, y: Math.max(reference, live) },
        ]}
        stroke={CHART_COLOURS.gap}
        strokeWidth={2}
        label={{
          value: `D = ${formatStatistic(d)}`,
          position: isLeftHalf ? 'right' : 'left',
          fill: CHART_COLOURS.gap,
          fontSize: 13,
          fontWeight: 600,
          stroke: CHART_COLOURS.surface,
          strokeWidth: 4,
          paintOrder: 'stroke',
        }}
      />
      <ReferenceDot x={x} y={reference} r={3.5} fill={CHART_COLOURS.gap} stroke="none" />
      <ReferenceDot x={x} y={live} r={3.5} fill={CHART_COLOURS.gap} stroke="none" />
    </>
  );
}
