import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoricalDrift } from '../../shared/stats/categoricalDrift';
import { chiSquareTest } from '../../shared/stats/chiSquareTest';
import { countPairs } from './samples';

describe('categoricalDrift', () => {
  it('aligns both sides, names new and vanished categories and skips unused ones', () => {
    const reference = new Map([
      ['red', 10],
      ['blue', 20],
      ['grey', 0],
    ]);
    const live = new Map([
      ['green', 4],
      ['blue', 6],
      ['red', 0],
    ]);
    expect(categoricalDrift(reference, live)).toMatchObject({
      status: 'ok',
      categories: ['red', 'blue', 'green'],
      referenceCounts: [10, 20, 0],
      liveCounts: [0, 6, 4],
      nReference: 30,
      nLive: 10,
      newCategories: ['green'],
      vanishedCategories: ['red'],
    });
  });

  it('does not depend on the order in which categories were met', () => {
    fc.assert(
      fc.property(countPairs, ([reference, live]) => {
        const entries = (counts: readonly number[]) =>
          counts.map((rows, i): [string, number] => [`c${i}`, rows]);
        const plain = categoricalDrift(new Map(entries(reference)), new Map(entries(live)));
        const turned = categoricalDrift(
          new Map(entries(reference).reverse()),
          new Map(entries(live)),
        );
        if (plain.status !== 'ok' || turned.status !== 'ok') throw new Error('no result');
        expect(turned.jensenShannonDistance).toBeCloseTo(plain.jensenShannonDistance, 12);
        expect(turned.newCategories.toSorted()).toEqual(plain.newCategories.toSorted());
      }),
    );
  });

  it('gives no test, but distances of 0, for one category; no result for a side without rows', () => {
    expect(categoricalDrift(new Map([['a', 3]]), new Map([['a', 9]]))).toMatchObject({
      psi: 0,
      jensenShannonDistance: 0,
      test: { status: 'undefined', reason: 'one category' },
    });
    expect(categoricalDrift(new Map([['a', 3]]), new Map([['a', 0]]))).toEqual({
      status: 'undefined',
      reason: 'empty',
    });
  });
});

describe('chiSquareTest', () => {
  it('agrees with a hand-worked table: four cells of 25 / 15', () => {
    expect(chiSquareTest([10, 20], [20, 10])).toMatchObject({
      chiSquare: expect.closeTo(20 / 3, 12),
      degreesOfFreedom: 1,
      minExpected: 15,
      cellsExpectedBelow5: 0,
      cramersV: expect.closeTo(1 / 3, 12),
      yates: { chiSquare: expect.closeTo(5.4, 12) },
    });
  });

  it('is in range and symmetric, and V does not change when both sides grow alike', () => {
    fc.assert(
      fc.property(countPairs, ([reference, live]) => {
        const result = chiSquareTest(reference, live);
        if (result.status !== 'ok') return;
        const { cramersV: v, cramersVBiasCorrected: corrected, pValue } = result;
        expect([v, corrected, pValue].every((x) => x >= 0 && x <= 1)).toBe(true);
        expect(corrected).toBeLessThanOrEqual(v + 1e-9);
        expect(result.gStatistic).toBeGreaterThanOrEqual(0);
        expect(chiSquareTest(live, reference)).toMatchObject({
          chiSquare: expect.closeTo(result.chiSquare, 8),
        });
        const grown = chiSquareTest(
          reference.map((r) => r * 8),
          live.map((r) => r * 8),
        );
        expect(grown.status === 'ok' && grown.cramersV).toBeCloseTo(v, 10);
      }),
    );
  });

  it('keeps the logarithm where the p-value underflows', () => {
    const result = chiSquareTest([1_000_000, 1], [1, 1_000_000]);
    expect(result).toMatchObject({ pValue: 0 });
    expect(result.status === 'ok' && result.log10PValue).toBeLessThan(-400_000);
  });
});
