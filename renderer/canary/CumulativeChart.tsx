import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { CanaryJudgement } from '../../shared/canary/canaryJudgement';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import type { ImportedLook } from '../../shared/canary/channels';
import { ChartFrame } from '../ui/ChartFrame';
import { formatCount, formatNoun, formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { CHART_MARGIN, NAME_AXIS, TOOLTIP, VALUE_AXIS } from './axes';

interface CumulativeChartProps {
  readonly judgement: CanaryJudgement;
  readonly plan: CanaryPlan;
  readonly looks: readonly ImportedLook[];
}

/** The effect over the looks with the band that holds at all of them. */
export function CumulativeChart({ judgement, plan, looks }: CumulativeChartProps) {
  const { margin } = judgement.primary;
  const bound = plan.primary.direction === 'higherIsBetter' ? -margin : margin;
  const points = judgement.path.map((one) => ({
    look: `${one.look}: ${dayOf(looks[one.look - 1])}`,
    rows: one.candidateRows,
    difference: one.difference,
    band: one.interval === null ? null : [one.interval[0], one.interval[1]],
  }));
  const last = judgement.path.at(-1);
  // A single look has no width: the band is drawn between two points at its place.
  const drawn = points.length === 1 ? [...points, ...points] : points;
  return (
    <ChartFrame
      title="Effect over the looks"
      xCaption="Look and day it was imported or ended"
      yCaption={`${plan.primary.column}: candidate minus control, all rows so far`}
      legend={[
        { label: 'Difference with its band', colour: CHART_COLOURS.live },
        { label: 'Margin', colour: CHART_COLOURS.threshold },
      ]}
      alternative={`After ${formatNoun(points.length, 'look')} and ${formatCount(last?.candidateRows ?? 0)} candidate rows the difference is ${formatStatistic(last?.difference ?? null)}; the band is ${last?.interval?.map(formatStatistic).join(' to ') ?? 'not there yet'}.`}
      table={{
        header: ['look', 'candidate rows', 'difference', 'lower', 'upper', 'p'],
        rows: judgement.path.map((one) => [
          one.look,
          one.candidateRows,
          one.difference,
          one.interval?.[0] ?? null,
          one.interval?.[1] ?? null,
          one.pValue,
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={240}>
        <ComposedChart data={drawn} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis
            {...NAME_AXIS}
            dataKey="look"
            allowDuplicatedCategory
            tickFormatter={(look: string, i) => (i < points.length ? look : '')}
            padding={{ left: 32, right: 32 }}
          />
          <YAxis {...VALUE_AXIS} />
          <Tooltip {...TOOLTIP} formatter={tooltipWords} />
          <Area
            dataKey="band"
            name="Band"
            stroke={CHART_COLOURS.live}
            fill={CHART_COLOURS.live}
            fillOpacity={0.15}
            isAnimationActive={false}
          />
          <Line
            dataKey="difference"
            name="Difference"
            stroke={CHART_COLOURS.live}
            strokeWidth={2}
            dot={{ r: 3 }}
            isAnimationActive={false}
          />
          <ReferenceLine y={0} stroke={CHART_COLOURS.axis} ifOverflow="extendDomain" />
          <ReferenceLine
            y={bound}
            stroke={CHART_COLOURS.threshold}
            strokeDasharray="6 4"
            ifOverflow="extendDomain"
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function dayOf(look: ImportedLook | undefined): string {
  return (look?.windowEndUtc ?? look?.importedAtUtc ?? '').slice(0, 10);
}

function tooltipWords(value: unknown): string {
  if (typeof value === 'number') return formatStatistic(value);
  if (!Array.isArray(value)) return '';
  return value.map((end) => (typeof end === 'number' ? formatStatistic(end) : '')).join(' to ');
}
