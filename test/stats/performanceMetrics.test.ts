import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classificationMetrics,
  classScores,
  countConfusion,
} from '../../shared/stats/classificationMetrics';
import { meanInterval, meanMoments } from '../../shared/stats/meanInterval';
import { probabilisticMetrics } from '../../shared/stats/probabilisticMetrics';
import { quantileInterval } from '../../shared/stats/quantileInterval';
import { regressionMetrics } from '../../shared/stats/regressionMetrics';
import { thresholdCurve } from '../../shared/stats/thresholdCurve';
import { wilsonInterval } from '../../shared/stats/wilsonInterval';

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 1,
  maxLength: 200,
});
const scored = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1),
    fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
  ),
  { minLength: 1, maxLength: 200 },
);

function requireOk<R extends { readonly status: string }>(result: R): Extract<R, { status: 'ok' }> {
  if (result.status !== 'ok') throw new Error('no result');
  return result as Extract<R, { status: 'ok' }>; // the line above checked it
}

function measure(list: readonly (readonly [number, number])[]) {
  const [truth, predicted] = [list.map(([t]) => t), list.map(([, p]) => p)];
  return requireOk(classificationMetrics(countConfusion(truth, predicted, 4), 4));
}

describe('classification metrics', () => {
  it('have accuracy as the weighted recall, in its interval', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const { accuracy, weighted, accuracyInterval } = measure(list);
        expect(weighted.recall).toBeCloseTo(accuracy, 12);
        expect(accuracyInterval[0] - 1e-12).toBeLessThanOrEqual(accuracy);
        expect(accuracyInterval[1] + 1e-12).toBeGreaterThanOrEqual(accuracy);
      }),
    );
  });

  it('do not depend on the order of the rows, and swap precision with recall when the sides swap', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const given = measure(list);
        expect(measure([...list].reverse())).toEqual(given);
        const swapped = measure(list.map(([t, p]) => [p, t] as const));
        expect(swapped.perClass.map(({ precision }) => precision)).toEqual(
          given.perClass.map(({ recall }) => recall),
        );
      }),
    );
  });

  it('leave out rows without a class on either side', () => {
    const confusion = countConfusion([0, -1, 1], [0, 1, -1], 2);
    expect(Array.from(confusion)).toEqual([1, 0, 0, 0]);
  });
});

describe('the threshold curve', () => {
  it('counts what a look at every row counts', () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 0, max: 20 }), (rows, k) => {
        const threshold = k / 20;
        const of = (y: number) =>
          Float64Array.from(rows.flatMap(([truth, p]) => (truth === y ? [p] : []))).sort();
        const [point] = thresholdCurve(of(1), of(0), [threshold]);
        const predicted = rows.filter(([, p]) => p >= threshold);
        const correct = predicted.filter(([y]) => y === 1).length;
        const nPositive = rows.filter(([y]) => y === 1).length;
        const nRight = rows.filter(([y, p]) => p >= threshold === (y === 1)).length;
        expect(point).toEqual({
          threshold,
          accuracy: nRight / rows.length,
          sharePositive: predicted.length / rows.length,
          ...classScores(correct, predicted.length, nPositive),
        });
      }),
    );
  });
});

describe('probabilistic metrics', () => {
  it('are zero for certain and right probabilities', () => {
    expect(requireOk(probabilisticMetrics([1, 0, 1], [1, 0, 1]))).toMatchObject({
      brier: 0,
      ece: 0,
      mce: 0,
      nPositive: 2,
    });
  });

  it('count every row once, keep the largest gap above the mean gap, and stay within bounds', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const result = requireOk(
          probabilisticMetrics(
            rows.map(([y]) => y),
            rows.map(([, p]) => p),
          ),
        );
        expect(result.bins.reduce((sum, { n }) => sum + n, 0)).toBe(rows.length);
        expect(result.mce).toBeGreaterThanOrEqual(result.ece - 1e-12);
        expect(result.brier).toBeLessThanOrEqual(1);
        expect(result.logLoss).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('leave out what is no outcome, and refuse what is no probability', () => {
    expect(probabilisticMetrics([NaN, 2], [0.5, 0.5])).toEqual({
      status: 'undefined',
      reason: 'empty',
    });
    expect(() => probabilisticMetrics([1], [1.5])).toThrow(RangeError);
  });
});

describe('regression metrics', () => {
  it('move only the bias when every prediction moves, and never put RMSE below MAE', () => {
    const values = fc.array(
      fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })),
      { minLength: 2, maxLength: 80 },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: -50, max: 50 }), (rows, shift) => {
        const truth = rows.map(([t]) => t);
        const at = (by: number) =>
          requireOk(
            regressionMetrics(
              truth,
              rows.map(([, p]) => p + by),
            ),
          );
        expect(at(shift).bias - at(0).bias).toBeCloseTo(shift, 9);
        expect(at(0).rmse).toBeGreaterThanOrEqual(at(0).mae - 1e-12);
        expect(at(0).maxAe).toBeGreaterThanOrEqual(at(0).medianAe);
      }),
    );
  });
});

describe('intervals', () => {
  it('of a share hold it and shrink with more rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (count) => {
        const [low, high] = wilsonInterval({ count, n: 50 });
        const [closer, closest] = wilsonInterval({ count: count * 10, n: 500 });
        expect(closest - closer).toBeLessThan(high - low);
        expect(low).toBeLessThanOrEqual(count / 50 + 1e-15);
        expect(high).toBeGreaterThanOrEqual(count / 50 - 1e-15);
      }),
    );
  });

  it('of a mean do not lose their digits far from zero', () => {
    const near = [1, 2, 4];
    const far = near.map((value) => value + 1e9);
    const [low, high] = meanInterval(meanMoments(far)!)!;
    const [nearLow, nearHigh] = meanInterval(meanMoments(near)!)!;
    expect([low - 1e9, high - 1e9]).toEqual([
      expect.closeTo(nearLow, 6),
      expect.closeTo(nearHigh, 6),
    ]);
    expect(meanInterval(meanMoments([7])!)).toBeNull();
    expect(meanMoments([NaN, Infinity])).toBeNull();
  });

  it('of a quantile lie between order statistics, and are missing where there are too few', () => {
    const sorted = Array.from({ length: 1000 }, (_none, i) => i);
    expect(quantileInterval(sorted, 0.95)).toEqual([936, 964]);
    expect(quantileInterval(sorted.slice(0, 20), 0.95)).toBeNull();
  });
});
