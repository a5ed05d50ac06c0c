import { array, assert, constant, double, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelShap, sampleCoalitions } from '../../shared/stats/kernelShap';
import { mulberry32 } from '../../shared/stats/seededSample';
import { shapleyValues } from '../../shared/stats/shapleyValues';
import { addTreeShapley, treeAnswer, type DecisionTree } from '../../shared/stats/treeShapley';
import { weightedRidge } from '../../shared/stats/weightedRidge';

const worth = double({ min: -100, max: 100, noNaN: true });
const game = integer({ min: 1, max: 6 }).chain((n) =>
  tuple(constant(n), array(worth, { minLength: 2 ** n, maxLength: 2 ** n })),
);

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

/** Every order of joining, by hand. */
function overOrders(values: readonly number[], n: number): number[] {
  const shares = Array.from({ length: n }, () => 0);
  const walk = (coalition: number, weight: number): void => {
    const left = Array.from({ length: n }, (_none, i) => i).filter((i) => !(coalition & (1 << i)));
    for (const player of left) {
      const next = coalition | (1 << player);
      shares[player]! += (weight / left.length) * (values[next]! - values[coalition]!);
      walk(next, weight / left.length);
    }
  };
  walk(0, 1);
  return shares;
}

describe('Shapley values by enumeration', () => {
  it('divide the glove game as by hand', () => {
    // One left glove (player 0) and two right ones: only a pair is worth 1.
    const values = [0, 0, 0, 1, 0, 1, 0, 1];
    const shares = [...shapleyValues(values, 3)];
    expect(shares.map((share) => share.toFixed(12))).toEqual(
      [4 / 6, 1 / 6, 1 / 6].map((share) => share.toFixed(12)),
    );
  });

  it('are the mean over all orders of joining, and add up', () => {
    assert(
      property(game, ([n, values]) => {
        const shares = [...shapleyValues(values, n)];
        for (const [i, share] of overOrders(values, n).entries())
          expect(shares[i]).toBeCloseTo(share, 9);
        expect(sum(shares)).toBeCloseTo(values.at(-1)! - values[0]!, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('give nothing to a player who changes nothing, and the same to two who are alike', () => {
    assert(
      property(array(worth, { minLength: 5, maxLength: 5 }), ([a, b, c, d, e]) => {
        // Player 2 is a dummy; players 0 and 1 are alike.
        const ofTwo = [a!, b!, b!, c!];
        const dummy = shapleyValues([...ofTwo, ...ofTwo], 3);
        expect(dummy[2]).toBeCloseTo(0, 9);
        expect(dummy[0]).toBeCloseTo(dummy[1]!, 9);
        const alike = shapleyValues([a!, b!, b!, c!, d!, e!, e!, a!], 3);
        expect(alike[0]).toBeCloseTo(alike[1]!, 9);
      }),
      { numRuns: 60 },
    );
  });
});

describe('Kernel SHAP', () => {
  it('is exact for a sum of parts, with no error', () => {
    const n = 13;
    const parts = Array.from({ length: n }, (_none, i) => (i - 4) * 1.5);
    const masks = sampleCoalitions(n, 64, 3);
    const worths = Array.from({ length: 128 }, (_none, row) =>
      sum(parts.map((part, i) => part * masks[row * n + i]!)),
    );
    const { values, standardErrors } = kernelShap(masks, worths, { n, none: 0, all: sum(parts) });
    for (const [i, part] of parts.entries()) expect(values[i]).toBeCloseTo(part, 9);
    expect(Math.max(...standardErrors)).toBeLessThan(1e-9);
  });

  it('is near the enumeration of a game whose players act on each other, within a few of its errors', () => {
    const n = 8;
    const random = mulberry32(11);
    const values = Array.from({ length: 2 ** n }, () => random() * 4);
    const exact = shapleyValues(values, n);
    const masks = sampleCoalitions(n, 4000, 5);
    const worths = Array.from({ length: 8000 }, (_none, row) => {
      let coalition = 0;
      for (let i = 0; i < n; i++) coalition |= masks[row * n + i]! << i;
      return values[coalition]!;
    });
    const answer = kernelShap(masks, worths, { n, none: values[0]!, all: values.at(-1)! });
    expect(sum(answer.values)).toBeCloseTo(values.at(-1)! - values[0]!, 9);
    for (const [i, share] of exact.entries()) {
      expect(answer.standardErrors[i]).toBeGreaterThan(0);
      expect(Math.abs(answer.values[i]! - share)).toBeLessThan(4 * answer.standardErrors[i]!);
    }
  });

  it('draws each coalition with its complement, neither empty nor whole, the same for the same seed', () => {
    const n = 5;
    const masks = sampleCoalitions(n, 50, 9);
    for (let pair = 0; pair < 50; pair++) {
      const [one, other] = [0, 1].map((side) =>
        masks.slice((2 * pair + side) * n, (2 * pair + side + 1) * n),
      );
      expect([...one!].map((takesPart, i) => takesPart + other![i]!)).toEqual([1, 1, 1, 1, 1]);
      expect(sum(one!)).toBeGreaterThan(0);
      expect(sum(other!)).toBeGreaterThan(0);
    }
    expect(sampleCoalitions(n, 50, 9)).toEqual(masks);
    expect(sampleCoalitions(n, 50, 10)).not.toEqual(masks);
  });
});

/** A whole tree of three levels over four features, filled by a seed. */
function randomTree(seed: number): DecisionTree {
  const random = mulberry32(seed);
  const nodes = Array.from({ length: 15 }, (_none, i) => i);
  return {
    mode: 'leq',
    feature: Int32Array.from(nodes, (i) => (i < 7 ? Math.floor(random() * 4) : -1)),
    threshold: Float64Array.from(nodes, () => random()),
    yes: Int32Array.from(nodes, (i) => (i < 7 ? 2 * i + 1 : -1)),
    no: Int32Array.from(nodes, (i) => (i < 7 ? 2 * i + 2 : -1)),
    value: Float64Array.from(nodes, () => random() * 10 - 5),
  };
}

describe('Tree SHAP', () => {
  it('is the enumeration over all coalitions, also where a path asks for a feature twice', () => {
    assert(
      property(integer({ min: 0, max: 1e6 }), (seed) => {
        const tree = randomTree(seed);
        const random = mulberry32(seed + 1);
        const [row, base] = [0, 1].map(() => Array.from({ length: 4 }, () => random()));
        const values = Array.from({ length: 16 }, (_none, coalition) =>
          treeAnswer(
            tree,
            row!.map((value, i) => ((coalition >> i) & 1 ? value : base![i]!)),
          ),
        );
        const found = new Float64Array(4);
        addTreeShapley(tree, row!, base!, found);
        for (const [i, share] of shapleyValues(values, 4).entries())
          expect(found[i]).toBeCloseTo(share, 9);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a weighted ridge regression', () => {
  it('finds a line again, whatever the weights, and explains all of it', () => {
    const rows = Float64Array.from([0, 1, 1, 0, 2, 2, 3, 1, 1, 4]);
    const answers = Float64Array.from(
      [0, 1, 2, 3, 4],
      (i) => 3 + 2 * rows[2 * i]! - rows[2 * i + 1]!,
    );
    const fit = weightedRidge(rows, answers, Float64Array.from([1, 2, 0.5, 4, 1]), 1e-9);
    expect([fit.intercept, ...fit.coefficients].map((value) => value.toFixed(6))).toEqual([
      '3.000000',
      '2.000000',
      '-1.000000',
    ]);
    expect(fit.r2).toBeCloseTo(1, 9);
  });

  it('shrinks one column by hand: cross product over cross product plus ridge', () => {
    // Weights 1, 1, 2; means 1.25 of x and 2 of y. Sxx = 1.5625 + 0.0625 + 2 (0.5625) = 2.75, Sxy = 2.5 + 0 + 1.5.
    const x = Float64Array.from([0, 1, 2]);
    const y = Float64Array.from([0, 2, 3]);
    const weights = Float64Array.from([1, 1, 2]);
    const [sxx, sxy] = [2.75, 1.25 * 2 + 0.25 * 0 + 2 * 0.75 * 1];
    const fit = weightedRidge(x, y, weights, 0.25);
    expect(fit.coefficients[0]).toBeCloseTo(sxy / (sxx + 0.25), 12);
    expect(fit.intercept).toBeCloseTo(2 - (sxy / 3) * 1.25, 12);
  });

  it('says nothing of variance where the answers do not vary', () => {
    const fit = weightedRidge(
      Float64Array.from([1, 2]),
      Float64Array.from([5, 5]),
      Float64Array.from([1, 1]),
      1,
    );
    expect(fit).toEqual({ intercept: 5, coefficients: Float64Array.from([0]), r2: null });
  });
});
