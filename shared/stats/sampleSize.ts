import { normalQuantile } from './distributions';
import { mixtureHalfWidth } from './mixtureTest';

/** What a comparison must be able to see. */
export interface SampleSizePlan {
  /** Variance of one row's value, > 0. */
  readonly rowVariance: number;
  /** Smallest drop that must not pass, in the unit of the metric, > 0. */
  readonly margin: number;
  /** One-sided error, between 0 and 1. */
  readonly alpha: number;
  /** Chance to promote a candidate that is as good as the control, between 0 and 1. */
  readonly power: number;
  /** Share of rows that the candidate gets, between 0 and 1. */
  readonly candidateShare: number;
}

/** Rows that the candidate needs; the control gets the rest of the split. */
export interface SampleSize {
  /** For one look at the end. */
  readonly fixed: number;
  /** For as many looks as one likes; the price of looking early. */
  readonly alwaysValid: number;
}

/**
 * Rows of the candidate that show non-inferiority.
 *
 * 5 % of traffic, accuracy 0.83, a drop of 2 points, one-sided 5 % and power 80 % need 2,296 rows.
 *
 * @source Chow, Shao & Wang, Sample Size Calculations (2008), 3.2 and 4.2, for unequal arms; for the sequence the
 *   rows at which its half width plus the normal quantile of the power fits into the margin
 */
export function sampleSize(plan: SampleSizePlan): SampleSize {
  const { rowVariance, margin, alpha, power, candidateShare } = plan;
  const perRow = rowVariance / (1 - candidateShare);
  const zPower = -normalQuantile(1 - power);
  const fixed = perRow * ((zPower - normalQuantile(alpha)) / margin) ** 2;
  const isEnough = (rows: number) => {
    const variance = perRow / rows;
    return (
      mixtureHalfWidth(variance, margin * margin, 2 * alpha) + zPower * Math.sqrt(variance) <=
      margin
    );
  };
  let [few, enough] = [fixed / 2, fixed * 2];
  while (!isEnough(enough)) [few, enough] = [enough, enough * 2];
  while (enough - few > 0.5) {
    const middle = (few + enough) / 2;
    if (isEnough(middle)) enough = middle;
    else few = middle;
  }
  return { fixed: Math.ceil(fixed), alwaysValid: Math.ceil(enough) };
}
