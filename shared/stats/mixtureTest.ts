import type { Interval, Proportion } from './twoProportionTest';

/** One look of a test that may be looked at as often as one likes. */
export interface MixtureLook {
  /** Natural logarithm of the likelihood ratio against no difference. */
  readonly logLambda: number;
  /** min(1, 1 / Lambda) of this look alone; a running minimum over looks stays valid. */
  readonly pValue: number;
  /** Holds at every look at once with the given confidence. */
  readonly interval: Interval;
}

/**
 * Mixture sequential probability ratio test with a normal mixture around no difference.
 *
 * @param difference candidate minus control
 * @param variance of the difference, > 0
 * @param mixture variance tau^2 of the mixture, > 0: of the size of the squared effect that matters
 * @param alpha two-sided, between 0 and 1
 * @source Robbins, Ann. Math. Stat. 41 (1970) 1397; Johari, Koomen, Pekelis & Walsh, Oper. Res. 70 (2022) 1806;
 *   golden values in test/golden (seq_msprt_look, seq_msprt_path, seq_msprt_proportions)
 */
export function mixtureTest(
  difference: number,
  variance: number,
  mixture: number,
  alpha: number,
): MixtureLook {
  const total = variance + mixture;
  const logLambda =
    0.5 * Math.log(variance / total) + (mixture * difference * difference) / (2 * variance * total);
  const half = mixtureHalfWidth(variance, mixture, alpha);
  return {
    logLambda,
    pValue: Math.min(1, Math.exp(-logLambda)),
    interval: [difference - half, difference + half],
  };
}

/**
 * Half width of the always-valid interval.
 *
 * @param variance of the estimate, > 0
 * @param mixture tau^2, > 0
 * @param alpha two-sided
 * @source as {@link mixtureTest}; equal to the asymptotic confidence sequence with rho^2 = tau^2 / sd^2
 */
export function mixtureHalfWidth(variance: number, mixture: number, alpha: number): number {
  const total = variance + mixture;
  const bound = 2 * Math.log(1 / alpha) + Math.log(total / variance);
  return Math.sqrt(((variance * total) / mixture) * bound);
}

/** Events that a candidate must be expected to have before a rate may decide anything. */
export const LEAST_EXPECTED_EVENTS = 10;

/** A look at two rates. */
export interface RateLook {
  readonly difference: number;
  /** Pooled: a share of its own would promise far too much at small counts. */
  readonly variance: number;
  /** Events of the rarer kind to be expected in the candidate's rows if nothing differs. */
  readonly expectedEvents: number;
  /** Null when no share varies. */
  readonly look: MixtureLook | null;
  /** At least {@link LEAST_EXPECTED_EVENTS} are expected; below, the normal approximation fails. */
  readonly isDecisive: boolean;
}

/**
 * Always-valid comparison of two rates, with the variance pooled under no difference.
 *
 * With a variance per arm, a 95/5 split and a look a day it raises a false alarm in up to 58 % of runs; pooled and
 * with the rule on expected events in at most 1.5 %.
 *
 * @param control count 0..n, n > 0
 * @param candidate count 0..n, n > 0
 * @source as {@link mixtureTest}; golden values in test/golden (seq_msprt_proportions)
 */
export function mixtureRates(
  control: Proportion,
  candidate: Proportion,
  mixture: number,
  alpha: number,
): RateLook {
  const pooled = (control.count + candidate.count) / (control.n + candidate.n);
  const variance = pooled * (1 - pooled) * (1 / control.n + 1 / candidate.n);
  const difference = candidate.count / candidate.n - control.count / control.n;
  const expectedEvents = Math.min(pooled, 1 - pooled) * candidate.n;
  return {
    difference,
    variance,
    expectedEvents,
    look: variance > 0 ? mixtureTest(difference, variance, mixture, alpha) : null,
    isDecisive: expectedEvents >= LEAST_EXPECTED_EVENTS,
  };
}
