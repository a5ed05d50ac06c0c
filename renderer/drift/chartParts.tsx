import type { ColumnKind } from '../../shared/drift/column';
import { AXIS_LINE, TICK } from '../ui/chartParts';
import { CHART_COLOURS } from '../ui/theme';
import { formatTick, roundTicks } from './featureValue';

export const CHART_HEIGHT = 260;

/** A value axis from low to high with round ticks; what lies beyond is cut off. */
export function valueAxis(low: number, high: number, kind: ColumnKind) {
  return {
    type: 'number',
    domain: [low, high],
    ticks: roundTicks(low, high),
    allowDataOverflow: true,
    tickFormatter: (value: number) => formatTick(value, kind),
    tick: TICK,
    axisLine: AXIS_LINE,
    tickLine: AXIS_LINE,
    minTickGap: 12,
  } as const;
}

export const SIDES_LEGEND = [
  { label: 'Reference', colour: CHART_COLOURS.reference },
  { label: 'Live', colour: CHART_COLOURS.live },
] as const;
