const RESCALE = 1e140;

/** A square matrix by rows, to be multiplied by ten to the power of `exponent10`. */
interface ScaledMatrix {
  readonly cells: Float64Array;
  readonly exponent10: number;
}

/**
 * Distribution function of the one-sample Kolmogorov-Smirnov statistic, exact to about 1e-13.
 *
 * @param n rows, an integer >= 1; meant for small n, where the expansions are too coarse
 * @param d between 0 and 1
 * @returns P(D_n < d), 0..1
 * @source Marsaglia, Tsang & Wang, J. Stat. Softw. 8 (2003) 18 (Durbin's matrix)
 * Cost: O((n d)^3 log n).
 */
export function durbinCdf(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const power = matrixPower({ cells: durbinMatrix(k, k - n * d), exponent10: 0 }, size, n);
  let value = power.cells[(k - 1) * size + k - 1]!;
  let exponent10 = power.exponent10;
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1 / RESCALE) {
      value *= RESCALE;
      exponent10 -= 140;
    }
  }
  return Math.min(1, Math.max(0, value * 10 ** exponent10));
}

function durbinMatrix(k: number, h: number): Float64Array {
  const size = 2 * k - 1;
  const cells = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) cells[i * size + j] = i - j + 1 < 0 ? 0 : 1;
  }
  for (let i = 0; i < size; i++) {
    cells[i * size]! -= h ** (i + 1);
    cells[(size - 1) * size + i]! -= h ** (size - i);
  }
  cells[(size - 1) * size]! += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let factor = 2; factor <= i - j + 1; factor++) cells[i * size + j]! /= factor;
    }
  }
  return cells;
}

function matrixPower(matrix: ScaledMatrix, size: number, exponent: number): ScaledMatrix {
  if (exponent === 1) return matrix;
  const half = matrixPower(matrix, size, Math.floor(exponent / 2));
  const square = multiply(half, half, size);
  return rescale(exponent % 2 === 0 ? square : multiply(matrix, square, size), size);
}

function multiply(a: ScaledMatrix, b: ScaledMatrix, size: number): ScaledMatrix {
  const cells = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const left = a.cells[i * size + k]!;
      if (left === 0) continue;
      for (let j = 0; j < size; j++) cells[i * size + j]! += left * b.cells[k * size + j]!;
    }
  }
  return { cells, exponent10: a.exponent10 + b.exponent10 };
}

function rescale(matrix: ScaledMatrix, size: number): ScaledMatrix {
  const middle = matrix.cells[((size - 1) / 2) * (size + 1)]!;
  if (middle <= RESCALE) return matrix;
  return {
    cells: matrix.cells.map((cell) => cell / RESCALE),
    exponent10: matrix.exponent10 + 140,
  };
}
