import { logChoose } from './distributions';

const SEARCH_STEPS = 80;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Decimal logarithm of P(D >= d) for two samples, far out, where the probability underflows.
 *
 * A path that touches the gap at all most likely touches it at one place: the chance of that point
 * is a product of binomial coefficients, and a normal factor allows for its neighbours. (The
 * one-sample law is no help out there: at D near 1 its logarithm is twice too large.)
 *
 * @param d between 0 and 1
 * @param m rows of one side, >= 1
 * @param n rows of the other side, >= 1
 * @returns <= 0; within 1 of the exact value between 1e-100 and 1e-3000, exact at d = 1
 * @source Hodges, Ark. Mat. 3 (1958) 469 (paths); checked against the exact law in test/stats
 */
export function log10KsFarTail(d: number, m: number, n: number): number {
  if (d >= 1) return Math.min(0, (Math.LN2 - logChoose(m + n, n)) / Math.LN10);
  const neighbours = 0.5 * Math.log((Math.PI / 2) * ((m * n) / (m + n)));
  const logTail = Math.LN2 + largestLogTouch(d, m, n) + neighbours;
  return Math.min(0, logTail / Math.LN10);
}

/** Golden-section search along the line i / m - j / n = d. */
function largestLogTouch(d: number, m: number, n: number): number {
  const logTouch = (i: number): number => {
    const j = Math.max(0, n * (i / m - d));
    return logChoose(i + j, i) + logChoose(m + n - i - j, m - i) - logChoose(m + n, m);
  };
  let low = d * m;
  let high = m;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const reach = GOLDEN * (high - low);
    if (logTouch(high - reach) < logTouch(low + reach)) low = high - reach;
    else high = low + reach;
  }
  return logTouch((low + high) / 2);
}
