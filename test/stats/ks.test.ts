import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logChoose } from '../../shared/stats/distributions';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { kolmogorovSf } from '../../shared/stats/kolmogorovSf';
import { log10KsFarTail } from '../../shared/stats/ksFarTail';
import { logSmirnovSf } from '../../shared/stats/smirnovSf';
import { ksCriticalD } from '../../shared/stats/ksCritical';
import { ksExactEqualSizes, ksExactLattice } from '../../shared/stats/ksExact';
import { effectiveRows, ksPValue } from '../../shared/stats/ksPValue';
import type { KsTest } from '../../shared/stats/ksTest';
import { ksExactTiesPValue, ksTest } from '../../shared/stats/ksTest';
import { normalSample, tied } from './samples';

function test(x: ArrayLike<number>, y: ArrayLike<number>): KsTest {
  const result = ksTest(fromUnsorted(x), fromUnsorted(y));
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

/** Largest gap by the definition, as the integer d m n. */
function slowGap(x: readonly number[], y: readonly number[]): number {
  const atMost = (sample: readonly number[], v: number) => sample.filter((s) => s <= v).length;
  return Math.max(
    ...[...x, ...y].map((v) => Math.abs(atMost(x, v) * y.length - atMost(y, v) * x.length)),
  );
}

/** Share of all ways to deal the pooled sample into m and n whose gap is at least as large. */
function shareOfDeals(pooled: readonly number[], m: number, gap: number): number {
  let [hits, deals] = [0, 0];
  for (let mask = 0; mask < 2 ** pooled.length; mask++) {
    const x = pooled.filter((_, i) => (mask >>> i) & 1);
    if (x.length !== m) continue;
    deals++;
    if (
      slowGap(
        x,
        pooled.filter((_, i) => !((mask >>> i) & 1)),
      ) >= gap
    )
      hits++;
  }
  return hits / deals;
}

describe('the KS statistic', () => {
  it('is the largest gap by definition, reached at the value it names', () => {
    fc.assert(
      fc.property(tied, tied, (x, y) => {
        const { d, atValue } = test(x, y);
        expect(d).toBe(slowGap(x, y) / (x.length * y.length));
        const share = (sample: readonly number[]) =>
          sample.filter((v) => v <= atValue).length / sample.length;
        expect(Math.abs(share(x) - share(y))).toBeCloseTo(d, 12);
      }),
    );
  });

  it('does not care which side is which, nor about a strictly rising change of scale', () => {
    fc.assert(
      fc.property(tied, tied, (x, y) => {
        const plain = test(x, y);
        const swapped = test(y, x);
        const stretch = (v: number): number => Math.exp(v / 8) + v ** 3;
        const stretched = test(x.map(stretch), y.map(stretch));
        expect([swapped.d, stretched.d]).toEqual([plain.d, plain.d]);
        expect(swapped.pValue).toBeCloseTo(plain.pValue, 13);
        expect(stretched.pValue).toBe(plain.pValue);
      }),
    );
  });

  it('is 0 with p = 1 for equal samples and 1 for separate ones; p is always in 0..1', () => {
    fc.assert(
      fc.property(tied, tied, (x, y) => {
        const { d, pValue } = test(x, y);
        expect(d >= 0 && d <= 1 && pValue >= 0 && pValue <= 1).toBe(true);
        expect(test(x, x)).toMatchObject({ d: 0, pValue: 1, log10PValue: 0 });
        expect(
          test(
            x,
            y.map((v) => v + 1000),
          ).d,
        ).toBe(1);
      }),
    );
  });

  it('has no result for a side without finite values', () => {
    expect(ksTest(fromUnsorted([NaN]), fromUnsorted([1]))).toEqual({
      status: 'undefined',
      reason: 'empty',
    });
  });
});

describe('the exact KS p-value', () => {
  it('is 2 in C(5, 2) for three values all below two others', () => {
    expect(test([1, 2, 3], [4, 5])).toEqual({
      status: 'ok',
      d: 1,
      atValue: 3,
      nReference: 3,
      nLive: 2,
      hasTies: false,
      pValue: 0.2,
      log10PValue: Math.log10(0.2),
      method: 'exact',
    });
  });

  it.each([
    [3, 4],
    [5, 5],
    [2, 7],
    [6, 3],
  ])('equals the share of all deals of %i and %i different values', (m, n) => {
    const pooled = Array.from({ length: m + n }, (_, i) => i);
    for (let gap = 1; gap <= m * n; gap++) {
      expect(ksExactLattice(m, n, gap, null)).toBeCloseTo(shareOfDeals(pooled, m, gap), 13);
    }
  });

  it('given ties, equals the share of all deals of the tied values', () => {
    const few = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(few, few, (x, y) => {
        const p = ksExactTiesPValue(fromUnsorted(x), fromUnsorted(y))!;
        expect(p).toBeCloseTo(shareOfDeals([...x, ...y], x.length, slowGap(x, y)), 13);
        expect(p).toBeLessThanOrEqual(test(x, y).pValue + 1e-13);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same by reflection and by the lattice for equal sizes', () => {
    for (const [n, steps] of [
      [10, 4],
      [100, 14],
      [1000, 60],
      [1000, 400],
    ] as const) {
      const closed = ksExactEqualSizes(n, steps);
      expect(ksExactLattice(n, n, steps * n, null) / closed).toBeCloseTo(1, 12);
    }
  });

  it('falls as D grows', () => {
    for (const [m, n] of [
      [12, 17],
      [40, 40],
      [30_000, 50_000],
      [60, 11_000],
    ] as const) {
      const p = Array.from({ length: 200 }, (_, i) => ksPValue((i + 1) / 200, m, n).log10PValue);
      expect(p.every((value, i) => i === 0 || value <= p[i - 1]! + 1e-9)).toBe(true);
    }
  });

  it('given ties, is left out where it would take too long', () => {
    const large = fromUnsorted(normalSample(2001, 1));
    expect(ksExactTiesPValue(large, fromUnsorted(normalSample(2000, 2)))).toBeNull();
    expect(ksExactTiesPValue(large, fromUnsorted([]))).toBeNull();
  });
});

const exactTails = [
  { n: 150, d: 0.125, logP: -4.08743971077356 },
  { n: 2000, d: 0.0625, logP: -14.9854208125429 },
  { n: 2500, d: 0.03125, logP: -4.21113007160886 },
  { n: 3000, d: 0.5, logP: -1596.43047318838 },
  { n: 6000, d: 0.0625, logP: -46.2626059611612 },
];

describe('the one-sample KS law', () => {
  it('agrees with closed forms for one and two rows', () => {
    for (const d of [0.5, 0.6, 0.75, 0.99]) {
      expect(kolmogorovSf(1, d)).toBeCloseTo(2 * (1 - d), 13);
      expect(kolmogorovSf(2, d)).toBeCloseTo(2 * (1 - d) ** 2, 13);
    }
    for (const d of [0.26, 0.4, 0.5]) {
      expect(kolmogorovSf(2, d)).toBeCloseTo(1 - 2 * (2 * d - 0.5) ** 2, 13);
    }
  });

  // mpmath 1.3, 50 digits: 2 times Birnbaum and Tingey's sum.
  it.each(exactTails)('agrees with the exact tail at n = $n, d = $d', ({ n, d, logP }) => {
    expect(Math.abs(Math.LN2 + logSmirnovSf(n, d) - logP)).toBeLessThan(1e-10);
    expect(kolmogorovSf(n, d)).toBe(Math.min(1, 2 * Math.exp(logSmirnovSf(n, d))));
  });

  it('hardly jumps where one formula takes over from another', () => {
    for (const n of [141, 500, 1000, 1001, 10_000, 250_000]) {
      for (const d of [Math.sqrt(2.2 / n), (1.4 / n) ** (2 / 3)]) {
        const [before, after] = [
          kolmogorovSf(n, d * (1 - 1e-12)),
          kolmogorovSf(n, d * (1 + 1e-12)),
        ];
        expect(Math.abs(before / after - 1)).toBeLessThan(3e-5);
      }
    }
  });

  it('keeps the logarithm where the probability underflows', () => {
    const shifted = test(normalSample(20_000, 31), normalSample(20_000, 32, 2.5));
    expect(shifted.pValue).toBe(0);
    expect(shifted.log10PValue).toBeLessThan(-1000);
    const separate = ksPValue(1, 20_000, 20_000);
    expect(separate.pValue).toBe(0);
    // log10 of 2 / C(40000, 20000), by mpmath.
    expect(separate.log10PValue).toBeCloseTo(-12038.4997039151, 6);
  });

  it.each([
    [500, 500, 400],
    [5000, 5000, 1200],
    [5000, 5000, 2400],
    [9000, 9000, 8800],
  ])('far out, is within 1 of the exact law in its logarithm (%i and %i rows)', (m, n, steps) => {
    // Reflection: one side touches in C(m + n, n - steps) of C(m + n, n) paths.
    const exact = Math.LN2 + logChoose(m + n, n - steps) - logChoose(m + n, n);
    expect(Math.abs(log10KsFarTail(steps / n, m, n) - exact / Math.LN10)).toBeLessThan(1);
  });

  it('far out, is within 1 of the exact lattice for unequal sizes', () => {
    for (const gap of [320_000, 600_000, 900_000]) {
      const exact = Math.log10(ksExactLattice(1000, 2000, gap, null));
      expect(Math.abs(log10KsFarTail(gap / 2e6, 1000, 2000) - exact)).toBeLessThan(1);
    }
  });

  it('rounds the rows of two samples half to even', () => {
    expect([effectiveRows(1, 1), effectiveRows(3, 3), effectiveRows(5, 5)]).toEqual([0, 2, 2]);
    expect(effectiveRows(10_001, 9000)).toBe(4737);
  });
});

describe('ksCriticalD', () => {
  it('is 0.1 for about 370 rows a side, where the default threshold stops being chance', () => {
    expect(ksCriticalD(370, 370)).toBe(0.1);
    expect(ksCriticalD(200, 200)!).toBeGreaterThan(0.1);
  });

  it.each([
    [10, 10],
    [7, 12],
    [50, 80],
    [400, 250],
    [997, 1000],
    [5000, 5000],
  ])('is the smallest possible D with p at most alpha for %i and %i rows', (m, n) => {
    const lattice = lcm(m, n);
    for (const alpha of [0.5, 0.1, 0.05, 0.01, 0.001]) {
      const critical = ksCriticalD(m, n, alpha)!;
      expect(ksPValue(critical, m, n).pValue).toBeLessThanOrEqual(alpha);
      const step = Math.max(1 / lattice, 1e-5);
      expect(ksPValue(critical - step, m, n).pValue).toBeGreaterThan(alpha);
    }
  });

  it('is within 6e-11 of that for samples too large for the exact law', () => {
    for (const [m, n] of [
      [10_001, 50],
      [100_000, 100_000],
      [1_000_000, 3000],
    ] as const) {
      for (const alpha of [0.5, 0.05, 0.001, 1e-9]) {
        const critical = ksCriticalD(m, n, alpha)!;
        expect(ksPValue(critical, m, n).pValue).toBeLessThanOrEqual(alpha);
        expect(ksPValue(critical - 6e-11, m, n).pValue).toBeGreaterThan(alpha);
      }
    }
  });

  it('is null when no D is rare enough, and refuses what is not a level', () => {
    expect(ksCriticalD(1, 1, 0.05)).toBeNull();
    expect(ksCriticalD(3, 3, 0.05)).toBeNull();
    expect(ksCriticalD(3, 3, 1)).toBe(0);
    expect(() => ksCriticalD(0, 3)).toThrow(RangeError);
    expect(() => ksCriticalD(3, 3, 0)).toThrow(RangeError);
  });
});

function lcm(a: number, b: number): number {
  const gcd = (p: number, q: number): number => (q === 0 ? p : gcd(q, p % q));
  return (a / gcd(a, b)) * b;
}
