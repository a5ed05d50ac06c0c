import type { ExplainedCase } from '../../shared/explanation/explanation';
import { SPACE_WORDS } from '../../shared/explanation/explanationWords';
import { ChartFrame } from '../ui/ChartFrame';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { barName, BARS, barScale } from './barLayout';
import { waterfallSteps, type WaterfallStep } from './waterfall';

/** How one prediction comes about: from the base value, feature by feature. */
export function WaterfallChart({ explained }: { readonly explained: ExplainedCase }) {
  const steps = waterfallSteps(explained);
  const end = steps.at(-1)?.to ?? explained.base;
  const x = barScale([explained.base, end, ...steps.flatMap(({ from, to }) => [from, to])]);
  const height = (steps.length + 2) * BARS.rowHeight + 2 * BARS.top;
  const middleOf = (row: number) => BARS.top + (row + 0.5) * BARS.rowHeight;
  return (
    <ChartFrame
      title="How this prediction comes about"
      xCaption={`Prediction in the ${SPACE_WORDS[explained.space]}`}
      yCaption="Feature and its value in this case"
      legend={[
        { label: 'raises (+)', colour: CHART_COLOURS.live },
        { label: 'lowers (-)', colour: CHART_COLOURS.threshold },
      ]}
      alternative={`From ${formatStatistic(explained.base)} to ${formatStatistic(end)}: ${steps.map(stepWords).join('; ')}`}
      table={{
        header: ['feature', 'value', 'contribution', 'from', 'to'],
        rows: steps.map(({ name, value, from, to }) => [name, value, to - from, from, to]),
      }}
    >
      <svg viewBox={`0 0 ${BARS.width} ${height}`} width="100%" height={height} aria-hidden>
        <EndMark name="Base value" value={explained.base} middle={middleOf(0)} x={x} />
        {steps.map((step, i) => (
          <StepBar key={step.name} step={step} middle={middleOf(i + 1)} x={x} />
        ))}
        <EndMark name="Prediction" value={end} middle={middleOf(steps.length + 1)} x={x} />
      </svg>
    </ChartFrame>
  );
}

interface RowProps {
  readonly middle: number;
  readonly x: (value: number) => number;
}

function Name({ name, middle }: { readonly name: string; readonly middle: number }) {
  return (
    <text
      x={BARS.nameWidth - 8}
      y={middle + 4}
      textAnchor="end"
      fontSize={12}
      fill={CHART_COLOURS.axis}
    >
      {barName(name)}
    </text>
  );
}

function StepBar({ step, middle, x }: RowProps & { readonly step: WaterfallStep }) {
  const [left, right] = [Math.min(x(step.from), x(step.to)), Math.max(x(step.from), x(step.to))];
  const isUp = step.to >= step.from;
  return (
    <>
      <Name
        name={step.value === null ? step.name : `${step.name} = ${step.value}`}
        middle={middle}
      />
      <rect
        x={left}
        y={middle - 8}
        width={Math.max(right - left, 1)}
        height={16}
        fill={isUp ? CHART_COLOURS.live : CHART_COLOURS.threshold}
      />
      <text x={right + 8} y={middle + 4} fontSize={12} fill={CHART_COLOURS.axis}>
        {signed(step.to - step.from)}
      </text>
    </>
  );
}

function EndMark({
  name,
  value,
  middle,
  x,
}: RowProps & { readonly name: string; readonly value: number }) {
  return (
    <>
      <Name name={name} middle={middle} />
      <line
        x1={x(value)}
        x2={x(value)}
        y1={middle - 10}
        y2={middle + 10}
        stroke={CHART_COLOURS.axis}
        strokeWidth={3}
      />
      <text x={x(value) + 8} y={middle + 4} fontSize={12} fill={CHART_COLOURS.axis}>
        {formatStatistic(value)}
      </text>
    </>
  );
}

function stepWords({ name, value, from, to }: WaterfallStep): string {
  return `${name}${value === null ? '' : ` = ${value}`}: ${signed(to - from)}`;
}

function signed(value: number): string {
  return value < 0 ? formatStatistic(value) : `+${formatStatistic(value)}`;
}
