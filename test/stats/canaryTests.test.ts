import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestRho, confidenceSequence } from '../../shared/stats/confidenceSequence';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { fisherExact } from '../../shared/stats/fisherExact';
import { groupBounds } from '../../shared/stats/groupSequential';
import { hodgesLehmann } from '../../shared/stats/hodgesLehmann';
import { mannWhitney } from '../../shared/stats/mannWhitney';
import { mixtureRates, mixtureTest } from '../../shared/stats/mixtureTest';
import { pairedAuc } from '../../shared/stats/pairedAuc';
import { rocAuc } from '../../shared/stats/rocAuc';
import { mergeMoments, sampleMoments } from '../../shared/stats/sampleMoments';
import { sampleSize } from '../../shared/stats/sampleSize';
import { welchTest } from '../../shared/stats/welchTest';

const value = fc.integer({ min: -400, max: 400 }).map((whole) => whole / 8);
const arm = fc.array(value, { minLength: 2, maxLength: 40 });

function ok<T extends { readonly status: string }>(result: T): Extract<T, { status: 'ok' }> {
  if (result.status !== 'ok') throw new Error('no result');
  return result as Extract<T, { status: 'ok' }>; // narrowed by the line above
}

describe('comparing two arms', () => {
  it('turns the sign when the arms are swapped', () =>
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const there = ok(welchTest(sampleMoments(a), sampleMoments(b)));
        const back = ok(welchTest(sampleMoments(b), sampleMoments(a)));
        expect(back.difference).toBeCloseTo(-there.difference, 10);
        expect(back.pValue).toBeCloseTo(there.pValue, 10);
        const [x, y] = [fromUnsorted(a), fromUnsorted(b)];
        expect(ok(mannWhitney(y, x)).uCandidate).toBe(ok(mannWhitney(x, y)).uControl);
        expect(ok(hodgesLehmann(y, x)).shift).toBeCloseTo(-ok(hodgesLehmann(x, y)).shift, 12);
      }),
    ));

  it('leaves the rank test alone when all values are scaled, and scales the shift', () =>
    fc.assert(
      fc.property(arm, arm, fc.constantFrom(2, 0.25, 1024), (a, b, factor) => {
        const [x, y] = [fromUnsorted(a), fromUnsorted(b)];
        const scaled = [a, b].map((values) => fromUnsorted(values.map((v) => v * factor)));
        expect(mannWhitney(scaled[0]!, scaled[1]!)).toEqual(mannWhitney(x, y));
        expect(ok(hodgesLehmann(scaled[0]!, scaled[1]!)).shift).toBe(
          ok(hodgesLehmann(x, y)).shift * factor,
        );
      }),
    ));

  it('finds the shift that sorting all differences finds', () =>
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const all = a.flatMap((x) => b.map((y) => y - x)).sort((p, q) => p - q);
        const middle = (all.length - 1) / 2;
        const median = (all[Math.floor(middle)]! + all[Math.ceil(middle)]!) / 2;
        expect(ok(hodgesLehmann(fromUnsorted(a), fromUnsorted(b))).shift).toBeCloseTo(median, 12);
      }),
    ));

  it('merges moments to those of all rows together', () =>
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const merged = mergeMoments(sampleMoments(a), sampleMoments(b));
        const together = sampleMoments([...a, ...b]);
        expect(merged.n).toBe(together.n);
        expect(merged.mean).toBeCloseTo(together.mean, 9);
        expect(merged.variance).toBeCloseTo(together.variance, 8);
      }),
    ));

  it('is the area under the curve that Mann and Whitney count', () =>
    fc.assert(
      fc.property(arm, arm, (negative, positive) => {
        const [n, p] = [fromUnsorted(negative), fromUnsorted(positive)];
        expect(ok(rocAuc(p, n)).auc).toBeCloseTo(ok(mannWhitney(n, p)).probabilityLarger, 12);
      }),
    ));

  it('finds no difference between a score and itself', () => {
    const scores = Float64Array.from([0.1, 0.4, 0.35, 0.8, 0.7]);
    const test = ok(pairedAuc([0, 0, 1, 1, 0], scores, scores));
    expect({ difference: test.difference, z: test.z, pValue: test.pValue }).toEqual({
      difference: 0,
      z: null,
      pValue: 1,
    });
  });

  it('mirrors the one-sided tails of the exact test with the rows swapped', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
        const one = fisherExact([
          [a!, b!],
          [c!, d!],
        ]);
        const other = fisherExact([
          [c!, d!],
          [a!, b!],
        ]);
        expect(other.pLess).toBeCloseTo(one.pGreater, 10);
        expect(other.pValue).toBeCloseTo(one.pValue, 10);
      }),
    ));
});

describe('looking more than once', () => {
  it('agrees with the hand-checked look: 100 + 100 rows, difference 0.3, tau2 0.04', () => {
    const look = mixtureTest(0.3, 0.02, 0.04, 0.05);
    expect(Math.exp(look.logLambda)).toBeCloseTo(2.5875, 4);
    expect((look.interval[1] - look.interval[0]) / 2).toBeCloseTo(0.4612, 4);
  });

  it('rejects exactly when the interval leaves no difference out', () =>
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (difference) => {
        const look = mixtureTest(difference, 0.02, 0.04, 0.05);
        const isOutside = look.interval[0] > 0 || look.interval[1] < 0;
        expect(isOutside).toBe(look.pValue < 0.05);
      }),
    ));

  it('lets no rate decide before ten events are expected', () => {
    const early = mixtureRates({ count: 0, n: 500 }, { count: 3, n: 40 }, 0.0005, 0.05);
    expect([early.look!.pValue < 1e-5, early.isDecisive]).toEqual([true, false]);
  });

  it('gives the sequence of a mean the half width of theorem 2.2', () => {
    const interval = confidenceSequence({ n: 100, mean: 0, variance: 1 }, 0.1, 0.05);
    expect(interval[1]).toBeCloseTo(0.3656395, 7);
    expect(bestRho(1000, 0.05)).toBeCloseTo(0.0890851, 7);
  });

  it('gives the published bounds for five looks', () => {
    const looks = [0.2, 0.4, 0.6, 0.8, 1];
    const rounded = (bounds: readonly number[]) => bounds.map((z) => Number(z.toFixed(3)));
    expect(rounded(groupBounds('obrienFleming', looks, 0.05).z)).toEqual([
      4.562, 3.226, 2.634, 2.281, 2.04,
    ]);
    expect(rounded(groupBounds('spendObrienFleming', looks, 0.05).z)).toEqual([
      4.877, 3.357, 2.68, 2.29, 2.031,
    ]);
  });
});

describe('planning', () => {
  const plan = { rowVariance: 0.83 * 0.17, alpha: 0.05, power: 0.8, candidateShare: 0.05 };

  it('needs about 2,300 candidate rows for a drop of 2 points at 5 % of traffic', () => {
    expect(sampleSize({ ...plan, margin: 0.02 })).toEqual({ fixed: 2296, alwaysValid: 4910 });
  });

  it('needs a quarter of the rows for twice the margin', () => {
    expect(sampleSize({ ...plan, margin: 0.04 })).toEqual({ fixed: 574, alwaysValid: 1228 });
  });
});
