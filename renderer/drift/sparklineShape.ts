import type { FeaturePicture } from '../../shared/drift/driftReport';

/** Both sides of a small picture as heights in [0, 1] of the tallest. */
export interface SparklineShape {
  readonly reference: readonly number[];
  readonly live: readonly number[];
}

const MAX_BARS = 12;

function shares(counts: readonly number[], other: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, other);
  return counts.slice(0, MAX_BARS).map((count) => (total === 0 ? 0 : count / total));
}

/** Heights of the small picture of a feature, both sides on one scale. */
export function sparklineShape(picture: FeaturePicture): SparklineShape {
  const reference =
    picture.type === 'histogram'
      ? picture.reference
      : shares(picture.reference, picture.otherReference);
  const live =
    picture.type === 'histogram' ? picture.live : shares(picture.live, picture.otherLive);
  const tallest = Math.max(...reference, ...live, Number.MIN_VALUE);
  return {
    reference: reference.map((share) => share / tallest),
    live: live.map((share) => share / tallest),
  };
}

/** The outline of bins as an SVG path from the left to the right edge, on a box of the given size. */
export function stepPath(heights: readonly number[], width: number, height: number): string {
  const binWidth = width / heights.length;
  const at = (x: number): string => Number(x.toFixed(2)).toString();
  const steps = heights.map((share, i) => {
    const y = at(height - share * height);
    return `V${y}H${at((i + 1) * binWidth)}`;
  });
  return `M0 ${at(height)}${steps.join('')}V${at(height)}`;
}
