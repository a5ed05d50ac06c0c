import { tQuantile, tSf } from './distributions';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import type { SampleMoments } from './sampleMoments';
import type { Interval } from './twoProportionTest';

/** Comparison of two means; difference is candidate minus control. */
export interface WelchTest {
  readonly status: 'ok';
  readonly difference: number;
  /** Standard error of the difference, >= 0. */
  readonly standardError: number;
  /** Null when neither arm varies. */
  readonly t: number | null;
  readonly degreesOfFreedom: number | null;
  /** Two-sided; 1 or 0 when neither arm varies. */
  readonly pValue: number;
  /** One-sided, against a larger candidate mean. */
  readonly pGreater: number;
  /** Null when neither arm varies. */
  readonly differenceInterval: Interval | null;
  /** Standardised difference, corrected for small samples; null when neither arm varies. */
  readonly hedgesG: number | null;
  readonly cohensD: number | null;
}

/**
 * Compares two means without assuming equal variances.
 *
 * @param control n >= 2
 * @param candidate n >= 2
 * @param confidence level of the interval, between 0 and 1
 * @returns no result (n<2) when an arm has fewer than two rows
 * @source Welch, Biometrika 34 (1947) 28; Hedges, J. Educ. Stat. 6 (1981) 107; golden values in
 *   test/golden (welch_t)
 */
export function welchTest(
  control: SampleMoments,
  candidate: SampleMoments,
  confidence = 0.95,
): WelchTest | NoResult {
  if (control.n < 2 || candidate.n < 2) return noResult('n<2');
  const difference = candidate.mean - control.mean;
  const parts = [control.variance / control.n, candidate.variance / candidate.n] as const;
  const squaredError = parts[0] + parts[1];
  const standardError = Math.sqrt(squaredError);
  if (standardError === 0) return constantArms(difference);
  const t = difference / standardError;
  // Shares instead of squares: a tiny variance squared would underflow.
  const shares = parts.map((part) => part / squaredError);
  const degreesOfFreedom =
    1 / (shares[0]! ** 2 / (control.n - 1) + shares[1]! ** 2 / (candidate.n - 1));
  const half = standardError * tQuantile(1 - (1 - confidence) / 2, degreesOfFreedom);
  const cohensD = difference / pooledDeviation(control, candidate);
  return {
    status: 'ok',
    difference,
    standardError,
    t,
    degreesOfFreedom,
    pValue: Math.min(1, 2 * tSf(Math.abs(t), degreesOfFreedom)),
    pGreater: tSf(t, degreesOfFreedom),
    differenceInterval: [difference - half, difference + half],
    hedgesG: cohensD * (1 - 3 / (4 * (control.n + candidate.n - 2) - 1)),
    cohensD,
  };
}

function constantArms(difference: number): WelchTest {
  return {
    status: 'ok',
    difference,
    standardError: 0,
    t: null,
    degreesOfFreedom: null,
    pValue: difference === 0 ? 1 : 0,
    pGreater: difference === 0 ? 0.5 : difference > 0 ? 0 : 1,
    differenceInterval: null,
    hedgesG: null,
    cohensD: null,
  };
}

function pooledDeviation(a: SampleMoments, b: SampleMoments): number {
  return Math.sqrt((a.variance * (a.n - 1) + b.variance * (b.n - 1)) / (a.n + b.n - 2));
}
