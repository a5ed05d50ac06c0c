import { mulberry32 } from './seededSample';
import { solvePositive } from './solvePositive';

const GROUPS = 10;

/** Shapley values estimated from some coalitions. */
export interface KernelShap {
  /** Shape (n); their sum is exactly the worth of all minus the worth of none. */
  readonly values: Float64Array;
  /** Of the sampling of coalitions alone, by the jackknife over ten groups of pairs; shape (n). */
  readonly standardErrors: Float64Array;
}

/**
 * Draws coalitions as Kernel SHAP weighs them, each with its complement.
 *
 * @param n players, >= 2
 * @returns rows of 0 and 1, shape (2 nPairs, n); rows 2 i and 2 i + 1 are a pair
 * @source Lundberg & Lee, NeurIPS 30 (2017); pairs: Covert & Lee, AISTATS (2021)
 */
export function sampleCoalitions(n: number, nPairs: number, seed: number): Uint8Array {
  const random = mulberry32(seed);
  const masks = new Uint8Array(2 * nPairs * n);
  const order = Array.from({ length: n }, (_none, i) => i);
  const sizeShares = Array.from({ length: n - 1 }, (_none, i) => 1 / ((i + 1) * (n - i - 1)));
  const total = sizeShares.reduce((sum, share) => sum + share, 0);
  for (let pair = 0; pair < nPairs; pair++) {
    let left = random() * total;
    let size = 1;
    while (size < n - 1 && left >= sizeShares[size - 1]!) left -= sizeShares[size++ - 1]!;
    for (let i = 0; i < size; i++) {
      const j = i + Math.floor(random() * (n - i));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let i = 0; i < n; i++) masks[(2 * pair + (i < size ? 0 : 1)) * n + order[i]!] = 1;
  }
  return masks;
}

/**
 * Kernel SHAP: Shapley values as a least-squares fit to the worth of drawn coalitions, under the constraint that they
 * add up.
 *
 * @param masks of {@link sampleCoalitions}, shape (2 p, n)
 * @param worths of these coalitions, shape (2 p)
 * @param none worth of nobody
 * @param all worth of everybody
 * @returns exact for additive games; else an estimate with its standard error
 * @throws RangeError with fewer pairs than players
 * @source Lundberg & Lee, NeurIPS 30 (2017), theorem 2; jackknife: Efron & Stein, Ann. Stat. 9 (1981) 586
 * Cost: O(p n^2 + n^3).
 */
export function kernelShap(
  masks: Uint8Array,
  worths: ArrayLike<number>,
  { n, none, all }: { readonly n: number; readonly none: number; readonly all: number },
): KernelShap {
  const nPairs = worths.length / 2;
  if (nPairs < n) throw new RangeError('kernelShap: fewer pairs than players');
  const groups = Array.from({ length: GROUPS }, () => new Moments(n));
  const whole = new Moments(n);
  for (let row = 0; row < worths.length; row++) {
    const mask = masks.subarray(row * n, (row + 1) * n);
    groups[(row >> 1) % GROUPS]!.add(mask, worths[row]! - none);
    whole.add(mask, worths[row]! - none);
  }
  const values = whole.solve(all - none);
  const squares = new Float64Array(n);
  for (const group of groups) {
    const without = whole.without(group).solve(all - none);
    for (let i = 0; i < n; i++) squares[i]! += (without[i]! - values[i]!) ** 2;
  }
  const standardErrors = squares.map((sum) => Math.sqrt((sum * (GROUPS - 1)) / GROUPS));
  return { values, standardErrors };
}

/** Sums that the fit needs: of products of the masks, and of masks times worth. */
class Moments {
  readonly products: Float64Array;
  readonly worths: Float64Array;
  constructor(readonly n: number) {
    this.products = new Float64Array(n * n);
    this.worths = new Float64Array(n);
  }
  add(mask: Uint8Array, worth: number): void {
    for (let i = 0; i < this.n; i++) {
      if (mask[i] === 0) continue;
      this.worths[i]! += worth;
      for (let j = 0; j < this.n; j++) this.products[i * this.n + j]! += mask[j]!;
    }
  }
  without(part: Moments): Moments {
    const rest = new Moments(this.n);
    rest.products.set(this.products.map((sum, at) => sum - part.products[at]!));
    rest.worths.set(this.worths.map((sum, at) => sum - part.worths[at]!));
    return rest;
  }
  /** Least squares under the constraint that the values add up to the total. */
  solve(total: number): Float64Array {
    const { n } = this;
    const free = solvePositive(this.products.slice(), this.worths.slice(), n);
    const one = solvePositive(this.products.slice(), new Float64Array(n).fill(1), n);
    const over = sumOf(free) - total;
    const ones = sumOf(one);
    return free.map((value, i) => value - (one[i]! * over) / ones);
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
