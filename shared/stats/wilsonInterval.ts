import { normalQuantile } from './distributions';
import type { Interval, Proportion } from './twoProportionTest';
import { wilsonIntervalAt } from './wilsonIntervalAt';

/**
 * Wilson's interval of a share: right for few rows and for shares near 0 and 1.
 *
 * @param proportion count 0..n, n > 0
 * @param confidence between 0 and 1
 * @returns within 0..1
 * @source Wilson, JASA 22 (1927) 209; golden values in test/golden (classification: accuracy_wilson95)
 */
export function wilsonInterval({ count, n }: Proportion, confidence = 0.95): Interval {
  return wilsonIntervalAt({ count, n }, -normalQuantile((1 - confidence) / 2));
}
