import { classScores, type ClassScores } from './classificationMetrics';

/** What a classifier does when everything from one score on counts as positive. */
export interface ThresholdPoint extends ClassScores {
  readonly threshold: number;
  readonly accuracy: number;
  /** Share of rows at or above the threshold. */
  readonly sharePositive: number;
}

/**
 * Accuracy, precision, recall and F1 at each threshold, from sorted scores.
 *
 * @param positive scores of positive rows, ascending, shape (m)
 * @param negative scores of negative rows, ascending, shape (n)
 * @param thresholds ascending; a row is predicted positive when its score is at least the threshold
 * @returns shape (thresholds); all shares 0..1, 0 where a denominator is 0
 * Cost: O(m + n + thresholds).
 */
export function thresholdCurve(
  positive: ArrayLike<number>,
  negative: ArrayLike<number>,
  thresholds: readonly number[],
): ThresholdPoint[] {
  let belowPositive = 0;
  let belowNegative = 0;
  const n = positive.length + negative.length;
  return thresholds.map((threshold) => {
    while (belowPositive < positive.length && positive[belowPositive]! < threshold) belowPositive++;
    while (belowNegative < negative.length && negative[belowNegative]! < threshold) belowNegative++;
    const correct = positive.length - belowPositive;
    const predicted = correct + negative.length - belowNegative;
    return {
      threshold,
      accuracy: n === 0 ? 0 : (correct + belowNegative) / n,
      sharePositive: n === 0 ? 0 : predicted / n,
      ...classScores(correct, predicted, positive.length),
    };
  });
}
