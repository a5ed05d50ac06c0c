import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionMoments } from '../../shared/stats/distributionMoments';
import { ecdfAt, fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { ksTest } from '../../shared/stats/ksTest';
import { mergeCompare } from '../../shared/stats/mergeCompare';
import { toGrid } from '../../shared/stats/quantileGrid';
import { normalSample, tied } from './samples';

const cells = fc.integer({ min: 1, max: 40 });
const ordinary = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});

describe('toGrid', () => {
  it('stays within 1/K of the exact distribution function everywhere', () => {
    fc.assert(
      fc.property(fc.oneof(ordinary, tied), cells, (values, k) => {
        const exact = fromUnsorted(values);
        const grid = toGrid(exact, k);
        const gaps = [...exact.values, ...grid.values].map((x) =>
          Math.abs(ecdfAt(exact, x)! - ecdfAt(grid, x)!),
        );
        expect(Math.max(...gaps)).toBeLessThanOrEqual(1 / k + 1e-12);
      }),
    );
  });

  it('keeps n, minimum, maximum and mean, ascends, and has at most 2 K + 3 points', () => {
    fc.assert(
      fc.property(ordinary, cells, (values, k) => {
        const exact = fromUnsorted(values);
        const grid = toGrid(exact, k);
        const [a, b] = [distributionMoments(exact)!, distributionMoments(grid)!];
        expect([grid.n, b.min, b.max]).toEqual([exact.n, a.min, a.max]);
        expect(Math.abs(b.mean - a.mean)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(a.max - a.min)));
        expect(grid.values.every((x, i) => i === 0 || x > grid.values[i - 1]!)).toBe(true);
        expect(grid.cumulative.at(-1)).toBe(exact.n);
        expect(grid.values.length).toBeLessThanOrEqual(2 * k + 3);
      }),
    );
  });

  it('keeps a value that many rows share as it is', () => {
    const zeroInflated = [...new Array<number>(600).fill(0), ...normalSample(400, 3, 10)];
    const grid = toGrid(fromUnsorted(zeroInflated), 20);
    expect(ecdfAt(grid, 0)).toBe(0.6);
    expect(ecdfAt(grid, -1e-9)).toBe(0);
  });

  it('changes KS D by no more than 1/K and the Wasserstein area by little', () => {
    const reference = fromUnsorted(normalSample(80_000, 11));
    const live = fromUnsorted(normalSample(30_000, 12, 0.05));
    const grid = toGrid(reference, 4096);
    const [exact, approximate] = [ksTest(reference, live), ksTest(grid, live)];
    if (exact.status !== 'ok' || approximate.status !== 'ok') throw new Error('no result');
    expect(Math.abs(exact.d - approximate.d)).toBeLessThanOrEqual(1 / 4096);
    const areas = [mergeCompare(reference, live).area, mergeCompare(grid, live).area] as const;
    expect(Math.abs(areas[0] - areas[1])).toBeLessThan(1e-3);
  });

  it('is the distribution itself when there are no more rows than cells', () => {
    const few = fromUnsorted([5, 1, 1, 9]);
    expect(toGrid(few, 4096)).toEqual(few);
    expect(toGrid(fromUnsorted([]), 8).n).toBe(0);
  });

  it('refuses a number of cells that is not a positive integer', () => {
    expect(() => toGrid(fromUnsorted([1]), 0)).toThrow(RangeError);
    expect(() => toGrid(fromUnsorted([1]), 1.5)).toThrow(RangeError);
  });
});
