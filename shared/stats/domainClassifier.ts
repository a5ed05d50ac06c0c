import { fromUnsorted } from './empiricalDistribution';
import type { NoResult } from './noResult';
import { rocAuc, type RocAuc } from './rocAuc';
import { crossMoments, withoutPart, type CrossMoments } from './principalComponents';
import { seededOrder } from './seededSample';
import { solvePositive } from './solvePositive';

const FOLDS = 5;
/** Share of the mean variance that is added to each, so that columns that depend on each other do no harm. */
const RIDGE = 1e-3;

/**
 * How well two samples can be told apart: cross-validated AUC of a linear discriminant.
 *
 * Five folds by a seeded order; each row is scored by the discriminant of the other four, which is the
 * closed-form ridge regression of the side on the columns. 0.5: not at all.
 *
 * @param rows shape (n, d) by rows, standardised (of the order of 1)
 * @param isLive shape (n), 1 for live and 0 for reference rows
 * @returns AUC with DeLong's interval over the out-of-fold scores; it takes the five discriminants as given
 * @source Fisher (1936); Lopez-Paz & Oquab, Revisiting Classifier Two-Sample Tests (ICLR 2017); checked
 *   against numpy and scikit-learn in test/golden/depth
 * Cost: O(n d^2 + d^3).
 */
export function domainClassifier(
  rows: Float64Array,
  d: number,
  isLive: Uint8Array,
  seed: number,
): RocAuc | NoResult {
  const n = isLive.length;
  const foldOf = new Uint8Array(n);
  for (const [at, row] of seededOrder(n, seed).entries()) foldOf[row] = at % FOLDS;
  const withSide = appendSide(rows, d, isLive);
  const folds = Array.from({ length: FOLDS }, (_none, fold) =>
    crossMoments(withSide, d + 1, (row) => foldOf[row] === fold),
  );
  const weights = folds.map((fold) =>
    discriminant(folds.filter((other) => other !== fold).reduce(together), d),
  );
  const scores = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const weight = weights[foldOf[row]!]!;
    for (let i = 0; i < d; i++) scores[row]! += weight[i]! * rows[row * d + i]!;
  }
  const sideOf = (side: number) => scores.filter((_score, row) => isLive[row] === side);
  return rocAuc(fromUnsorted(sideOf(1)), fromUnsorted(sideOf(0)));
}

/** The side as one more column, so that its products come with the others. */
function appendSide(rows: Float64Array, d: number, isLive: Uint8Array): Float64Array {
  const wider = new Float64Array(isLive.length * (d + 1));
  for (let row = 0; row < isLive.length; row++) {
    wider.set(rows.subarray(row * d, (row + 1) * d), row * (d + 1));
    wider[row * (d + 1) + d] = isLive[row]!;
  }
  return wider;
}

function together(a: CrossMoments, b: CrossMoments): CrossMoments {
  return withoutPart(a, {
    n: -b.n,
    sums: b.sums.map((sum) => -sum),
    products: b.products.map((sum) => -sum),
  });
}

/** Ridge regression of the last column on the others. Shape (d). */
function discriminant({ n, sums, products }: CrossMoments, d: number): Float64Array {
  const wide = d + 1;
  const covariance = (i: number, j: number): number =>
    products[i * wide + j]! / n - (sums[i]! / n) * (sums[j]! / n);
  const matrix = new Float64Array(d * d);
  let trace = 0;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) matrix[i * d + j] = covariance(i, j);
    trace += matrix[i * d + i]!;
  }
  const ridge = Math.max(1e-12, (RIDGE * trace) / d);
  for (let i = 0; i < d; i++) matrix[i * d + i]! += ridge;
  const side = Float64Array.from({ length: d }, (_none, i) => covariance(i, d));
  return solvePositive(matrix, side, d);
}
