import { solvePositive } from './solvePositive';

/** A weighted ridge regression. */
export interface WeightedRidge {
  readonly intercept: number;
  /** Shape (d). */
  readonly coefficients: Float64Array;
  /** Weighted share of variance that the fit explains; null where the answers do not vary. */
  readonly r2: number | null;
}

/**
 * Ridge regression with a weight per row; the intercept is not penalised.
 *
 * @param rows shape (n, d) by rows, columns of the order of 1
 * @param answers shape (n)
 * @param weights shape (n), >= 0, not all zero
 * @param ridge added to the diagonal of the weighted cross products, > 0
 * @source Hoerl & Kennard, Technometrics 12 (1970) 55; as the local surrogate of Ribeiro, Singh & Guestrin, KDD (2016)
 * Cost: O(n d^2 + d^3).
 */
export function weightedRidge(
  rows: Float64Array,
  answers: Float64Array,
  weights: Float64Array,
  ridge: number,
): WeightedRidge {
  const n = answers.length;
  const d = rows.length / n;
  const centre = new Float64Array(d);
  let [total, meanAnswer] = [0, 0];
  for (let row = 0; row < n; row++) {
    const weight = weights[row]!;
    total += weight;
    meanAnswer += weight * answers[row]!;
    for (let i = 0; i < d; i++) centre[i]! += weight * rows[row * d + i]!;
  }
  for (let i = 0; i < d; i++) centre[i]! /= total;
  meanAnswer /= total;
  const matrix = new Float64Array(d * d);
  const side = new Float64Array(d);
  let spread = 0;
  for (let row = 0; row < n; row++) {
    const off = answers[row]! - meanAnswer;
    spread += weights[row]! * off * off;
    for (let i = 0; i < d; i++) {
      const left = weights[row]! * (rows[row * d + i]! - centre[i]!);
      side[i]! += left * off;
      for (let j = 0; j <= i; j++) matrix[i * d + j]! += left * (rows[row * d + j]! - centre[j]!);
    }
  }
  for (let i = 0; i < d; i++) matrix[i * d + i]! += ridge;
  const coefficients = solvePositive(matrix, side, d);
  const shift = coefficients.reduce((sum, value, i) => sum + value * centre[i]!, 0);
  const intercept = meanAnswer - shift;
  let left = 0;
  for (let row = 0; row < n; row++) {
    let fitted = intercept;
    for (let i = 0; i < d; i++) fitted += coefficients[i]! * rows[row * d + i]!;
    left += weights[row]! * (answers[row]! - fitted) ** 2;
  }
  return { intercept, coefficients, r2: spread > 0 ? 1 - left / spread : null };
}
