import { assert, integer, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareRatioInterval, sliceShares } from '../../shared/card/sliceShares';
import { twoProportionTest } from '../../shared/stats/twoProportionTest';

function table(groups: readonly { group: string; count: number; n: number }[]) {
  return {
    id: 't',
    metric: 'Selection rate',
    attribute: 'Age',
    referenceGroup: 'old',
    source: '',
    groups,
  };
}

const estimate = tuple(integer({ min: 1, max: 5000 }), nat()).map(([n, k]) => ({
  n,
  count: k % (n + 1),
}));

function estimated({ count, n }: { count: number; n: number }) {
  const test = twoProportionTest({ count, n }, { count, n });
  if (test.status !== 'ok') throw new Error('no rows');
  return { share: test.liveShare, interval: test.liveInterval };
}

describe('the ratio of two shares', () => {
  it('has an interval that holds the ratio, and the reciprocal one when the groups are swapped', () => {
    assert(
      property(estimate, estimate, (a, b) => {
        const [low, high] = shareRatioInterval(estimated(a), estimated(b));
        const [backLow, backHigh] = shareRatioInterval(estimated(b), estimated(a));
        const ratio = (a.count * b.n) / (a.n * b.count);
        // Nothing over nothing is no ratio; infinity times 0 neither.
        const isInside = Number.isNaN(ratio) || (low <= ratio && ratio <= high);
        const isReciprocal = low === 0 || Math.abs(low * backHigh - 1) < 1e-9;
        expect([isInside, isReciprocal]).toEqual([true, true]);
        expect(backHigh === Number.POSITIVE_INFINITY).toBe(low === 0);
        expect(high === Number.POSITIVE_INFINITY).toBe(backLow === 0);
      }),
    );
  });

  it('comes close to the logarithmic interval when there are many rows', () => {
    const [a, b] = [
      { count: 30_000, n: 100_000 },
      { count: 40_000, n: 100_000 },
    ];
    const error = Math.sqrt(1 / a.count - 1 / a.n + 1 / b.count - 1 / b.n);
    const ratio = a.count / b.count;
    const [low, high] = shareRatioInterval(estimated(a), estimated(b));
    expect(low).toBeCloseTo(ratio * Math.exp(-1.959964 * error), 4);
    expect(high).toBeCloseTo(ratio * Math.exp(1.959964 * error), 4);
  });
});

describe('a table of shares per group', () => {
  it('says of each group whether its ratio is inside the band, outside, or not to be told', () => {
    const shares = sliceShares(
      table([
        { group: 'old', count: 500, n: 1000 },
        { group: 'same', count: 495, n: 1000 },
        { group: 'half', count: 250, n: 1000 },
        { group: 'few', count: 4, n: 10 },
        { group: 'none', count: 0, n: 0 },
      ]),
    );
    expect(shares.map(({ group, verdict }) => [group, verdict])).toEqual([
      ['old', 'reference'],
      ['same', 'within'],
      ['half', 'outside'],
      ['few', 'tooFew'],
      ['none', 'tooFew'],
    ]);
    expect(shares[2]).toMatchObject({ share: 0.25, ratio: 0.5 });
    expect(shares[4]).toMatchObject({ share: null, ratio: null, ratioInterval: null });
  });

  it('gives Wilson intervals and no ratio without a reference group', () => {
    const [only] = sliceShares({
      ...table([{ group: 'a', count: 81, n: 263 }]),
      referenceGroup: 'missing',
    });
    // Newcombe (1998), two-sided intervals for the single proportion, method 3: 81 of 263.
    expect(only!.interval![0]).toBeCloseTo(0.2553, 4);
    expect(only!.interval![1]).toBeCloseTo(0.3662, 4);
    expect(only).toMatchObject({ ratio: null, verdict: 'tooFew' });
  });
});
