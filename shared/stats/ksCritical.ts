import { effectiveRows, KS_EXACT_ROWS, ksPValue } from './ksPValue';

/** Steps on 0..1 to which the critical value of the asymptotic law is resolved: 6e-11. */
const ASYMPTOTIC_STEPS = 2 ** 34;

/** The same for the exact law of unequal sizes, whose own lattice may be finer than that. */
const EXACT_STEPS = 100_000;

/**
 * Critical value of the two-sample KS statistic: the smallest D whose p-value is at most alpha.
 *
 * It tells how large D must be before these numbers of rows can call it more than chance.
 *
 * @param m rows of one side, an integer >= 1
 * @param n rows of the other side, an integer >= 1
 * @param alpha between 0 and 1, inclusive of 1
 * @returns 0..1: the smallest possible value of D where the p-value is exact and lcm(m, n) is at
 *   most 100,000, else the smallest multiple of 1e-5 (exact) or 6e-11 (asymptotic). Null when even
 *   D = 1 has a larger p-value
 * @throws RangeError when m or n is below 1 or alpha is not in (0, 1]
 * @source the p-value is {@link ksPValue}
 * Cost: 5 to 10 p-values.
 */
export function ksCriticalD(m: number, n: number, alpha = 0.05): number | null {
  if (!(m >= 1 && n >= 1)) throw new RangeError('ksCriticalD: a side has no rows');
  if (!(alpha > 0 && alpha <= 1)) throw new RangeError('ksCriticalD: alpha must be in (0, 1]');
  if (alpha === 1) return 0;
  const steps = stepsFor(m, n);
  const excess = (step: number): number =>
    ksPValue(step / steps, m, n).log10PValue - Math.log10(alpha);
  if (excess(steps) > 0) return null;
  const rows = Math.max(1, effectiveRows(m, n));
  const guess = Math.sqrt(-Math.log(alpha / 2) / (2 * rows)) - 1 / (6 * rows);
  return firstAtOrBelowZero(excess, steps, guess * steps) / steps;
}

function stepsFor(m: number, n: number): number {
  if (Math.max(m, n) > KS_EXACT_ROWS) return ASYMPTOTIC_STEPS;
  const lattice = (m / greatestCommonDivisor(m, n)) * n;
  return Math.min(lattice, m === n ? lattice : EXACT_STEPS);
}

interface Bracket {
  low: number;
  high: number;
  /** Values at the ends; halved where an end stays too long (the Illinois rule). */
  atLow: number;
  atHigh: number;
}

/**
 * Smallest whole number at which a falling function is at most 0.
 *
 * @param last a number at which the function is at most 0; at 0 it is above 0
 * @param guess where to look first
 */
function firstAtOrBelowZero(f: (at: number) => number, last: number, guess: number): number {
  const bracket = bracketAround(f, last, guess);
  let keptEnd: 'low' | 'high' | null = null;
  for (let round = 0; bracket.high - bracket.low > 1; round++) {
    const { low, high, atLow, atHigh } = bracket;
    const share = round < 12 && atLow > atHigh ? atLow / (atLow - atHigh) : 0.5;
    const at = clamp(Math.round(low + share * (high - low)), low + 1, high - 1);
    const value = f(at);
    if (value > 0) {
      Object.assign(bracket, { low: at, atLow: value });
      if (keptEnd === 'high') bracket.atHigh /= 2;
      keptEnd = 'high';
    } else {
      Object.assign(bracket, { high: at, atHigh: value });
      if (keptEnd === 'low') bracket.atLow /= 2;
      keptEnd = 'low';
    }
  }
  return bracket.high;
}

/** Widens from the guess until one end is above 0 and the other is not. */
function bracketAround(f: (at: number) => number, last: number, guess: number): Bracket {
  const bracket: Bracket = { low: 0, high: last, atLow: 0, atHigh: 0 };
  let at = clamp(Math.round(guess), 1, last - 1);
  let reach = Math.max(1, at / 256);
  while (at > bracket.low && at < bracket.high) {
    const value = f(at);
    if (value > 0) Object.assign(bracket, { low: at, atLow: value });
    else Object.assign(bracket, { high: at, atHigh: value });
    if (bracket.low > 0 && bracket.high < last) break;
    at = Math.round(value > 0 ? at + reach : at - reach);
    reach *= 4;
  }
  return bracket;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
