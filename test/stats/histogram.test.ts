import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { displayBins, histogram } from '../../shared/stats/histogram';
import { finite, normalSample } from './samples';

const sample = fc.array(finite, { maxLength: 80 });

describe('histogram', () => {
  it('puts a row on an edge into the bin below it', () => {
    expect(histogram(fromUnsorted([0, 1, 1, 2, 3]), [1, 2])).toEqual([3, 1, 1]);
  });

  it('is one open bin without edges', () => {
    expect(histogram(fromUnsorted([4, 5]), [])).toEqual([2]);
  });
});

describe('displayBins', () => {
  it('gives at most 30 bins on rising edges, and no row is lost', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const [reference, live] = [fromUnsorted(x), fromUnsorted(y)];
        const edges = displayBins(reference, live);
        expect(edges.length).toBeLessThan(30);
        expect(edges.every((e, i) => i === 0 || e > edges[i - 1]!)).toBe(true);
        const rows = histogram(live, edges).reduce((total, count) => total + count, 0);
        expect(rows).toBe(y.length);
      }),
    );
  });

  it('spreads 28 equal bins over the middle 99 %, so an outlier takes the open bin', () => {
    const reference = fromUnsorted([...normalSample(5000, 61), 1e9]);
    const edges = displayBins(reference, fromUnsorted(normalSample(5000, 62)));
    expect(edges.length).toBe(29);
    expect(edges[0]).toBeCloseTo(-2.6, 0);
    expect(edges[28]).toBeCloseTo(2.6, 0);
    const widths = edges.slice(1).map((edge, i) => edge - edges[i]!);
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(1e-12);
  });

  it('cuts whole numbers halfway, in bars of the same number of values', () => {
    const dice = fromUnsorted([1, 2, 3, 4, 5, 6]);
    expect(displayBins(dice, dice)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5]);
    const hundred = fromUnsorted(Array.from({ length: 101 }, (_, i) => i));
    const edges = displayBins(hundred, hundred);
    expect(edges.slice(0, 2)).toEqual([-0.5, 3.5]);
    expect(edges.at(-1)).toBeGreaterThan(99);
  });

  it('draws one bar for a constant', () => {
    const constant = fromUnsorted([2.5, 2.5]);
    expect(histogram(constant, displayBins(constant, constant))).toEqual([0, 2, 0]);
    expect(displayBins(fromUnsorted([]), fromUnsorted([]))).toEqual([]);
  });
});
