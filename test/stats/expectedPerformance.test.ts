import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedPerformance } from '../../shared/stats/expectedPerformance';
import { mulberry32 } from './goldenGenerator';

const scores = fc
  .array(fc.integer({ min: 0, max: 20 }), { minLength: 8, maxLength: 60 })
  .map((list) => Float64Array.from(list, (k) => k / 20).sort());

describe('performance expected from scores alone', () => {
  it('is what a look at every row and every pair of rows comes to', () => {
    fc.assert(
      fc.property(scores, (p) => {
        const { accuracy, auc } = expectedPerformance(p, 0.5);
        const right = p.reduce((sum, s) => sum + (s >= 0.5 ? s : 1 - s), 0);
        expect(accuracy.value).toBeCloseTo(right / p.length, 12);
        let wins = 0;
        let pairs = 0;
        p.forEach((a, i) =>
          p.forEach((b, j) => {
            if (i === j) return;
            pairs += a * (1 - b);
            wins += a * (1 - b) * (a > b ? 1 : a === b ? 0.5 : 0);
          }),
        );
        const gap = auc === null ? 0 : auc.value - Math.min(1, wins / pairs);
        expect(gap).toBeCloseTo(0, 9);
      }),
    );
  });

  it('leaves nothing to chance for scores of 0 and 1, and has no AUC without both classes', () => {
    expect(expectedPerformance([0, 0, 1, 1], 0.5)).toEqual({
      n: 4,
      accuracy: { value: 1, interval: [1, 1] },
      auc: { value: 1, interval: [1, 1] },
    });
    expect(expectedPerformance([0, 0, 0], 0.5).auc).toBeNull();
  });

  it('holds the realised accuracy in 95 of 100 windows while the scores are calibrated', () => {
    const word = mulberry32(20_26);
    const random = (): number => word() / 2 ** 32;
    const nWindows = 400;
    let nHeld = 0;
    for (let w = 0; w < nWindows; w++) {
      const p = Float64Array.from({ length: 300 }, random).sort();
      const right = p.filter((s) => random() < s === s >= 0.5).length;
      const [low, high] = expectedPerformance(p, 0.5).accuracy.interval;
      if (right / 300 >= low && right / 300 <= high) nHeld += 1;
    }
    // 380 are expected; chance alone takes it beyond these bounds once in a thousand seeds.
    expect(nHeld).toBeGreaterThanOrEqual(364);
    expect(nHeld).toBeLessThanOrEqual(394);
  });
});
