import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionMoments } from '../../shared/stats/distributionMoments';
import {
  countAtMost,
  countBelow,
  countsOf,
  ecdfAt,
  fromCounts,
  fromSorted,
  fromUnsorted,
} from '../../shared/stats/empiricalDistribution';
import { quantile, quantileSorted } from '../../shared/stats/quantile';
import { finite, normalSample, tied } from './samples';

describe('an empirical distribution', () => {
  it('holds the distinct values in order and the rows at or below each', () => {
    expect(fromUnsorted([3, -0, NaN, 1, 3, Infinity, 0, 3, -Infinity])).toEqual({
      values: Float64Array.of(0, 1, 3),
      cumulative: Float64Array.of(2, 3, 6),
      n: 6,
    });
  });

  it('is the same from sorted and from unsorted values, and leaves both unchanged', () => {
    fc.assert(
      fc.property(fc.array(finite), (values) => {
        const before = Float64Array.from(values);
        const unsorted = Float64Array.from(values);
        const sorted = Float64Array.from(values).sort();
        const sortedBefore = sorted.slice();
        expect(fromSorted(sorted)).toEqual(fromUnsorted(unsorted));
        expect([unsorted, sorted]).toEqual([before, sortedBefore]);
      }),
    );
  });

  it('comes back from its stored counts', () => {
    fc.assert(
      fc.property(fc.array(finite), (values) => {
        const distribution = fromUnsorted(values);
        expect(fromCounts(distribution.values, countsOf(distribution))).toEqual(distribution);
      }),
    );
  });

  it.each([
    ['lengths that differ', [1, 2], [1]],
    ['values that do not ascend', [2, 2], [1, 1]],
    ['a value that is not finite', [1, Infinity], [1, 1]],
    ['a count of 0', [1, 2], [1, 0]],
    ['a count that is not whole', [1], [1.5]],
  ])('refuses stored counts with %s', (_, values, counts) => {
    expect(() => fromCounts(values, counts)).toThrow(RangeError);
  });

  it('counts the rows at, below and above any value', () => {
    fc.assert(
      fc.property(fc.array(finite), finite, (values, x) => {
        const distribution = fromUnsorted(values);
        const atMost = values.filter((value) => value <= x).length;
        expect(countAtMost(distribution, x)).toBe(atMost);
        expect(countBelow(distribution, x)).toBe(values.filter((value) => value < x).length);
        expect(ecdfAt(distribution, x)).toBe(values.length === 0 ? null : atMost / values.length);
      }),
    );
  });
});

describe('quantile', () => {
  it('is the same on rows and on counts, within the range and never falling', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), fc.array(share), (values, shares) => {
        const sorted = Float64Array.from(values, (value) => value + 0).sort();
        const distribution = fromSorted(sorted);
        const ascending = shares.toSorted((a, b) => a - b);
        const found = ascending.map((q) => quantile(distribution, q)!);
        expect(found).toEqual(ascending.map((q) => quantileSorted(sorted, q)));
        expect(found.every((x) => x >= sorted[0]! && x <= sorted.at(-1)!)).toBe(true);
        const slack = 1e-15 * Math.max(Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!));
        expect(found.every((x, i) => i === 0 || x >= found[i - 1]! - slack)).toBe(true);
      }),
    );
  });

  it('refuses a share outside 0..1', () => {
    expect(() => quantile(fromUnsorted([1, 2]), 1.01)).toThrow(RangeError);
    expect(() => quantileSorted([1, 2], NaN)).toThrow(RangeError);
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('distributionMoments', () => {
  it('has no value for an empty sample', () => {
    expect(distributionMoments(fromUnsorted([NaN]))).toBeNull();
  });

  it('agrees with a hand-worked sample that sits far from 0', () => {
    expect(distributionMoments(fromUnsorted([1e9 + 2, 1e9 + 4, 1e9 + 4, 1e9 + 10]))).toEqual({
      min: 1e9 + 2,
      max: 1e9 + 10,
      mean: 1e9 + 5,
      standardDeviation: 3,
    });
  });

  it('has exactly no spread for a constant and keeps the mean within the range', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 1, max: 99 }), (value, rows) => {
        const constant = distributionMoments(fromUnsorted(new Array<number>(rows).fill(value)));
        const zero = value + 0;
        expect(constant).toEqual({ min: zero, max: zero, mean: zero, standardDeviation: 0 });
      }),
    );
  });

  it('moves with a shift and stretches with a factor', () => {
    fc.assert(
      fc.property(tied, fc.integer({ min: -1000, max: 1000 }), (values, shift) => {
        const plain = distributionMoments(fromUnsorted(values))!;
        const moved = distributionMoments(fromUnsorted(values.map((v) => 4 * v + shift)))!;
        expect(moved.mean).toBeCloseTo(4 * plain.mean + shift, 9);
        expect(moved.standardDeviation).toBeCloseTo(4 * plain.standardDeviation, 9);
      }),
    );
  });

  it('stays finite at both ends of the double range', () => {
    const huge = 1.7976931348623157e308;
    expect(distributionMoments(fromUnsorted([-huge, huge]))).toEqual({
      min: -huge,
      max: huge,
      mean: 0,
      standardDeviation: huge,
    });
    expect(
      distributionMoments(fromUnsorted([1e-310, 3e-310]))!.standardDeviation / 1e-310,
    ).toBeCloseTo(1, 9);
  });

  it('agrees with the textbook formula on a normal sample', () => {
    const values = normalSample(5000, 21, 3);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    const moments = distributionMoments(fromUnsorted(values))!;
    expect(moments.mean).toBeCloseTo(mean, 12);
    expect(moments.standardDeviation).toBeCloseTo(Math.sqrt(variance), 12);
  });
});
