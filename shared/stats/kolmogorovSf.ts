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

/**
 * Upper tail of the one-sample Kolmogorov-Smirnov statistic D_n, P(D_n >= d), for a given n.
 *
 * Not the n -> infinity limit, which is off by 0.1 to 2 % at thousands of rows. The two-sample
 * p-value uses it with n = m n / (m + n).
 *
 * @param n rows, an integer >= 1
 * @param d 0..1
 * @returns 0..1; 0 where it underflows and at d = 1
 * @source Simard & L'Ecuyer, J. Stat. Softw. 39 (2011) 11 (which formula where); golden values in
 *   test/golden (ks2: p_asymp_kstwo)
 * Cost: at most about 1,000 terms; for small n, matrix powers of about 1 ms.
 */
export function kolmogorovSf(n: number, d: number): number {
  const scaled = n * d;
  if (scaled <= 0.5) return 1;
  if (d >= 1) return 0;
  if (scaled <= 1) return 1 - Math.exp(logGamma(n + 1) + n * Math.log((2 * scaled - 1) / n));
  const spread = scaled * d;
  if (scaled >= n - 1 || d >= 0.5 || spread >= (n <= SMALL_N ? SMALL_N_TAIL : TAIL)) {
    // Twice the one-sided tail: a sample that reaches both sides is too rare to matter here.
    return Math.min(1, 2 * Math.exp(logSmirnovSf(n, d)));
  }
  const isSmallMatrix = n <= SMALL_N || (n <= MATRIX_N && n * d ** 1.5 <= MATRIX_REACH);
  return 1 - (isSmallMatrix ? durbinCdf(n, d) : pelzGoodCdf(n, d));
}
