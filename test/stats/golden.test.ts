import { describe, expect, it } from 'vitest';
import { betaCdf } from '../../shared/stats/betaCdf';
import {
  chiSquareSf,
  logGamma,
  normalQuantile,
  normalSf,
  tQuantile,
  tSf,
} from '../../shared/stats/distributions';
import type { GoldenCase, Tolerance } from './goldenCases';
import { differences, distributionGrid, goldenCases, isClose, keyPaths } from './goldenCases';
import { generate, generatorCheck } from './goldenGenerator';
import { compute } from './goldenAdapters';

const cases = goldenCases();
const covered = cases.filter((golden) => Object.hasOwn(compute, golden.fn));

function results(golden: GoldenCase): Record<string, unknown> {
  return compute[golden.fn]!(golden.input);
}

function tolerance(golden: GoldenCase, key: string): Tolerance {
  return golden.tol?.[key] ?? golden.tol?.['*'] ?? { rel: 1e-9 };
}

describe('the golden generator', () => {
  const specs = cases.flatMap((golden) =>
    Object.entries(golden.input).flatMap(([name, input]) => {
      const check = generatorCheck(input);
      return check === null ? [] : [{ id: `${golden.id} ${name}`, input, check }];
    }),
  );

  it('makes every generated sample of the file', () => expect(specs.length).toBe(94));

  it.each(specs)('makes the sample of $id', ({ input, check }) => {
    const sample = generate(input);
    const present = sample.filter((value) => !Number.isNaN(value));
    expect({
      first: Array.from(sample.slice(0, check.first.length)),
      last: sample.at(-1),
      min: present.reduce((least, value) => Math.min(least, value), Infinity),
      max: present.reduce((most, value) => Math.max(most, value), -Infinity),
      n_missing: sample.length - present.length,
    }).toEqual(check);
  });
});

describe('the golden numbers', () => {
  it.each(covered)('agree on $id', (golden) => {
    const actual = results(golden);
    const found = Object.keys(golden.expected)
      .filter((key) => Object.hasOwn(actual, key))
      .flatMap((key) =>
        differences(actual[key], golden.expected[key], tolerance(golden, key), key),
      );
    expect(found).toEqual([]);
  });

  it('cover these functions, with this many cases each', () => {
    expect(countByFunction(covered)).toEqual({
      categorical: 16,
      classification: 9,
      fisher_exact: 10,
      ks2: 35,
      mann_whitney: 14,
      missing_rate: 5,
      p_adjust: 9,
      probabilistic: 7,
      psi: 15,
      quantile: 9,
      regression: 8,
      roc_auc: 14,
      seq_asymp_cs: 3,
      seq_asymp_cs_rho: 2,
      seq_bernoulli_mixture: 3,
      seq_group_bounds: 14,
      seq_msprt_look: 4,
      seq_msprt_path: 1,
      seq_msprt_proportions: 3,
      seq_spending_bounds: 8,
      seq_srm: 3,
      seq_wald_sprt: 2,
      two_proportions: 11,
      wasserstein1: 15,
      welch_t: 14,
    });
  });

  it('cover every function of the file', () => {
    expect(cases.filter((golden) => !Object.hasOwn(compute, golden.fn))).toEqual([]);
  });

  it('leave only these expected keys uncompared', () => {
    const missing = new Set(
      covered.flatMap((golden) => {
        const actual = new Set(keyPaths(results(golden)));
        return keyPaths(golden.expected)
          .filter((path) => !actual.has(path))
          .map((path) => `${golden.fn}: ${path}`);
      }),
    );
    expect([...missing].sort()).toEqual(NOT_COMPARED);
  });
});

const NOT_COMPARED = [
  'categorical: js_distance_base_e',
  'ks2: p_kolmogorov_limit',
  'missing_rate: test.reason',
  'two_proportions: reason',
];

function countByFunction(list: readonly GoldenCase[]): Record<string, number> {
  const byFunction: Record<string, number> = {};
  for (const { fn } of list) byFunction[fn] = (byFunction[fn] ?? 0) + 1;
  return byFunction;
}

describe('the golden distribution grid', () => {
  const grid = distributionGrid();
  const compared: Readonly<
    Record<string, { f: (row: readonly number[]) => number; tol: Tolerance }>
  > = {
    t_sf: { f: ([df, t]) => tSf(t!, df!), tol: { rel: 1e-12, abs: 1e-307 } },
    chi2_sf: { f: ([df, x]) => chiSquareSf(x!, df!), tol: { rel: 1e-12 } },
    norm_sf: { f: ([z]) => normalSf(z!), tol: { rel: 1e-12 } },
    norm_ppf: { f: ([p]) => normalQuantile(p!), tol: { rel: 1e-13, abs: 1e-15 } },
    t_ppf: { f: ([df, p]) => tQuantile(p!, df!), tol: { rel: 1e-12 } },
    beta_cdf: { f: ([a, b, x]) => betaCdf(x!, a!, b!), tol: { rel: 1e-12 } },
    lgamma: { f: ([x]) => logGamma(x!), tol: { rel: 1e-14 } },
  };

  it('has 253 rows, all of them compared below', () => {
    expect(Object.keys(grid).sort()).toEqual(Object.keys(compared).sort());
    expect(Object.values(grid).flat().length).toBe(253);
  });

  it.each(Object.keys(grid))('agrees on every row of %s', (name) => {
    const { f, tol } = compared[name]!;
    const misses = grid[name]!.filter((row) => !isClose(f(row), row.at(-1)!, tol));
    expect(misses.map((row) => [...row, f(row)])).toEqual([]);
  });
});
