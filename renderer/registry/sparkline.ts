import type { MetricPoint } from '../../shared/registry/model';

export const SPARKLINE_WIDTH_PX = 96;
export const SPARKLINE_HEIGHT_PX = 20;
/** So that the line is not cut at the edges. */
const MARGIN_PX = 2;

/**
 * The points of an SVG polyline through a series, over its steps.
 *
 * @param points in the order of their steps; a constant series lies in the middle
 */
export function sparklinePoints(points: readonly MetricPoint[]): string {
  const along = scale(
    points.map(({ step }) => step),
    SPARKLINE_WIDTH_PX,
  );
  const up = scale(
    points.map(({ value }) => value),
    SPARKLINE_HEIGHT_PX,
  );
  return points
    .map(({ step, value }) => `${along(step)},${SPARKLINE_HEIGHT_PX - up(value)}`)
    .join(' ');
}

function scale(values: readonly number[], lengthPx: number): (value: number) => number {
  // Not Math.min(...values): a series can have more points than a call takes arguments.
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (most === least) return () => lengthPx / 2;
  return (value) => {
    // Halves keep the range finite where it is as wide as numbers go.
    const share = (value / 2 - least / 2) / (most / 2 - least / 2);
    return Math.round((MARGIN_PX + share * (lengthPx - 2 * MARGIN_PX)) * 10) / 10;
  };
}
