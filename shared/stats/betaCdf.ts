import { logGamma } from './distributions';

const MAX_STEPS = 1000;
const TINY = 1e-300;

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function of a share.
 *
 * @param x 0..1
 * @param a > 0
 * @param b > 0
 * @returns 0..1; relative error below 1e-11 for a, b up to 1000
 * @throws RangeError when x is outside 0..1 or a parameter is not positive
 * @source Abramowitz & Stegun 26.5.8 (continued fraction, by Lentz's method); golden values in
 *   test/golden (beta_cdf)
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) throw new RangeError('betaCdf: out of range');
  if (x === 0 || x === 1) return x;
  // The fraction converges fast only on the near side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - nearSide(1 - x, b, a, Math.log(x));
  return nearSide(x, a, b, Math.log1p(-x));
}

function nearSide(x: number, a: number, b: number, logOther: number): number {
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * logOther;
  let c = 1;
  let d = 1 / orTiny(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MAX_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / orTiny(1 + even * d);
    c = orTiny(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / orTiny(1 + odd * d);
    c = orTiny(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return (Math.exp(logFront) * fraction) / a;
}

function orTiny(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
