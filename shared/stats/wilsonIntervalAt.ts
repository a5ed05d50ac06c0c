import type { Interval, Proportion } from './twoProportionTest';

/**
 * Wilson's interval of a share, with the normal quantile at hand; needs no distribution, so the window can
 * compute it too.
 *
 * @param proportion count 0..n, n > 0
 * @param z quantile of the standard normal distribution, e.g. 1.96 for 95 %
 * @returns within 0..1; exactly 0 and 1 where the count is 0 and n
 * @source Wilson, JASA 22 (1927) 209; golden values in test/golden (classification: accuracy_wilson95)
 */
export function wilsonIntervalAt({ count, n }: Proportion, z: number): Interval {
  const share = count / n;
  const weight = n + z * z;
  const centre = (count + (z * z) / 2) / weight;
  const half = (z * Math.sqrt(n * share * (1 - share) + (z * z) / 4)) / weight;
  return [
    count === 0 ? 0 : Math.max(0, centre - half),
    count === n ? 1 : Math.min(1, centre + half),
  ];
}
