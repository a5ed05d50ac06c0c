import { tSf } from './distributions';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import type { Interval } from './twoProportionTest';

/** How far two measures rise and fall together. */
export interface RankCorrelation {
  readonly status: 'ok';
  readonly n: number;
  /** Spearman's, -1..1. */
  readonly rho: number;
  /** Two-sided. */
  readonly pValue: number;
  /** Whether every order of so few pairs was counted, or Student's t stands in for them. */
  readonly method: 'exact' | 'approximate';
  /** 95 %; null below ten pairs and at -1 and 1, where its formula does not hold. */
  readonly interval: Interval | null;
}

const MOST_COUNTED = 9;
const FEWEST_FOR_INTERVAL = 10;
const Z_95 = 1.959963984540054;

/**
 * Spearman's rank correlation of pairs.
 *
 * Up to nine pairs without ties every order is counted, so that the p-value is exact where a t
 * distribution is far off. The p-value never falls below what the strictest order of all has, 2 / n!.
 *
 * @param a finite, shape (n)
 * @param b finite, shape (n)
 * @returns no result: n<2, or one category when all values of a side are the same
 * @throws RangeError when the shapes differ
 * @source Spearman, Am. J. Psychol. 15 (1904) 72; interval: Bonett & Wright, Psychometrika 65 (2000) 23;
 *   golden values in test/golden/rank
 * Cost: O(n log n); the orders of each n up to 9 are counted once, at most half a million steps.
 */
export function rankCorrelation(
  a: readonly number[],
  b: readonly number[],
): RankCorrelation | NoResult {
  if (a.length !== b.length) throw new RangeError('rankCorrelation: lengths differ');
  const n = a.length;
  if (n < 2) return noResult('n<2');
  const [ranksA, ranksB] = [midranks(a), midranks(b)];
  const middle = (n + 1) / 2;
  let [both, spreadA, spreadB, product] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [ranksA[i]! - middle, ranksB[i]! - middle];
    both += x * y;
    spreadA += x * x;
    spreadB += y * y;
    product += ranksA[i]! * ranksB[i]!;
  }
  if (spreadA === 0 || spreadB === 0) return noResult('one category');
  const rho = Math.max(-1, Math.min(1, both / Math.sqrt(spreadA * spreadB)));
  const isTied = new Set(a).size < n || new Set(b).size < n;
  const isCounted = n <= MOST_COUNTED && !isTied;
  return {
    status: 'ok',
    n,
    rho,
    pValue: isCounted ? shareOfOrders(n, product) : Math.max(byStudent(rho, n), strictest(n)),
    method: isCounted ? 'exact' : 'approximate',
    interval: intervalOf(rho, n),
  };
}

/** The smallest two-sided p-value that n pairs can have. */
export function strictest(n: number): number {
  let share = Math.min(1, 2 / n);
  for (let i = n - 1; i > 1; i--) share /= i;
  return share;
}

/** Places from 1 to n; equal values share the mean of theirs. */
function midranks(values: readonly number[]): Float64Array {
  const order = values.map((_value, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function byStudent(rho: number, n: number): number {
  if (n === 2 || Math.abs(rho) === 1) return n === 2 ? 1 : 0;
  return Math.min(1, 2 * tSf(Math.abs(rho) * Math.sqrt((n - 2) / (1 - rho * rho)), n - 2));
}

function intervalOf(rho: number, n: number): Interval | null {
  if (n < FEWEST_FOR_INTERVAL || Math.abs(rho) === 1) return null;
  const half = Z_95 * Math.sqrt((1 + (rho * rho) / 2) / (n - 3));
  return [Math.tanh(Math.atanh(rho) - half), Math.tanh(Math.atanh(rho) + half)];
}

const countedByN = new Map<number, Float64Array>();

/** Share of all orders whose sum of rank products is at least as far from the middle. */
function shareOfOrders(n: number, product: number): number {
  const counts = countedByN.get(n) ?? countOrders(n);
  countedByN.set(n, counts);
  const middle = (n * (n + 1) ** 2) / 4;
  const off = Math.abs(product - middle);
  let [asFar, all] = [0, 0];
  for (let sum = 0; sum < counts.length; sum++) {
    all += counts[sum]!;
    if (Math.abs(sum - middle) >= off) asFar += counts[sum]!;
  }
  return asFar / all;
}

/** How many orders of 1..n have each sum of place times value: one value after the other, by which are taken. */
function countOrders(n: number): Float64Array {
  const most = (n * (n + 1) * (2 * n + 1)) / 6;
  const bySet = Array.from({ length: 2 ** n }, () => new Float64Array(0));
  bySet[0] = Float64Array.of(1);
  for (let set = 0; set < 2 ** n; set++) {
    const counts = bySet[set]!;
    let place = 1;
    for (let rest = set; rest > 0; rest &= rest - 1) place++;
    for (let value = 1; value <= n; value++) {
      const withValue = set | (1 << (value - 1));
      if (withValue === set) continue;
      if (bySet[withValue]!.length === 0) bySet[withValue] = new Float64Array(most + 1);
      const next = bySet[withValue]!;
      for (let sum = 0; sum < counts.length; sum++)
        if (counts[sum]! > 0) next[sum + place * value]! += counts[sum]!;
    }
  }
  return bySet.at(-1)!;
}
