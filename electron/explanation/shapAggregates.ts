import { isAdditive, toSpace } from '../../shared/explanation/additivity';
import {
  ADDITIVITY_TOLERANCE,
  type Additivity,
  type ExplainedSpace,
  type FeatureImportance,
} from '../../shared/explanation/explanation';
import { meanInterval, meanMoments } from '../../shared/stats/meanInterval';

const MOST_NAMED_ROWS = 20;

/** Mean |contribution| of a feature with its interval, and the mean contribution. @param shap shape (cases) */
export function importanceOf(
  name: string,
  shap: Float64Array,
): Omit<FeatureImportance, 'dependence'> {
  const absolute = meanMoments(shap.map(Math.abs))!;
  const interval = meanInterval(absolute);
  return { name, meanAbsolute: absolute.mean, interval, meanSigned: meanMoments(shap)!.mean };
}

/**
 * Compares base value plus contributions with the predictions.
 *
 * @param sums in the explained space, shape (cases)
 * @param predictions in their own unit, shape (cases)
 * @param rowOf number of a case's row in the file, from 1
 */
export function checkSums(
  sums: Float64Array,
  predictions: Float64Array,
  space: ExplainedSpace,
  rowOf: (at: number) => number = (at) => at + 1,
): Omit<Additivity, 'isSpaceFound'> {
  const failedRows: number[] = [];
  let nFailed = 0;
  let largestGap = 0;
  for (const [i, sum] of sums.entries()) {
    const explained = toSpace(predictions[i]!, space);
    const gap = Math.abs(sum - explained);
    if (Number.isFinite(gap)) largestGap = Math.max(largestGap, gap);
    if (isAdditive(sum, explained, ADDITIVITY_TOLERANCE)) continue;
    nFailed += 1;
    if (failedRows.length < MOST_NAMED_ROWS) failedRows.push(rowOf(i));
  }
  const tolerance = ADDITIVITY_TOLERANCE;
  return { space, tolerance, nCases: sums.length, nFailed, failedRows, largestGap };
}
