import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absoluteGaussianSum } from '../../shared/stats/absoluteGaussians';
import { binnedChanceLimits, wassersteinChanceLimit } from '../../shared/stats/chanceLimits';
import { chiSquareUpperQuantile, normalQuantile } from '../../shared/stats/distributions';
import { fromCounts, fromUnsorted } from '../../shared/stats/empiricalDistribution';
import golden from '../golden/depth/chance.json';

/** A reference that follows a law as closely as m values can, so that only the formula is tested. */
const LAWS: Readonly<Record<string, (share: number) => number>> = {
  normal: (share) => normalQuantile(share),
  uniform: (share) => share,
  exponential: (share) => -Math.log1p(-share),
  digits: (share) => Math.floor(share * 10),
  rare: (share) => Number(share > 0.95),
};

function idealSample(law: string, m: number) {
  return fromUnsorted(Array.from({ length: m }, (_none, i) => LAWS[law]!((i + 0.5) / m)));
}

describe('chiSquareUpperQuantile', () => {
  it.each(golden.quantiles)('is $value at alpha $alpha and $df df', ({ alpha, df, value }) => {
    expect(chiSquareUpperQuantile(alpha, df) / value).toBeCloseTo(1, 9);
  });
});

describe('absoluteGaussianSum', () => {
  it('has the variance of one, of the same twice, and of two that do not depend on each other', () => {
    const one = 1 - 2 / Math.PI;
    expect(absoluteGaussianSum([1], () => 0).variance).toBeCloseTo(one, 12);
    expect(absoluteGaussianSum([1, 1], () => 1).variance).toBeCloseTo(4 * one, 12);
    expect(absoluteGaussianSum([1, 1], () => -1).variance).toBeCloseTo(4 * one, 12);
    expect(absoluteGaussianSum([1, 1], () => 0).variance).toBeCloseTo(2 * one, 12);
  });
});

describe('what drift statistics stay below by chance', () => {
  it.each(golden.simulated.flatMap((one) => (one.law === undefined ? [] : [one])))(
    'is within 6 % of 20,000 simulated pairs for W1 of $law, $m and $n rows',
    ({ law, m, n, q95 }) => {
      expect(wassersteinChanceLimit(idealSample(law, m), n, 0.05) / q95).toBeGreaterThan(0.94);
      expect(wassersteinChanceLimit(idealSample(law, m), n, 0.05) / q95).toBeLessThan(1.06);
    },
  );

  it.each(golden.simulated.flatMap((one) => (one.shares === undefined ? [] : [one])))(
    'is within 6 % of 20,000 simulated pairs over the bins $shares, $m and $n rows',
    ({ shares, m, n, psi, jensenShannon, totalVariation }) => {
      const limits = binnedChanceLimits(
        shares.map((share) => share * m),
        n,
        0.05,
      )!;
      const ratios = [
        limits.psi / psi,
        limits.jensenShannon / jensenShannon,
        limits.totalVariation! / totalVariation,
      ];
      for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.06);
    },
  );

  it('falls with the root of n for distances and with n for PSI', () => {
    const counts = [4000, 3000, 2000, 1000];
    const [few, many] = [1, 4].map((times) =>
      binnedChanceLimits(
        counts.map((count) => count * times),
        1000 * times,
        0.05,
      )!,
    );
    expect(few!.psi / many!.psi).toBeCloseTo(4, 10);
    expect(few!.jensenShannon / many!.jensenShannon).toBeCloseTo(2, 10);
    expect(few!.totalVariation! / many!.totalVariation!).toBeCloseTo(2, 10);
  });

  it('is not given where bins are too small, and is 0 for a constant reference', () => {
    expect(binnedChanceLimits([100, 90, 4], 100, 0.05)).toBeNull();
    expect(binnedChanceLimits([1000, 990, 1], 1000, 0.05)).toBeNull();
    expect(binnedChanceLimits([1000], 1000, 0.05)).toBeNull();
    expect(wassersteinChanceLimit(fromCounts([3], [50]), 20, 0.05)).toBe(0);
  });

  it('scales W1 with the unit of the column and does not care where its zero is', () => {
    assert(
      property(
        array(integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 60 }),
        integer({ min: 2, max: 500 }),
        (values, n) => {
          const plain = wassersteinChanceLimit(fromUnsorted(values), n, 0.05);
          const moved = fromUnsorted(values.map((value) => 8 * value + 64));
          expect(wassersteinChanceLimit(moved, n, 0.05)).toBeCloseTo(8 * plain, 6);
        },
      ),
    );
  });
});
