import { CHART_COLOURS } from './theme';

export const CHART_MARGIN = { top: 12, right: 16, bottom: 0, left: 0 } as const;

export const TICK = { fill: CHART_COLOURS.axis, fontSize: 12 } as const;
export const AXIS_LINE = { stroke: CHART_COLOURS.axis } as const;

/** An axis of shares in percent. */
export const SHARE_AXIS = {
  type: 'number',
  tickFormatter: (share: number) => `${Number((share * 100).toPrecision(3))} %`,
  tick: TICK,
  axisLine: AXIS_LINE,
  tickLine: AXIS_LINE,
  width: 56,
} as const;

/** An axis of names. */
export const NAME_AXIS = {
  type: 'category',
  tick: TICK,
  axisLine: AXIS_LINE,
  tickLine: AXIS_LINE,
} as const;

export const TOOLTIP_STYLE = {
  contentStyle: {
    background: CHART_COLOURS.surface,
    border: '1px solid var(--assay-line)',
    borderRadius: 4,
    fontSize: 12,
    padding: '6px 10px',
  },
  labelStyle: { color: 'var(--mantine-color-text)', fontWeight: 600 },
  itemStyle: { color: 'var(--mantine-color-text)', padding: 0 },
  isAnimationActive: false,
} as const;

/** A share for a tooltip, whatever the chart library hands over. */
export function tooltipShare(value: unknown): string {
  return typeof value === 'number' ? `${(value * 100).toFixed(1)} %` : '';
}
