import { durbinCdf } from './durbinCdf';
import { logGamma } from './distributions';
import { pelzGoodCdf } from './pelzGoodCdf';
import { logSmirnovSf } from './smirnovSf';

const SMALL_N = 140;
const SMALL_N_TAIL = 4;
const TAIL = 2.2;

/** Up to here the matrix is small and Pelz and Good's expansion is not yet good to 1e-6. */
const MATRIX_N = 1000;
const MATRIX_REACH = 1.4;

/** A tail probability and its natural logarithm, which stays finite where p underflows. */
export interface Tail {
  readonly p: number;
  readonly logP: number;
}

/**
 * Upper tail of the one-sample Kolmogorov-Smirnov statistic D_n, P(D_n >= d), for a given n.
 *
 * Not the n -> infinity limit, which is off by 0.1 to 2 % at thousands of rows. The two-sample
 * p-value uses it with n = m n / (m + n).
 *
 * @param n rows, an integer >= 1
 * @param d 0..1
 * @returns p 0..1 (0 below 1e-308; at d = 1 it is 0) and its logarithm (-Infinity at d = 1)
 * @source Simard & L'Ecuyer, J. Stat. Softw. 39 (2011) 11 (which formula where); golden values in
 *   test/golden (ks2: p_asymp_kstwo)
 * Cost: at most about 1,000 terms; for small n, matrix powers of about 1 ms.
 */
export function kolmogorovSf(n: number, d: number): Tail {
  const scaled = n * d;
  if (scaled <= 0.5) return { p: 1, logP: 0 };
  if (d >= 1) return { p: 0, logP: -Infinity };
  if (scaled <= 1) return upper(Math.exp(logGamma(n + 1) + n * Math.log((2 * scaled - 1) / n)));
  const spread = scaled * d;
  if (scaled >= n - 1 || d >= 0.5 || spread >= (n <= SMALL_N ? SMALL_N_TAIL : TAIL)) {
    // Twice the one-sided tail: both sides together are beyond reach here.
    const logP = Math.min(0, Math.LN2 + logSmirnovSf(n, d));
    return { p: Math.exp(logP), logP };
  }
  const isSmallMatrix = n <= SMALL_N || (n <= MATRIX_N && n * d ** 1.5 <= MATRIX_REACH);
  return upper(isSmallMatrix ? durbinCdf(n, d) : pelzGoodCdf(n, d));
}

function upper(cdf: number): Tail {
  const p = Math.min(1, Math.max(0, 1 - cdf));
  return { p, logP: Math.log(p) };
}
