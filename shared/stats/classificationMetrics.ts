import type { NoResult } from './noResult';
import { noResult } from './noResult';
import type { Interval } from './twoProportionTest';
import { wilsonInterval } from './wilsonInterval';

/** Precision, recall and F1; 0 where the denominator is 0. */
export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** How well predicted classes agree with the true ones. Every figure but kappa and mcc is a share, 0..1. */
export interface ClassificationMetrics {
  readonly status: 'ok';
  readonly n: number;
  readonly nCorrect: number;
  readonly accuracy: number;
  /** Wilson, 95 %. */
  readonly accuracyInterval: Interval;
  /** In the order of the classes. */
  readonly perClass: readonly (ClassScores & {
    /** Rows that truly are of this class. */
    readonly support: number;
    /** Rows that were predicted to be. */
    readonly predicted: number;
    readonly correct: number;
  })[];
  readonly macro: ClassScores;
  readonly weighted: ClassScores;
  /** Mean recall of the classes that occur among the true ones. */
  readonly balancedAccuracy: number;
  /** Matthews correlation, -1..1; 0 when either side has one class only. */
  readonly mcc: number;
  /** Cohen's kappa, <= 1; null when chance alone would agree on every row. */
  readonly kappa: number | null;
}

/**
 * Counts pairs of true and predicted class.
 *
 * @param truth codes 0..k-1, -1 where unknown, shape (n)
 * @param predicted codes likewise, shape (n); a row with either unknown is left out
 * @returns counts, row-major: truth * k + predicted, shape (k * k)
 * Cost: O(n).
 */
export function countConfusion(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  k: number,
): Float64Array {
  const counts = new Float64Array(k * k);
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i]!;
    const p = predicted[i]!;
    if (t >= 0 && p >= 0) counts[t * k + p]!++;
  }
  return counts;
}

/**
 * Accuracy, precision, recall, F1, Matthews correlation and kappa from counts of pairs.
 *
 * @param confusion rows of true class t predicted as p at t * k + p, shape (k * k)
 * @returns no result (empty) when there are no rows
 * @source the definitions of scikit-learn with zero_division=0; Gorodkin, Comput. Biol. Chem. 28
 *   (2004) 367 (multi-class Matthews correlation); golden values in test/golden (classification)
 * Cost: O(k^2).
 */
export function classificationMetrics(
  confusion: ArrayLike<number>,
  k: number,
): ClassificationMetrics | NoResult {
  const support = new Float64Array(k);
  const predicted = new Float64Array(k);
  let n = 0;
  let nCorrect = 0;
  for (let t = 0; t < k; t++) {
    for (let p = 0; p < k; p++) {
      const rows = confusion[t * k + p]!;
      support[t]! += rows;
      predicted[p]! += rows;
      n += rows;
      if (t === p) nCorrect += rows;
    }
  }
  if (n === 0) return noResult('empty');
  const perClass = Array.from(support, (rows, c) => {
    const correct = confusion[c * k + c]!;
    return {
      support: rows,
      predicted: predicted[c]!,
      correct,
      ...classScores(correct, predicted[c]!, rows),
    };
  });
  const occurring = perClass.filter((scores) => scores.support > 0);
  return {
    status: 'ok',
    n,
    nCorrect,
    accuracy: nCorrect / n,
    accuracyInterval: wilsonInterval({ count: nCorrect, n }),
    perClass,
    macro: averageScores(perClass, () => 1 / k),
    weighted: averageScores(perClass, (scores) => scores.support / n),
    balancedAccuracy: occurring.reduce((sum, { recall }) => sum + recall, 0) / occurring.length,
    ...agreement(support, predicted, nCorrect, n),
  };
}

/**
 * Precision, recall and F1 of one class.
 *
 * @param correct rows that are of the class and were predicted to be
 * @param predicted rows predicted to be of it
 * @param support rows that are of it
 */
export function classScores(correct: number, predicted: number, support: number): ClassScores {
  const precision = predicted === 0 ? 0 : correct / predicted;
  const recall = support === 0 ? 0 : correct / support;
  const both = predicted + support;
  return { precision, recall, f1: both === 0 ? 0 : (2 * correct) / both };
}

type Supported = ClassScores & { readonly support: number };

function averageScores(
  classes: readonly Supported[],
  weight: (scores: Supported) => number,
): ClassScores {
  const mean = (of: (scores: ClassScores) => number): number =>
    classes.reduce((sum, scores) => sum + weight(scores) * of(scores), 0);
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

function agreement(
  support: Float64Array,
  predicted: Float64Array,
  nCorrect: number,
  n: number,
): { readonly mcc: number; readonly kappa: number | null } {
  let both = 0;
  let supportSquares = 0;
  let predictedSquares = 0;
  for (const [c, rows] of support.entries()) {
    both += (rows / n) * (predicted[c]! / n);
    supportSquares += (rows / n) ** 2;
    predictedSquares += (predicted[c]! / n) ** 2;
  }
  const spread = Math.sqrt((1 - supportSquares) * (1 - predictedSquares));
  const isOneClass = support.includes(n) || predicted.includes(n);
  const isChanceSure = both >= 1;
  return {
    mcc: isOneClass ? 0 : (nCorrect / n - both) / spread,
    kappa: isChanceSure ? null : (nCorrect / n - both) / (1 - both),
  };
}
