import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCorrelation, strictest } from '../../shared/stats/rankCorrelation';

interface RankCase {
  readonly name: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly rho: number;
  readonly p_student: number;
  readonly p_exact: number | null;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../golden/rank/rank.json', import.meta.url), 'utf8'),
) as { cases: readonly RankCase[] }; // rank.py wrote it

const tenths = fc.integer({ min: -50, max: 50 }).map((v) => v / 10);
const pairs = fc.array(fc.tuple(tenths, tenths), { minLength: 3, maxLength: 30 });

/** What a correlation is with one side turned round. */
function turnedRound(found: ReturnType<typeof rankCorrelation>) {
  if (found.status !== 'ok') return found;
  const { rho, pValue, interval } = found;
  const near = (value: number) => expect.closeTo(value, 10) as number; // a matcher stands for the number
  return {
    ...found,
    rho: near(-rho),
    pValue: near(pValue),
    interval: interval?.toReversed().map((end) => near(-end)) ?? null,
  };
}

describe('the rank correlation', () => {
  it.each(cases)('agrees with SciPy and with counting every order: $name', (golden) => {
    const found = rankCorrelation(golden.a, golden.b);
    if (found.status !== 'ok') throw new Error(found.reason);
    expect(found.rho).toBeCloseTo(golden.rho, 12);
    expect(found.method).toBe(golden.p_exact === null ? 'approximate' : 'exact');
    const expected = golden.p_exact ?? Math.max(golden.p_student, strictest(found.n));
    expect(Math.abs(found.pValue - expected)).toBeLessThan(1e-9 * expected + 1e-15);
  });

  it('sees only the order, and turns its sign when one side is turned', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [a, b] = [list.map(([x]) => x), list.map(([, y]) => y)];
        const found = rankCorrelation(a, b);
        const bent = rankCorrelation(a.map(Math.exp), b);
        const turned = rankCorrelation(
          a.map((x) => -x),
          b,
        );
        expect(bent).toEqual(found);
        expect(turned).toEqual(turnedRound(found));
      }),
    );
  });

  it('can tell no order of four from chance at 5 %, and gives no interval for so few', () => {
    expect(rankCorrelation([1, 2, 3, 4], [1, 2, 3, 4])).toEqual({
      status: 'ok',
      n: 4,
      rho: 1,
      pValue: 2 / 24,
      method: 'exact',
      interval: null,
    });
    expect([4, 5].map(strictest)).toEqual([2 / 24, 2 / 120]);
  });

  it('has the interval of Bonett and Wright from ten pairs on', () => {
    const a = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const found = rankCorrelation(a, [2, 1, 4, 3, 6, 5, 8, 7, 10, 9]);
    // By hand: 6 * sum of d^2 = 60, rho = 1 - 60 / 990; atanh(rho) = 1.732868, se = sqrt((1 + rho^2 / 2) / 7).
    if (found.status !== 'ok') throw new Error(found.reason);
    const rho = 1 - 60 / 990;
    const half = 1.959963984540054 * Math.sqrt((1 + rho ** 2 / 2) / 7);
    expect(found.rho).toBeCloseTo(rho, 12);
    expect(found.interval?.map((end) => Math.atanh(end))).toEqual([
      expect.closeTo(Math.atanh(rho) - half, 10),
      expect.closeTo(Math.atanh(rho) + half, 10),
    ]);
  });

  it('gives no number where one side does not vary', () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toEqual({
      status: 'undefined',
      reason: 'one category',
    });
    expect(rankCorrelation([1], [2])).toEqual({ status: 'undefined', reason: 'n<2' });
  });
});
