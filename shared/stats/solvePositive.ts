/**
 * Solves a positive definite system by Cholesky's method; both arguments are used up.
 *
 * @param a shape (d, d) by rows, symmetric; only its lower half is read
 * @param b shape (d)
 * @returns the solution, shape (d); it lies in `b`
 * @source Golub & Van Loan, Matrix Computations (4th ed.), algorithm 4.2.1
 * Cost: O(d^3).
 */
export function solvePositive(a: Float64Array, b: Float64Array, d: number): Float64Array {
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < j; k++) a[j * d + j]! -= a[j * d + k]! ** 2;
    const root = Math.sqrt(Math.max(a[j * d + j]!, Number.MIN_VALUE));
    a[j * d + j] = root;
    for (let i = j + 1; i < d; i++) {
      let sum = a[i * d + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * d + k]! * a[j * d + k]!;
      a[i * d + j] = sum / root;
    }
  }
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) b[i]! -= a[i * d + k]! * b[k]!;
    b[i]! /= a[i * d + i]!;
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) b[i]! -= a[k * d + i]! * b[k]!;
    b[i]! /= a[i * d + i]!;
  }
  return b;
}
