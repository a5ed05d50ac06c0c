import type { ExplainedSpace, Tolerance } from './explanation';

/**
 * A prediction in the space in which contributions add up.
 *
 * @param prediction for `logit` a probability
 * @returns log-odds for `logit`; infinite at 0 and 1, NaN outside of [0, 1]
 */
export function toSpace(prediction: number, space: ExplainedSpace): number {
  return space === 'identity' ? prediction : Math.log(prediction) - Math.log1p(-prediction);
}

/**
 * Whether base value plus contributions is the prediction, within `absolute + relative * |prediction|`.
 *
 * @param sum base value plus contributions
 * @param explained the prediction in the explained space
 */
export function isAdditive(sum: number, explained: number, tolerance: Tolerance): boolean {
  const allowed = tolerance.absolute + tolerance.relative * Math.abs(explained);
  return Number.isFinite(explained) && Math.abs(sum - explained) <= allowed;
}
