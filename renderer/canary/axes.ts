import { CHART_COLOURS } from '../ui/theme';

const TICK = { fill: CHART_COLOURS.axis, fontSize: 12 } as const;
const LINE = { stroke: CHART_COLOURS.axis } as const;

/** A value axis of a picture about a canary. */
export const VALUE_AXIS = {
  type: 'number',
  tick: TICK,
  axisLine: LINE,
  tickLine: LINE,
  width: 64,
  tickFormatter: (value: number) => String(Number(value.toPrecision(3))),
} as const;

/** An axis of names. */
export const NAME_AXIS = { type: 'category', tick: TICK, axisLine: LINE, tickLine: LINE } as const;

export const CHART_MARGIN = { top: 12, right: 16, bottom: 0, left: 0 } as const;

export const TOOLTIP = {
  contentStyle: { background: CHART_COLOURS.surface, border: '1px solid var(--assay-line)' },
  labelStyle: { color: 'var(--mantine-color-text)' },
  itemStyle: { color: 'var(--mantine-color-text)' },
  isAnimationActive: false,
} as const;
