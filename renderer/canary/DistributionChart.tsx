import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { MetricPicture } from '../../shared/canary/channels';
import { ChartFrame } from '../ui/ChartFrame';
import { formatShare } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { CHART_MARGIN, NAME_AXIS, TOOLTIP, VALUE_AXIS } from './axes';

interface DistributionChartProps {
  readonly metric: string;
  readonly picture: MetricPicture;
}

/** How the metric is spread in each arm. */
export function DistributionChart({ metric, picture }: DistributionChartProps) {
  const labels = picture.edges === null ? picture.labels : binLabels(picture.edges);
  const [control, candidate] = [sharesOf(picture.control), sharesOf(picture.candidate)];
  const points = labels.map((label, i) => ({
    label,
    control: control[i] ?? 0,
    candidate: candidate[i] ?? 0,
  }));
  const widest = points.reduce<(typeof points)[number] | null>((most, point) => {
    const gap = (one: typeof point) => Math.abs(one.candidate - one.control);
    return most === null || gap(point) > gap(most) ? point : most;
  }, null);
  return (
    <ChartFrame
      title="Distribution per arm"
      xCaption={`${metric}${picture.edges === null ? '' : ' (the outer bins hold everything beyond them)'}`}
      yCaption="Share of the rows of the arm"
      legend={[
        { label: 'Control', colour: CHART_COLOURS.reference },
        { label: 'Candidate', colour: CHART_COLOURS.live },
      ]}
      alternative={
        widest === null
          ? 'No rows.'
          : `The arms differ most at ${widest.label}: ${formatShare(widest.control)} of the control, ${formatShare(widest.candidate)} of the candidate.`
      }
      table={{
        header: [metric, 'control share', 'candidate share'],
        rows: points.map((point) => [point.label, point.control, point.candidate]),
      }}
    >
      <ResponsiveContainer width="100%" height={220}>
        <BarChart data={points} margin={CHART_MARGIN}>
          <CartesianGrid stroke={CHART_COLOURS.grid} vertical={false} />
          <XAxis {...NAME_AXIS} dataKey="label" minTickGap={24} />
          <YAxis {...VALUE_AXIS} tickFormatter={formatShare} />
          <Tooltip
            {...TOOLTIP}
            formatter={(share: unknown) => (typeof share === 'number' ? formatShare(share) : '')}
          />
          <Bar
            dataKey="control"
            name="Control"
            fill={CHART_COLOURS.reference}
            isAnimationActive={false}
          />
          <Bar
            dataKey="candidate"
            name="Candidate"
            fill={CHART_COLOURS.live}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function sharesOf(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

function binLabels(edges: readonly number[]): readonly string[] {
  const text = edges.map((edge) => String(Number(edge.toPrecision(3))));
  if (text.length === 0) return ['all'];
  const inner = text.slice(1).map((to, i) => `${text[i] ?? ''} to ${to}`);
  return [`up to ${text[0] ?? ''}`, ...inner, `above ${text.at(-1) ?? ''}`];
}
