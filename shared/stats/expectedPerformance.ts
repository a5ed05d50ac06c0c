import { normalQuantile } from './distributions';
import type { Interval } from './twoProportionTest';

/** What a metric can be expected to be, and how far chance alone may take the realised one from it. */
export interface ExpectedMetric {
  readonly value: number;
  readonly interval: Interval;
}

/** Accuracy and AUC as the scores alone foretell them. */
export interface ExpectedPerformance {
  readonly n: number;
  readonly accuracy: ExpectedMetric;
  /** Null when the scores leave no room for one of the classes. */
  readonly auc: ExpectedMetric | null;
}

/**
 * Confidence-based performance estimate: accuracy and AUC of a calibrated classifier without outcomes.
 *
 * If a score of 0.8 means that 80 in 100 such rows are positive, each row is right with a known
 * probability, and the expected confusion matrix follows. It holds only while the scores stay
 * calibrated, which is why past estimates are compared with what came true.
 *
 * @param scores probabilities of the positive class, ascending, shape (n), n > 0
 * @param threshold from this score on a row counts as predicted positive
 * @returns intervals at the given confidence for the realised metric of as many rows
 * @source NannyML's CBPE (its documentation, "Confidence-based Performance Estimation"); error of the
 *   AUC by Hanley & McNeil, Radiology 143 (1982) 29, at the expected numbers of each class
 * Cost: O(n).
 */
export function expectedPerformance(
  scores: ArrayLike<number>,
  threshold: number,
  confidence = 0.95,
): ExpectedPerformance {
  const z = -normalQuantile((1 - confidence) / 2);
  let right = 0;
  let variance = 0;
  for (let i = 0; i < scores.length; i++) {
    const p = scores[i]!;
    right += p >= threshold ? p : 1 - p;
    variance += p * (1 - p);
  }
  const n = scores.length;
  return {
    n,
    accuracy: around(right / n, z * (Math.sqrt(variance) / n)),
    auc: expectedAuc(scores, z),
  };
}

function around(value: number, half: number): ExpectedMetric {
  return { value, interval: [Math.max(0, value - half), Math.min(1, value + half)] };
}

function expectedAuc(scores: ArrayLike<number>, z: number): ExpectedMetric | null {
  const n = scores.length;
  let positive = 0;
  let negativeBelow = 0;
  let wins = 0;
  let withItself = 0;
  for (let i = 0; i < n;) {
    let tiedPositive = 0;
    let tiedNegative = 0;
    const score = scores[i]!;
    for (; i < n && scores[i] === score; i++) {
      tiedPositive += score;
      tiedNegative += 1 - score;
      withItself += score * (1 - score);
    }
    wins += tiedPositive * (negativeBelow + tiedNegative / 2);
    positive += tiedPositive;
    negativeBelow += tiedNegative;
  }
  const negative = negativeBelow;
  if (positive < 1 || negative < 1) return null;
  // No row is paired with itself.
  const auc = Math.min(1, (wins - withItself / 2) / (positive * negative - withItself));
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance =
    (auc * (1 - auc) + (positive - 1) * (q1 - auc * auc) + (negative - 1) * (q2 - auc * auc)) /
    (positive * negative);
  return around(auc, z * Math.sqrt(Math.max(0, variance)));
}
