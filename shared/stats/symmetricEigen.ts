/** Eigenvalues and eigenvectors of a symmetric matrix, the largest first. */
export interface SymmetricEigen {
  /** Shape (d), descending. */
  readonly values: Float64Array;
  /** Shape (d, d) by rows: row k belongs to the k-th value, unit length, its largest entry positive. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/**
 * Eigendecomposition of a symmetric matrix by Jacobi rotations.
 *
 * Slow for large matrices, but short, exact to rounding and the same on every machine.
 *
 * @param matrix shape (d, d) by rows, symmetric, finite; not changed
 * @source Golub & Van Loan, Matrix Computations, 8.5 (cyclic Jacobi); checked against numpy in
 *   test/golden/depth
 * Cost: O(d^3) a sweep, 6 to 10 sweeps.
 */
export function symmetricEigen(matrix: Float64Array, d: number): SymmetricEigen {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(d * d);
  for (let i = 0; i < d; i++) v[i * d + i] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, d) > 0; sweep++) {
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) rotate(a, v, d, p, q);
  }
  return sorted(a, v, d);
}

/** Sum of the squares beside the diagonal; 0 when they are below rounding. */
function offDiagonal(a: Float64Array, d: number): number {
  let off = 0;
  let on = 0;
  for (let i = 0; i < d; i++) {
    on += a[i * d + i]! ** 2;
    for (let j = i + 1; j < d; j++) off += a[i * d + j]! ** 2;
  }
  return off > on * 1e-31 ? off : 0;
}

function rotate(a: Float64Array, v: Float64Array, d: number, p: number, q: number): void {
  const apq = a[p * d + q]!;
  if (apq === 0) return;
  const theta = (a[q * d + q]! - a[p * d + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < d; k++) {
    const [kp, kq] = [a[k * d + p]!, a[k * d + q]!];
    a[k * d + p] = c * kp - s * kq;
    a[k * d + q] = s * kp + c * kq;
  }
  for (let k = 0; k < d; k++) {
    const [pk, qk] = [a[p * d + k]!, a[q * d + k]!];
    a[p * d + k] = c * pk - s * qk;
    a[q * d + k] = s * pk + c * qk;
    const [vp, vq] = [v[p * d + k]!, v[q * d + k]!];
    v[p * d + k] = c * vp - s * vq;
    v[q * d + k] = s * vp + c * vq;
  }
  a[p * d + q] = 0;
  a[q * d + p] = 0;
}

function sorted(a: Float64Array, v: Float64Array, d: number): SymmetricEigen {
  const order = Array.from({ length: d }, (_none, i) => i).sort(
    (i, j) => a[j * d + j]! - a[i * d + i]!,
  );
  const vectors = new Float64Array(d * d);
  for (const [k, i] of order.entries()) {
    const row = v.subarray(i * d, (i + 1) * d);
    const largest = row.reduce((best, x) => (Math.abs(x) > Math.abs(best) + 1e-12 ? x : best), 0);
    const sign = largest < 0 ? -1 : 1;
    for (let j = 0; j < d; j++) vectors[k * d + j] = sign * row[j]!;
  }
  return { values: Float64Array.from(order, (i) => a[i * d + i]!), vectors };
}
