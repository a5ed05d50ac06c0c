import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustPValues, P_ADJUST_METHODS } from '../../shared/stats/adjustPValues';

const pValues = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 40 });

describe('adjustPValues', () => {
  it.each(P_ADJUST_METHODS)(
    '%s never lowers a p-value, keeps their order and changes nothing given',
    (method) => {
      fc.assert(
        fc.property(pValues, (given) => {
          const p = Object.freeze([...given]);
          const adjusted = adjustPValues(p, method);
          expect(adjusted.map((value) => value === null)).toEqual(p.map((value) => value === null));
          const pairs = p
            .flatMap((value, i) => (value === null ? [] : [[value, adjusted[i]!] as const]))
            .sort(([a], [b]) => a - b);
          expect(pairs.every(([raw, fixed]) => fixed >= raw * (1 - 1e-15) && fixed <= 1)).toBe(
            true,
          );
          expect(pairs.every(([, fixed], i) => i === 0 || fixed >= pairs[i - 1]![1])).toBe(true);
        }),
      );
    },
  );

  it('is strictest for Bonferroni, then Holm, then Benjamini-Hochberg', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const [bonferroni, holm, bh] = (['bonferroni', 'holm', 'bh'] as const).map((method) =>
          adjustPValues(p, method),
        );
        const slack = 1 + 1e-12;
        expect(p.every((_, i) => (holm![i] ?? 0) <= (bonferroni![i] ?? 0) * slack)).toBe(true);
        expect(p.every((_, i) => (bh![i] ?? 0) <= (holm![i] ?? 0) * slack)).toBe(true);
      }),
    );
  });

  it('does not let features without a test make the others look worse', () => {
    expect(adjustPValues([null, 0.04, null, 0.01], 'bh')).toEqual([null, 0.04, null, 0.02]);
    expect(adjustPValues([0.04, NaN], 'bonferroni')).toEqual([0.04, null]);
  });
});
