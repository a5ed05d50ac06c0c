import type { ColumnKind } from '../../shared/drift/column';
import { CHART_COLOURS } from '../ui/theme';
import { formatTick, roundTicks } from './featureValue';

export const CHART_HEIGHT = 260;
export const CHART_MARGIN = { top: 12, right: 16, bottom: 0, left: 0 } as const;

const TICK = { fill: CHART_COLOURS.axis, fontSize: 12 } as const;
const LINE = { stroke: CHART_COLOURS.axis } as const;

/** A value axis from low to high with round ticks; what lies beyond is cut off. */
export function valueAxis(low: number, high: number, kind: ColumnKind) {
  return {
    type: 'number',
    domain: [low, high],
    ticks: roundTicks(low, high),
    allowDataOverflow: true,
    tickFormatter: (value: number) => formatTick(value, kind),
    tick: TICK,
    axisLine: LINE,
    tickLine: LINE,
    minTickGap: 12,
  } as const;
}

/** An axis of shares in percent. */
export const SHARE_AXIS = {
  type: 'number',
  tickFormatter: (share: number) => `${Number((share * 100).toPrecision(3))} %`,
  tick: TICK,
  axisLine: LINE,
  tickLine: LINE,
  width: 56,
} as const;

/** An axis of names. */
export const NAME_AXIS = { type: 'category', tick: TICK, axisLine: LINE, tickLine: LINE } as const;

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

export const SIDES_LEGEND = [
  { label: 'Reference', colour: CHART_COLOURS.reference },
  { label: 'Live', colour: CHART_COLOURS.live },
] as const;

/** A share for a tooltip, whatever the chart library hands over. */
export function tooltipShare(value: unknown): string {
  return typeof value === 'number' ? `${(value * 100).toFixed(1)} %` : '';
}
