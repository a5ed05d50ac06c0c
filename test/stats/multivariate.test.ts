import { describe, expect, it } from 'vitest';
import { domainClassifier } from '../../shared/stats/domainClassifier';
import {
  crossMoments,
  principalComponents,
  reconstructionErrors,
  withoutPart,
} from '../../shared/stats/principalComponents';
import { mulberry32, seededOrder, seededSample } from '../../shared/stats/seededSample';
import { symmetricEigen } from '../../shared/stats/symmetricEigen';
import golden from '../golden/depth/multivariate.json';

/** As `table` in test/golden/depth/multivariate.py. */
function table(seed: number, n: number, d: number, mix: number): Float64Array {
  const random = mulberry32(seed);
  const rows = Float64Array.from({ length: n * d }, () => random() - 0.5);
  for (let row = 0; row < n; row++)
    for (let j = 1; j < d; j++)
      rows[row * d + j] = mix * rows[row * d + j - 1]! + (1 - mix) * rows[row * d + j]!;
  return rows;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('principal components', () => {
  it.each(golden.reconstruction)(
    'reproduce rows as scikit-learn does, $d columns from seed $seed',
    ({ seed, n, d, mix, liveMix, components, shareExplained, referenceError, liveError }) => {
      const reference = table(seed, n, d, mix);
      const model = principalComponents(crossMoments(reference, d), 0.65);
      expect(model.loadings.length / d).toBe(components);
      expect(model.shareExplained).toBeCloseTo(shareExplained, 10);
      expect(mean(reconstructionErrors(reference, model))).toBeCloseTo(referenceError, 9);
      const live = table(seed + 1, Math.floor(n / 2), d, liveMix);
      expect(mean(reconstructionErrors(live, model))).toBeCloseTo(liveError, 9);
    },
  );

  it('have the eigenvalues that numpy finds, and vectors that reproduce the matrix', () => {
    for (const { seed, n, d, mix, eigenvalues } of golden.reconstruction) {
      const { products, sums, n: rows } = crossMoments(table(seed, n, d, mix), d);
      const covariance = products.map(
        (sum, at) => sum / rows - (sums[Math.floor(at / d)]! * sums[at % d]!) / rows ** 2,
      );
      const correlation = covariance.map(
        (value, at) =>
          value /
          Math.sqrt(covariance[Math.floor(at / d) * (d + 1)]! * covariance[(at % d) * (d + 1)]!),
      );
      const { values, vectors } = symmetricEigen(correlation, d);
      for (const [k, value] of eigenvalues.entries()) expect(values[k]).toBeCloseTo(value, 10);
      const again = correlation.map((_value, at) =>
        values.reduce(
          (sum, value, k) =>
            sum + value * vectors[k * d + Math.floor(at / d)]! * vectors[k * d + (at % d)]!,
          0,
        ),
      );
      for (const [at, value] of correlation.entries()) expect(again[at]).toBeCloseTo(value, 10);
    }
  });

  it('of all rows but some are those of the others', () => {
    const rows = table(3, 60, 3, 0.5);
    const whole = crossMoments(rows, 3);
    const isIn = (row: number) => row < 20;
    const rest = withoutPart(whole, crossMoments(rows, 3, isIn));
    const direct = crossMoments(rows.slice(60), 3);
    expect(rest.n).toBe(direct.n);
    for (const [i, sum] of direct.products.entries()) expect(rest.products[i]).toBeCloseTo(sum, 12);
  });

  it('reproduce everything when they are as many as the columns', () => {
    const rows = table(9, 50, 4, 0.4);
    const model = principalComponents(crossMoments(rows, 4), 1);
    expect(Math.max(...reconstructionErrors(rows, model))).toBeLessThan(1e-12);
  });
});

describe('domainClassifier', () => {
  it.each(golden.domain)(
    'has the AUC that numpy finds by the same folds, and nearly that of logistic regression: shift $shift',
    ({ seed, n, d, shift, auc, logisticAuc }) => {
      const reference = table(seed, n, d, 0.3);
      const live = table(seed + 1, n, d, 0.3).map((value) => value + shift);
      const rows = new Float64Array(2 * n * d);
      rows.set(reference);
      rows.set(live, n * d);
      const isLive = Uint8Array.from({ length: 2 * n }, (_none, row) => Number(row >= n));
      const found = domainClassifier(rows, d, isLive, 7);
      if (found.status !== 'ok') throw new Error('no result');
      expect(found.auc).toBeCloseTo(auc, 9);
      expect(Math.abs(found.auc - logisticAuc)).toBeLessThan(0.03);
    },
  );
});

describe('seededSample', () => {
  it('draws each row as often as any other, ascending, and all when they are enough', () => {
    expect([...seededSample(5, 9, 1)]).toEqual([0, 1, 2, 3, 4]);
    const drawn = new Float64Array(20);
    for (let seed = 0; seed < 2000; seed++)
      for (const row of seededSample(20, 5, seed)) drawn[row]! += 1;
    // 500 expected each, standard deviation 19.4.
    for (const count of drawn) expect(Math.abs(count - 500)).toBeLessThan(80);
    const some = seededSample(1000, 50, 4);
    expect([...some]).toEqual([...new Set(some)].sort((a, b) => a - b));
    expect(some).toHaveLength(50);
  });

  it('puts the numbers in an order that only the seed decides', () => {
    expect([...seededOrder(40, 3)].sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
    expect(seededOrder(40, 3)).toEqual(seededOrder(40, 3));
    expect(seededOrder(40, 3)).not.toEqual(seededOrder(40, 4));
  });
});
