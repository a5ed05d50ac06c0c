import { array, assert, double, property } from 'fast-check';
import { max, mean, min, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { distributionMoments } from '../../shared/stats/distributionMoments';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';

const samples = array(double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
});

describe('distributionMoments', () => {
  it('agrees with simple-statistics, an independent implementation, on any sample', () => {
    assert(
      property(samples, (values) => {
        const moments = distributionMoments(fromUnsorted(values))!;
        expect({ min: moments.min, max: moments.max }).toEqual({
          min: min(values) + 0,
          max: max(values) + 0,
        });
        expect(moments.mean).toBeCloseTo(mean(values), 6);
        expect(moments.standardDeviation).toBeCloseTo(standardDeviation(values), 5);
      }),
    );
  });

  it('is null for an empty sample', () => {
    expect(distributionMoments(fromUnsorted([Number.NaN]))).toBeNull();
  });
});
