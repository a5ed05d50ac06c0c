import { symmetricEigen } from './symmetricEigen';

/** Sums over rows from which means and covariances follow; two of them add up. Shape d and (d, d) by rows. */
export interface CrossMoments {
  readonly n: number;
  readonly sums: Float64Array;
  readonly products: Float64Array;
}

/** A subspace that holds most of the variance of standardised columns. */
export interface ComponentModel {
  /** Shape (d), in the unit of the columns. */
  readonly means: Float64Array;
  /** Population standard deviations, shape (d), > 0. */
  readonly deviations: Float64Array;
  /** Shape (k, d) by rows, orthonormal. */
  readonly loadings: Float64Array;
  /** Of the variance, 0..1. */
  readonly shareExplained: number;
}

/**
 * Sums and sums of products of some rows.
 *
 * @param rows shape (n, d) by rows, finite, of the order of 1 (products are not shifted)
 * @param uses which rows; all when null
 * Cost: O(n d^2).
 */
export function crossMoments(
  rows: Float64Array,
  d: number,
  uses: ((row: number) => boolean) | null = null,
): CrossMoments {
  const sums = new Float64Array(d);
  const products = new Float64Array(d * d);
  let n = 0;
  for (let row = 0; row * d < rows.length; row++) {
    if (uses !== null && !uses(row)) continue;
    n += 1;
    const start = row * d;
    for (let i = 0; i < d; i++) {
      const x = rows[start + i]!;
      sums[i]! += x;
      if (x === 0) continue;
      for (let j = i; j < d; j++) products[i * d + j]! += x * rows[start + j]!;
    }
  }
  for (let i = 0; i < d; i++)
    for (let j = 0; j < i; j++) products[i * d + j] = products[j * d + i]!;
  return { n, sums, products };
}

/** What is left of a whole when a part is taken out. */
export function withoutPart(whole: CrossMoments, part: CrossMoments): CrossMoments {
  return {
    n: whole.n - part.n,
    sums: whole.sums.map((sum, i) => sum - part.sums[i]!),
    products: whole.products.map((sum, i) => sum - part.products[i]!),
  };
}

/**
 * The fewest principal components of standardised columns that explain a share of the variance.
 *
 * @param share of the variance, in (0, 1]
 * @returns the model; a column that does not vary gets a deviation of 1 and no weight
 * @source Jolliffe, Principal Component Analysis (2002); checked against scikit-learn in test/golden/depth
 * Cost: O(d^3).
 */
export function principalComponents(moments: CrossMoments, share: number): ComponentModel {
  const d = moments.sums.length;
  const means = moments.sums.map((sum) => sum / moments.n);
  const covariance = moments.products.map(
    (sum, at) => sum / moments.n - means[Math.floor(at / d)]! * means[at % d]!,
  );
  const deviations = means.map((_mean, i) => {
    const variance = covariance[i * d + i]!;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  const correlation = covariance.map(
    (value, at) => value / (deviations[Math.floor(at / d)]! * deviations[at % d]!),
  );
  const { values, vectors } = symmetricEigen(correlation, d);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let explained = 0;
  let k = 0;
  while (k < d && explained < share * total - 1e-12 * total) explained += Math.max(0, values[k++]!);
  return {
    means,
    deviations,
    loadings: vectors.slice(0, k * d),
    shareExplained: total > 0 ? explained / total : 0,
  };
}

/**
 * How far each row is from the subspace: the length of what its components do not reproduce.
 *
 * @param rows shape (n, d) by rows
 * @returns shape (n), in standard deviations, >= 0
 * @source the reconstruction error of NannyML's multivariate drift (its documentation, "Data
 *   Reconstruction with PCA")
 * Cost: O(n k d).
 */
export function reconstructionErrors(rows: Float64Array, model: ComponentModel): Float64Array {
  const { means, deviations, loadings } = model;
  const d = means.length;
  const k = loadings.length / d;
  const errors = new Float64Array(rows.length / d);
  const x = new Float64Array(d);
  for (let row = 0; row < errors.length; row++) {
    for (let i = 0; i < d; i++) x[i] = (rows[row * d + i]! - means[i]!) / deviations[i]!;
    for (let c = 0; c < k; c++) {
      let score = 0;
      for (let i = 0; i < d; i++) score += loadings[c * d + i]! * x[i]!;
      // Taken out one by one: the components are orthonormal, and nothing cancels at the end.
      for (let i = 0; i < d; i++) x[i]! -= score * loadings[c * d + i]!;
    }
    let squares = 0;
    for (let i = 0; i < d; i++) squares += x[i]! * x[i]!;
    errors[row] = Math.sqrt(squares);
  }
  return errors;
}
