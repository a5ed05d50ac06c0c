import { deviance } from './deviance';
import { logGamma } from './distributions';

const EXACT_TERMS = 2000;
const SAMPLED_TERMS = 1024;
const LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Natural logarithm of the upper tail of the one-sided statistic, P(D_n+ >= d).
 *
 * The sum has n (1 - d) terms, whose logarithms are smooth in the index and vanish at both ends,
 * so for large n a thousand evenly spaced ones (the trapezoid rule, which is exponentially accurate
 * for such a function) give the same sum to 1e-12.
 *
 * @param n rows, an integer >= 1; above 2,000, n d^2 must be at least 1
 * @param d between 0 and 1, exclusive
 * @returns <= 0; finite where the probability underflows
 * @source Birnbaum & Tingey, Ann. Math. Stat. 22 (1951) 592; terms by Loader's deviance
 * Cost: O(min(n, 2000)).
 */
export function logSmirnovSf(n: number, d: number): number {
  const last = n * (1 - d);
  const stride = last > EXACT_TERMS ? last / SAMPLED_TERMS : 1;
  // The first term has another form, and is the largest of all when d is near 1.
  const first = n * Math.log1p(-d) - Math.log(d);
  const logTerms = [first];
  let largest = first;
  for (let j = stride; j < last; j += stride) {
    const logTerm = logSmirnovTerm(n, d, j) + Math.log(stride);
    logTerms.push(logTerm);
    largest = Math.max(largest, logTerm);
  }
  const sum = logTerms.reduce((total, logTerm) => total + Math.exp(logTerm - largest), 0);
  return Math.min(0, Math.log(d) + largest + Math.log(sum));
}

/** ln of C(n, j) (d + j/n)^(j - 1) (1 - d - j/n)^(n - j), for j between 0 and n (1 - d). */
function logSmirnovTerm(n: number, d: number, j: number): number {
  const rest = n - j;
  const shift = n * d;
  const remaining = rest - shift;
  if (remaining <= 0) return -Infinity;
  const stirling = stirlingError(n) - stirlingError(j) - stirlingError(rest);
  const exponent = deviance(j, j + shift, -shift) + deviance(rest, remaining, shift);
  const log = 0.5 * Math.log(n / (j * rest)) - LOG_SQRT_2_PI + stirling - exponent;
  return log - Math.log((j + shift) / n);
}

/** ln of x! minus Stirling's formula for it. */
function stirlingError(x: number): number {
  if (x < 16) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - LOG_SQRT_2_PI;
  const s = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / s) / s) / s) / s) / x;
}
