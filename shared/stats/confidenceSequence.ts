import { mixtureHalfWidth } from './mixtureTest';
import type { SampleMoments } from './sampleMoments';
import type { Interval } from './twoProportionTest';

/**
 * Asymptotic confidence sequence of a mean: an interval that holds at every look at once.
 *
 * @param sample n >= 1
 * @param rho > 0, for which row the interval is to be narrow; see {@link bestRho}
 * @param alpha two-sided, between 0 and 1
 * @source Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, Ann. Statist. 52 (2024) 2613, theorem 2.2; golden values
 *   in test/golden (seq_asymp_cs)
 */
export function confidenceSequence(sample: SampleMoments, rho: number, alpha: number): Interval {
  const half =
    sample.variance === 0
      ? 0
      : mixtureHalfWidth(sample.variance / sample.n, rho * rho * sample.variance, alpha);
  return [sample.mean - half, sample.mean + half];
}

/**
 * The rho for which the sequence is about narrowest after a number of rows.
 *
 * @param rows planned, > 0
 * @source the same paper, section 2.4; golden values in test/golden (seq_asymp_cs_rho)
 */
export function bestRho(rows: number, alpha: number): number {
  const bound = -2 * Math.log(alpha);
  return Math.sqrt((bound + Math.log(bound + 1)) / rows);
}
