import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { mergeCompare } from '../../shared/stats/mergeCompare';
import type { Wasserstein } from '../../shared/stats/wasserstein';
import { wasserstein } from '../../shared/stats/wasserstein';
import { normalSample, tied } from './samples';

function measure(reference: ArrayLike<number>, live: ArrayLike<number>): Wasserstein {
  const result = wasserstein(fromUnsorted(reference), fromUnsorted(live));
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

describe('wasserstein', () => {
  it('agrees with a hand-worked pair: each third moves by 5', () => {
    expect(measure([0, 1, 3], [5, 6, 8])).toMatchObject({ distance: 5, referenceIqr: 1.5 });
  });

  it('is the mean distance between order statistics when both sides have as many rows', () => {
    fc.assert(
      fc.property(tied, (values) => {
        const other = values.map((v, i) => v + ((i * 7) % 11) - 5);
        const ascending = (sample: readonly number[]) => sample.toSorted((a, b) => a - b);
        const [x, y] = [ascending(values), ascending(other)];
        const mean = x.reduce((sum, v, i) => sum + Math.abs(v - y[i]!), 0) / x.length;
        expect(measure(values, other).distance).toBeCloseTo(mean, 10);
      }),
    );
  });

  it('of a shifted sample is the shift, and of a sample with itself 0', () => {
    fc.assert(
      fc.property(tied, fc.integer({ min: -500, max: 500 }), (values, shift) => {
        const { distance } = measure(
          values,
          values.map((v) => v + shift),
        );
        expect(distance).toBeCloseTo(Math.abs(shift), 9);
        expect(measure(values, values).distance).toBe(0);
      }),
    );
  });

  it('is symmetric, obeys the triangle inequality and bounds the change of the mean', () => {
    fc.assert(
      fc.property(tied, tied, tied, (x, y, z) => {
        const xy = measure(x, y).distance;
        expect(measure(y, x).distance).toBeCloseTo(xy, 10);
        expect(xy).toBeLessThanOrEqual(measure(x, z).distance + measure(z, y).distance + 1e-9);
        const mean = (sample: readonly number[]) =>
          sample.reduce((sum, v) => sum + v, 0) / sample.length;
        expect(Math.abs(mean(x) - mean(y))).toBeLessThanOrEqual(xy + 1e-9);
      }),
    );
  });

  it('against the spread does not change with the unit', () => {
    const [x, y] = [normalSample(500, 41), normalSample(700, 42, 0.3)];
    const plain = measure(x, y);
    const scaled = measure(
      x.map((v) => v * 1024),
      y.map((v) => v * 1024),
    );
    expect(scaled.normalised).toBeCloseTo(plain.normalised!, 12);
    expect(scaled.normalisedByIqr).toBeCloseTo(plain.normalisedByIqr!, 12);
  });

  it('has no normalised value for a constant reference', () => {
    expect(measure([2, 2], [2, 5])).toMatchObject({
      distance: 1.5,
      normalised: null,
      normalisedByIqr: null,
    });
  });

  it('has no result where a side is empty or a figure leaves the double range', () => {
    const [empty, one] = [fromUnsorted([]), fromUnsorted([1])];
    const [lowest, highest] = [fromUnsorted([-1.7e308]), fromUnsorted([1.7e308])];
    expect(wasserstein(empty, one)).toEqual({ status: 'undefined', reason: 'empty' });
    expect(wasserstein(one, empty)).toEqual({ status: 'undefined', reason: 'empty' });
    expect(wasserstein(lowest, highest)).toEqual({ status: 'undefined', reason: 'overflow' });
  });

  it('takes a comparison that was made before and gives the same', () => {
    const [x, y] = [fromUnsorted(normalSample(50, 1)), fromUnsorted(normalSample(60, 2, 1))];
    expect(wasserstein(x, y, mergeCompare(x, y))).toEqual(wasserstein(x, y));
  });
});

describe('mergeCompare', () => {
  it('counts the distinct values of both samples together', () => {
    fc.assert(
      fc.property(tied, tied, (x, y) => {
        const { distinct } = mergeCompare(fromUnsorted(x), fromUnsorted(y));
        expect(distinct).toBe(new Set([...x, ...y]).size);
      }),
    );
  });

  it('refuses an empty side', () => {
    expect(() => mergeCompare(fromUnsorted([]), fromUnsorted([1]))).toThrow(RangeError);
  });
});
