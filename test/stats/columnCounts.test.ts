import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnSummary,
  columnSummaryOf,
  mergeColumnCounts,
} from '../../shared/stats/columnSummary';
import { compareMissingRates, missingRate } from '../../shared/stats/missingRate';
import { twoProportionTest } from '../../shared/stats/twoProportionTest';
import { finite } from './samples';

const cell = fc.oneof(finite, fc.constantFrom(null, NaN, Infinity, -Infinity));

describe('columnSummary', () => {
  it('counts each row once and keeps the finite values in order', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 70 }), (cells) => {
        const { counts, finite: kept } = columnSummaryOf(cells);
        const numbers = cells.filter((value) => value !== null);
        expect(counts).toEqual({
          n: cells.length,
          nullCount: cells.length - numbers.length,
          nanCount: numbers.filter(Number.isNaN).length,
          infiniteCount: numbers.filter((value) => Math.abs(value) === Infinity).length,
          finiteCount: kept.length,
        });
        expect(Array.from(kept)).toEqual(numbers.filter(Number.isFinite).map((v) => v + 0));
      }),
    );
  });

  it('reads an Arrow bitmap from any bit on, and ignores what stands at a null row', () => {
    const bitmap = Uint8Array.of(0b0110_1000, 0b0000_0001);
    const result = columnSummary(Float64Array.of(1, 2, 3, NaN, 5, 6), bitmap, 3);
    expect(result.counts).toEqual({
      n: 6,
      nullCount: 2,
      nanCount: 1,
      infiniteCount: 0,
      finiteCount: 3,
    });
    expect(result.finite).toEqual(Float64Array.of(1, 3, 6));
  });

  it('gives values of its own: sorting them leaves the column as it was', () => {
    const values = Float64Array.of(3, 1, 2);
    columnSummary(values).finite.sort();
    expect(values).toEqual(Float64Array.of(3, 1, 2));
  });

  it('adds up over batches', () => {
    fc.assert(
      fc.property(fc.array(cell), fc.array(cell), (a, b) => {
        const sum = mergeColumnCounts(columnSummaryOf(a).counts, columnSummaryOf(b).counts);
        expect(sum).toEqual(columnSummaryOf([...a, ...b]).counts);
      }),
    );
  });
});

describe('missing rates', () => {
  it('take null and NaN as missing and infinities apart', () => {
    const { counts } = columnSummaryOf([1, null, NaN, Infinity, 2]);
    expect(missingRate(counts)).toEqual({ n: 5, shareMissing: 0.4, shareNonFinite: 0.6 });
  });

  it('have no comparison where a side has no rows', () => {
    const [none, some] = [columnSummaryOf([]).counts, columnSummaryOf([1]).counts];
    expect(missingRate(none)).toEqual({ n: 0, shareMissing: null, shareNonFinite: null });
    expect(compareMissingRates(none, some)).toEqual({ status: 'undefined', reason: 'empty' });
  });
});

describe('twoProportionTest', () => {
  const side = fc
    .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([n, share]) => ({ n, count: Math.round(n * share) }));

  it('turns its sign with the sides, and its intervals hold the estimates', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const [ab, ba] = [twoProportionTest(a, b), twoProportionTest(b, a)];
        if (ab.status !== 'ok' || ba.status !== 'ok') throw new Error('no result');
        expect(ba.difference).toBe(0 - ab.difference);
        expect(ba.pValue).toBeCloseTo(ab.pValue, 12);
        const [lower, upper] = ab.differenceInterval;
        expect(lower <= ab.difference && ab.difference <= upper).toBe(true);
        expect(lower >= -1 - 1e-12 && upper <= 1 + 1e-12).toBe(true);
        expect(ba.differenceInterval[0]).toBeCloseTo(-upper, 12);
        expect(ab.pValue >= 0 && ab.pValue <= 1).toBe(true);
      }),
    );
  });

  it('keeps the logarithm where the p-value underflows', () => {
    const result = twoProportionTest({ count: 0, n: 1e6 }, { count: 5e5, n: 1e6 });
    expect(result).toMatchObject({ status: 'ok', pValue: 0 });
    // z^2 = 2e6/3, so log10 p is about -z^2 / 2 / ln 10.
    expect(result.status === 'ok' && result.log10PValue / (-1e6 / 3 / Math.LN10)).toBeCloseTo(1, 4);
  });

  it('refuses a count outside 0..n', () => {
    expect(() => twoProportionTest({ count: 3, n: 2 }, { count: 0, n: 2 })).toThrow(RangeError);
  });
});
