import erfc from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import stdlibNormalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import stdlibTQuantile from '@stdlib/stats-base-dists-t-quantile';

const LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);
const FRACTION_STEPS = 500;
const NEWTON_STEPS = 20;

/** From here to 1/2 the library's normal quantile has all its digits. */
const CENTRE = 0.02;

/**
 * Upper tail of the standard normal distribution, P(Z > z).
 *
 * Tails are computed as tails: 1 - cdf has no digit left below 1e-16.
 *
 * @param z any double but NaN
 * @returns 0..1; relative error about 1e-13 down to 1e-300
 * @source Abramowitz & Stegun 26.2.29; golden values in test/golden (norm_sf)
 */
export function normalSf(z: number): number {
  return 0.5 * erfc(z / Math.SQRT2);
}

/**
 * Decimal logarithm of {@link normalSf}, finite where the probability itself underflows to 0.
 *
 * @param z any finite double
 * @returns <= 0
 * @source Abramowitz & Stegun 26.2.14 (continued fraction) beyond z = 10
 */
export function log10NormalSf(z: number): number {
  return logNormalSf(z) / Math.LN10;
}

function logNormalSf(z: number): number {
  if (z < 10) return Math.log(normalSf(z));
  let fraction = z;
  for (let k = 60; k >= 1; k--) fraction = z + k / fraction;
  return -0.5 * z * z - LOG_SQRT_2_PI - Math.log(fraction);
}

/**
 * Standard normal quantile.
 *
 * @param p 0..1
 * @returns z with P(Z <= z) = p; -Infinity at 0, Infinity at 1
 * @source in the tails, where the library is off by up to 2e-9 (and without digits below 1e-16),
 *   Newton steps on the logarithm of the tail; golden values in test/golden (norm_ppf)
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (!(p > 0 && p < CENTRE)) return stdlibNormalQuantile(p, 0, 1);
  const target = Math.log(p);
  let z = Math.sqrt(-2 * target);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const logTail = logNormalSf(z);
    const hazard = Math.exp(-0.5 * z * z - LOG_SQRT_2_PI - logTail);
    const change = (logTail - target) / hazard;
    z += change;
    if (Math.abs(change) <= 1e-15 * z) break;
  }
  return -z;
}

/**
 * Upper tail of Student's t distribution, P(T > t).
 *
 * @param t any double but NaN
 * @param degreesOfFreedom > 0
 * @returns 0..1
 * @source golden values in test/golden (t_sf)
 */
export function tSf(t: number, degreesOfFreedom: number): number {
  return tCdf(-t, degreesOfFreedom);
}

/**
 * Quantile of Student's t distribution.
 *
 * @param p 0..1
 * @param degreesOfFreedom > 0
 * @source golden values in test/golden (t_ppf)
 */
export function tQuantile(p: number, degreesOfFreedom: number): number {
  return stdlibTQuantile(p, degreesOfFreedom);
}

/**
 * Upper tail of the chi-square distribution, P(X > x).
 *
 * @param x >= 0
 * @param degreesOfFreedom > 0
 * @returns 0..1
 * @source golden values in test/golden (chi2_sf)
 */
export function chiSquareSf(x: number, degreesOfFreedom: number): number {
  return gammainc(x / 2, degreesOfFreedom / 2, true, true);
}

/**
 * Upper quantile of the chi-square distribution: the value that is exceeded with probability alpha.
 *
 * @param alpha in (0, 1)
 * @param degreesOfFreedom > 0
 * @returns > 0, to 1e-12 relative
 * @source inverse of {@link chiSquareSf} by bisection, checked against scipy in test/golden/chance
 * Cost: about 60 tail probabilities.
 */
export function chiSquareUpperQuantile(alpha: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = degreesOfFreedom + 10;
  while (chiSquareSf(high, degreesOfFreedom) > alpha) high *= 2;
  while (high - low > high * 1e-13) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (chiSquareSf(middle, degreesOfFreedom) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Decimal logarithm of {@link chiSquareSf}, finite where the probability itself underflows to 0.
 *
 * @param x >= 0
 * @param degreesOfFreedom > 0
 * @returns <= 0
 * @source Abramowitz & Stegun 6.5.31 (continued fraction, evaluated by Lentz's method)
 */
export function log10ChiSquareSf(x: number, degreesOfFreedom: number): number {
  const p = chiSquareSf(x, degreesOfFreedom);
  if (p > 1e-300) return Math.log10(p);
  const shape = degreesOfFreedom / 2;
  const half = x / 2;
  let b = half + 1 - shape;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k <= FRACTION_STEPS; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  const logTail = -half + shape * Math.log(half) - gammaln(shape) + Math.log(fraction);
  return logTail / Math.LN10;
}

/**
 * Natural logarithm of the gamma function.
 *
 * @param x > 0
 * @source golden values in test/golden (lgamma)
 */
export function logGamma(x: number): number {
  return gammaln(x);
}

/**
 * Natural logarithm of the number of ways to choose k of n.
 *
 * @param n integer >= 0
 * @param k integer, 0..n
 */
export function logChoose(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}
