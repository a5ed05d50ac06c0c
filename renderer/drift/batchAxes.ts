import { NAME_AXIS, TICK, TOOLTIP_STYLE } from '../ui/chartParts';
import { CHART_COLOURS } from '../ui/theme';
import { formatTick } from './featureValue';
import { shorten } from './shorten';

/** A point of a line over the batches: `order` counts from 1 and is unique, labels need not be. */
interface BatchPoint {
  readonly order: string;
  readonly label: string;
}

const MAX_LABEL = 16;

function labelOf(points: readonly BatchPoint[], order: unknown): string {
  return points[Number(order) - 1]?.label ?? '';
}

/** The axis of batches, oldest first, named by their labels. */
export function batchAxis(points: readonly BatchPoint[]) {
  return {
    ...NAME_AXIS,
    dataKey: 'order',
    interval: 'preserveStartEnd',
    padding: { left: 24, right: 24 },
    tickFormatter: (order: string) => shorten(labelOf(points, order), MAX_LABEL),
  } as const;
}

/** A tooltip headed by the whole label of its batch. */
export function batchTooltip(points: readonly BatchPoint[]) {
  return {
    ...TOOLTIP_STYLE,
    labelFormatter: (order: unknown) => labelOf(points, order),
  } as const;
}

/** The axis of a statistic. */
export const STATISTIC_AXIS = {
  type: 'number',
  width: 56,
  tick: TICK,
  tickFormatter: (value: number) => formatTick(value, 'numeric'),
} as const;

/** A band that a line is to be seen against. */
export const BAND = {
  type: 'linear',
  fill: CHART_COLOURS.reference,
  fillOpacity: 0.22,
  stroke: CHART_COLOURS.reference,
  strokeOpacity: 0.6,
  isAnimationActive: false,
} as const;
