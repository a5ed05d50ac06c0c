import { ksExactEqualSizes, ksExactLattice } from './ksExact';
import { log10KsFarTail } from './ksFarTail';
import { kolmogorovSf } from './kolmogorovSf';

/** Up to this many rows on the larger side the p-value is exact, as in SciPy. */
export const KS_EXACT_ROWS = 10_000;

/** Most lattice points that an exact p-value may visit: about 40 ms. */
const EXACT_LATTICE_POINTS = 3e7;

/** Below this a double has lost digits; reports show "< 1e-300" and the logarithm. */
const SMALLEST_P = 1e-300;

/** exact: over all orders of the pooled sample; asymptotic: by the one-sample law. */
export type KsMethod = 'exact' | 'asymptotic';

/** Two-sided p-value of a two-sample KS statistic. */
export interface KsPValue {
  /** 0..1; 0 when it underflows. */
  readonly pValue: number;
  /** <= 0; finite where pValue underflows. */
  readonly log10PValue: number;
  readonly method: KsMethod;
}

/**
 * Probability of a KS statistic at least this large when both samples come from one distribution.
 *
 * Exact up to 10,000 rows on the larger side, taking all values as different; above, the
 * one-sample law at n = m n / (m + n), rounded half to even. Both as SciPy's ks_2samp has them. A
 * p-value below about 1e-16 that would take more than 30 million lattice points is asymptotic too.
 *
 * @param d 0..1
 * @param m rows of one side, >= 1
 * @param n rows of the other side, >= 1
 * @returns where pValue is below 1e-300, log10PValue is that of the two-sample law, to within 1
 * @source Hodges, Ark. Mat. 3 (1958) 469; Simard & L'Ecuyer, J. Stat. Softw. 39 (2011) 11; golden
 *   values in test/golden (ks2)
 * Cost: asymptotic at most about 0.3 ms; exact O(n) for m = n, else O(m n d).
 */
export function ksPValue(d: number, m: number, n: number): KsPValue {
  if (d <= 0) return { pValue: 1, log10PValue: 0, method: exactOrNot(m, n) };
  const isExact = exactOrNot(m, n) === 'exact' && isAffordable(d, m, n);
  const pValue = isExact ? exactP(d, m, n) : kolmogorovSf(effectiveRows(m, n), d);
  const log10PValue =
    pValue >= SMALLEST_P
      ? Math.log10(pValue)
      : Math.min(Math.log10(SMALLEST_P), log10KsFarTail(d, m, n));
  return { pValue, log10PValue, method: isExact ? 'exact' : 'asymptotic' };
}

/**
 * Rows of the one-sample law that stands in for two samples: m n / (m + n), rounded half to even.
 *
 * @returns an integer >= 1, except 0 for m = n = 1
 */
export function effectiveRows(m: number, n: number): number {
  const rows = (m * n) / (m + n);
  const floor = Math.floor(rows);
  const rest = rows - floor;
  if (rest !== 0.5) return Math.round(rows);
  return floor % 2 === 0 ? floor : floor + 1;
}

function exactOrNot(m: number, n: number): KsMethod {
  return Math.max(m, n) <= KS_EXACT_ROWS ? 'exact' : 'asymptotic';
}

function isAffordable(d: number, m: number, n: number): boolean {
  return m === n || 2 * d * m * n <= EXACT_LATTICE_POINTS || effectiveRows(m, n) * d * d <= 18;
}

function exactP(d: number, m: number, n: number): number {
  if (m === n) return ksExactEqualSizes(n, firstStepFrom(d * n));
  return ksExactLattice(m, n, firstStepFrom(d * m * n), null);
}

/** Next whole number, unless rounding in d is all that parts them. */
function firstStepFrom(position: number): number {
  return Math.max(1, Math.ceil(position - 1e-6));
}
