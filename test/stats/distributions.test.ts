import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf } from '../../shared/stats/betaCdf';
import { deviance } from '../../shared/stats/deviance';
import {
  chiSquareSf,
  log10ChiSquareSf,
  log10NormalSf,
  logChoose,
  normalQuantile,
  normalSf,
} from '../../shared/stats/distributions';

describe('tails', () => {
  it('keep their logarithm where they underflow (mpmath 1.3)', () => {
    expect(log10NormalSf(40)).toBeCloseTo(-349.437006459346, 10);
    expect(log10ChiSquareSf(2000, 5)).toBeCloseTo(-429.91746682429, 10);
    expect(log10ChiSquareSf(3000, 100)).toBeCloseTo(-558.582942275721, 10);
  });

  it('of chi-square with one degree are twice those of the normal', () => {
    for (const z of [0.1, 1, 5, 20, 36, 38, 60]) {
      expect(log10ChiSquareSf(z * z, 1)).toBeCloseTo(Math.log10(2) + log10NormalSf(z), 10);
    }
  });

  it('are complete: 1 at the start, falling, and the normal ones add up to 1', () => {
    expect(chiSquareSf(0, 3)).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (z) => {
        expect(normalSf(z) + normalSf(-z)).toBeCloseTo(1, 14);
      }),
    );
  });
});

describe('normalQuantile', () => {
  it('undoes the tail at any probability down to 1e-300', () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: Math.log10(0.5), noNaN: true }), (exponent) => {
        const p = 10 ** exponent;
        expect(log10NormalSf(-normalQuantile(p))).toBeCloseTo(Math.log10(p), 11);
      }),
    );
  });

  it('is the same on both sides', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (p) => {
        expect(normalQuantile(1 - p) + normalQuantile(1 - (1 - p))).toBeCloseTo(0, 13);
      }),
    );
  });

  it('is infinite at 0 and 1 and 0 in the middle', () => {
    expect([0, 0.5, 1].map(normalQuantile)).toEqual([-Infinity, 0, Infinity]);
  });
});

describe('betaCdf', () => {
  it('agrees with closed forms and with its own mirror image', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (x, a, b) => {
          expect(betaCdf(x, a, 1)).toBeCloseTo(x ** a, 12);
          expect(betaCdf(x, 1, b)).toBeCloseTo(1 - (1 - x) ** b, 12);
          expect(betaCdf(x, a, b) + betaCdf(1 - x, b, a)).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('refuses what is out of range', () => {
    expect(() => betaCdf(1.5, 1, 1)).toThrow(RangeError);
    expect(() => betaCdf(0.5, 0, 1)).toThrow(RangeError);
  });
});

describe('deviance', () => {
  it('is never negative, 0 at the expectation, and right where the plain formula is', () => {
    const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (x, expected) => {
        const found = deviance(x, expected);
        expect(found).toBeGreaterThanOrEqual(0);
        const plain = x * Math.log(x / expected) + expected - x;
        expect(Math.abs(found - plain)).toBeLessThanOrEqual(1e-12 * (x + expected));
        expect(deviance(x, x)).toBe(0);
      }),
    );
  });

  it('keeps its digits next to the expectation: half the squared difference over it', () => {
    expect(deviance(1e9 + 1, 1e9) / 5e-10).toBeCloseTo(1, 8);
    expect(deviance(0, 3)).toBe(3);
  });
});

describe('logChoose', () => {
  it('is the logarithm of Pascal’s triangle', () => {
    expect(Math.exp(logChoose(10, 3))).toBeCloseTo(120, 9);
    expect(logChoose(7, 0)).toBe(0);
  });
});
