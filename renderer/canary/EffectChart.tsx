import type { CanaryJudgement } from '../../shared/canary/canaryJudgement';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import { ChartFrame } from '../ui/ChartFrame';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';

interface EffectChartProps {
  readonly judgement: CanaryJudgement;
  readonly plan: CanaryPlan;
}

const WIDTH = 640;
const HEIGHT = 110;
const PAD = 60;

/** The difference with its interval against the margin and zero. */
export function EffectChart({ judgement, plan }: EffectChartProps) {
  const { difference, interval, margin } = judgement.primary;
  const bound = plan.primary.direction === 'higherIsBetter' ? -margin : margin;
  const marks = [0, bound, difference ?? 0, ...(interval ?? [])];
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const reach = Math.max(high - low, Number.EPSILON);
  const x = (value: number) => PAD + ((value - low) / reach) * (WIDTH - 2 * PAD);
  const span = interval === null ? 'no interval yet' : interval.map(formatStatistic).join(' to ');
  const words = `Difference ${formatStatistic(difference)}, ${span}; margin ${formatStatistic(bound)}.`;
  return (
    <ChartFrame
      title="Effect against margin and zero"
      xCaption={`${plan.primary.column}: candidate minus control, in the unit of the metric`}
      yCaption="Estimate and interval"
      legend={[
        { label: 'Difference', colour: CHART_COLOURS.live },
        { label: 'Margin', colour: CHART_COLOURS.threshold },
        { label: 'No difference', colour: CHART_COLOURS.axis },
      ]}
      alternative={words}
      table={{
        header: ['figure', 'value'],
        rows: [
          ['difference', difference],
          ['lower end', interval?.[0] ?? null],
          ['upper end', interval?.[1] ?? null],
          ['margin', bound],
        ],
      }}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} aria-hidden>
        <Upright x={x(0)} colour={CHART_COLOURS.axis} label="0" />
        <Upright
          x={x(bound)}
          colour={CHART_COLOURS.threshold}
          label={`margin ${formatStatistic(bound)}`}
          isDashed
        />
        {interval !== null && (
          <>
            <line
              x1={x(interval[0])}
              x2={x(interval[1])}
              y1={60}
              y2={60}
              stroke={CHART_COLOURS.live}
              strokeWidth={4}
            />
            {interval.map((end) => (
              <text
                key={end}
                x={x(end)}
                y={86}
                textAnchor="middle"
                fontSize={12}
                fill={CHART_COLOURS.axis}
              >
                {formatStatistic(end)}
              </text>
            ))}
          </>
        )}
        {difference !== null && (
          <circle cx={x(difference)} cy={60} r={6} fill={CHART_COLOURS.live} />
        )}
      </svg>
    </ChartFrame>
  );
}

interface UprightProps {
  readonly x: number;
  readonly colour: string;
  readonly label: string;
  readonly isDashed?: boolean;
}

function Upright({ x, colour, label, isDashed = false }: UprightProps) {
  return (
    <>
      <line
        x1={x}
        x2={x}
        y1={24}
        y2={96}
        stroke={colour}
        strokeWidth={1.5}
        {...(isDashed && { strokeDasharray: '6 4' })}
      />
      <text
        x={x}
        y={isDashed ? 108 : 16}
        textAnchor="middle"
        fontSize={12}
        fill={CHART_COLOURS.axis}
      >
        {label}
      </text>
    </>
  );
}
