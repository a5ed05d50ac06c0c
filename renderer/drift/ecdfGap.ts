import type { FeatureDetail } from '../../shared/drift/driftReport';

type Ecdf = FeatureDetail['ecdf'];

/** Heights of both distribution functions at one value. */
export interface EcdfGap {
  readonly x: number;
  readonly reference: number;
  readonly live: number;
}

/** Index of the last point at or before a value; -1 when the value lies before all of them. */
function lastAtOrBefore(x: readonly number[], value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Both distribution functions at a value: they are steps, so the last point at or before it counts.
 *
 * @returns null when there is no value or no curve
 */
export function gapAt(ecdf: Ecdf, value: number | null): EcdfGap | null {
  if (value === null || ecdf.x.length === 0) return null;
  const at = lastAtOrBefore(ecdf.x, value);
  return { x: value, reference: ecdf.reference[at] ?? 0, live: ecdf.live[at] ?? 0 };
}

/** First value at which a distribution function reaches a share. */
function reaches(ecdf: Ecdf, side: readonly number[], share: number): number | null {
  const at = side.findIndex((height) => height >= share);
  return at < 0 ? null : (ecdf.x[at] ?? null);
}

/**
 * The range that holds the middle 98 % of both sides and the value of the gap, so that a few far
 * values do not squeeze the picture.
 *
 * @returns [low, high], or null when it would leave nothing out
 */
export function centralRange(
  ecdf: Ecdf,
  gapValue: number | null,
): readonly [number, number] | null {
  const first = ecdf.x[0];
  const last = ecdf.x.at(-1);
  if (first === undefined || last === undefined) return null;
  const lows = [reaches(ecdf, ecdf.reference, 0.01), reaches(ecdf, ecdf.live, 0.01), gapValue];
  const highs = [reaches(ecdf, ecdf.reference, 0.99), reaches(ecdf, ecdf.live, 0.99), gapValue];
  const low = Math.min(...lows.filter((value) => value !== null));
  const high = Math.max(...highs.filter((value) => value !== null));
  const isNarrower = high > low && high - low < 0.9 * (last - first);
  return isNarrower ? [low, high] : null;
}
