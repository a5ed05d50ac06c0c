import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { hellingerDistance } from '../../shared/stats/hellinger';
import { jensenShannonDistance } from '../../shared/stats/jensenShannon';
import { psi, psiFromDistributions } from '../../shared/stats/psi';
import { largestShareChange, totalVariation } from '../../shared/stats/totalVariation';
import { countPairs, finite, normalSample } from './samples';

describe('psi', () => {
  it('agrees with a hand-worked pair: 0.1 ln 1.2 + 0.1 ln 1.25', () => {
    expect(psi([50, 50], [60, 40])).toBeCloseTo(0.1 * Math.log(1.5), 14);
  });

  it('is never negative, 0 for equal shares, and the same both ways', () => {
    fc.assert(
      fc.property(countPairs, ([reference, live]) => {
        expect(psi(reference, live)).toBeGreaterThanOrEqual(0);
        expect(
          psi(
            reference,
            reference.map((rows) => rows * 4),
          ),
        ).toBe(0);
        expect(psi(live, reference)).toBeCloseTo(psi(reference, live), 10);
      }),
    );
  });

  it('refuses bins that do not match and sides without rows', () => {
    expect(() => psi([1, 2], [1, 2, 3])).toThrow(RangeError);
    expect(() => psi([1], [1])).toThrow(RangeError);
    expect(() => psi([0, 0], [1, 2])).toThrow(
      expect.objectContaining({ code: 'INSUFFICIENT_DATA' }),
    );
  });
});

describe('psiFromDistributions', () => {
  it('is 0 against itself and counts every row, whatever the values', () => {
    const sample = fc.array(finite, { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const [reference, live] = [fromUnsorted(x), fromUnsorted(y)];
        expect(psiFromDistributions(reference, reference)).toMatchObject({ psi: 0 });
        const result = psiFromDistributions(reference, live);
        if (result.status !== 'ok') throw new Error(result.reason);
        const sum = (counts: readonly number[]) => counts.reduce((total, rows) => total + rows, 0);
        expect([sum(result.referenceCounts), sum(result.liveCounts)]).toEqual([x.length, y.length]);
        expect(result.psi).toBeGreaterThanOrEqual(0);
        expect(result.edges.every((e, i) => i === 0 || e > result.edges[i - 1]!)).toBe(true);
      }),
    );
  });

  it('sees a shift behind an outlier that would empty equal-width bins', () => {
    const reference = fromUnsorted([...normalSample(2000, 51), 1e9]);
    const result = psiFromDistributions(reference, fromUnsorted(normalSample(2000, 52, 1)));
    expect(result).toMatchObject({ status: 'ok', binning: 'quantile' });
    expect(result.status === 'ok' && result.psi).toBeGreaterThan(0.5);
  });

  it('sees rare rows appear below a value that nearly all rows share', () => {
    const reference = fromUnsorted([...new Array<number>(95).fill(1), 0, 0, 0, 0, 0]);
    const live = fromUnsorted([...new Array<number>(60).fill(1), ...new Array<number>(40).fill(0)]);
    expect(psiFromDistributions(reference, live)).toMatchObject({
      edges: [0],
      referenceCounts: [5, 95],
      liveCounts: [40, 60],
    });
  });
});

describe('distances between counts', () => {
  it('agree with hand-worked pairs', () => {
    expect(jensenShannonDistance([50, 50], [100, 0])).toBeCloseTo(
      Math.sqrt(1.5 - 0.75 * Math.log2(3)),
      14,
    );
    expect(hellingerDistance([50, 50], [100, 0])).toBeCloseTo(Math.sqrt(1 - Math.SQRT1_2), 14);
    expect(totalVariation([50, 30, 20], [20, 40, 40])).toBeCloseTo(0.3, 14);
    expect(largestShareChange([50, 30, 20], [20, 40, 40])).toBeCloseTo(0.3, 14);
  });

  it.each([
    ['Jensen-Shannon', jensenShannonDistance],
    ['total variation', totalVariation],
    ['largest change', largestShareChange],
    ['Hellinger', hellingerDistance],
  ])('%s is in 0..1, symmetric, 0 for equal and 1 for separate shares', (_, distance) => {
    fc.assert(
      fc.property(countPairs, ([reference, live]) => {
        const found = distance(reference, live);
        expect(found >= 0 && found <= 1).toBe(true);
        expect(distance(live, reference)).toBeCloseTo(found, 12);
        expect(
          distance(
            reference,
            reference.map((rows) => rows * 4),
          ),
        ).toBe(0);
      }),
    );
    expect(distance([5, 0], [0, 9])).toBe(1);
    expect(() => distance([1, 2], [1])).toThrow(RangeError);
    expect(() => distance([1, 2], [0, 0])).toThrow(
      expect.objectContaining({ code: 'INSUFFICIENT_DATA' }),
    );
  });

  it('keep their known order: h^2 <= tv <= h sqrt 2, and js^2 <= tv', () => {
    fc.assert(
      fc.property(countPairs, ([reference, live]) => {
        const tv = totalVariation(reference, live);
        const h = hellingerDistance(reference, live);
        expect(h * h).toBeLessThanOrEqual(tv + 1e-12);
        expect(tv).toBeLessThanOrEqual(h * Math.SQRT2 + 1e-12);
        expect(jensenShannonDistance(reference, live) ** 2).toBeLessThanOrEqual(tv + 1e-12);
      }),
    );
  });
});
