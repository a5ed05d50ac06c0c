import { assert, asyncProperty, double, integer, record } from 'fast-check';
import { expect, it } from 'vitest';
import type { Surrounding } from '../../electron/explanation/caseSurroundings';
import { searchCounterfactuals } from '../../electron/explanation/counterfactualSearch';

/** A number between 0 and 1 that may take 41 values. */
function number(feature: string, value: number): Surrounding {
  const candidates = Array.from({ length: 41 }, (_none, i) => i / 40);
  return {
    feature,
    type: 'number',
    value,
    usual: [0, 1],
    labels: [],
    sd: 0.3,
    isWhole: false,
    candidates,
  };
}

/** Searches for predictions of at least this much. */
function search(
  surroundings: readonly Surrounding[],
  model: (values: readonly number[]) => number,
  threshold: number,
  mutable = surroundings.map((_one, i) => i),
) {
  return searchCounterfactuals({
    surroundings,
    mutable,
    reaches: (prediction) => prediction >= threshold,
    nearness: (prediction) => prediction,
    predict: (cases) =>
      Promise.resolve(
        cases.map((changes) =>
          model(surroundings.map(({ value }, i) => Number(changes.get(i) ?? value))),
        ),
      ),
  });
}

it('changes two features where one is not enough, and no more than needed', async () => {
  const [found] = await search(
    [number('a', 0), number('b', 0), number('c', 0)],
    ([a = 0, b = 0]) => (a > 0.5 && b > 0.5 ? 1 : 0.1 * (a + b)),
    1,
  );
  expect(found!.changes.map(({ feature }) => feature)).toEqual(['a', 'b']);
});

it('goes on to a third feature, and takes back what is not needed', async () => {
  const [found] = await search(
    [number('a', 0), number('b', 0), number('c', 0), number('d', 0)],
    ([a = 0, b = 0, c = 0, d = 0]) => a + b + c + 0.01 * d,
    2.9,
  );
  expect(found!.changes.map(({ feature }) => feature).toSorted()).toEqual(['a', 'b', 'c']);
});

it('gives only changes that lead there, of features that may change, within what is usual', async () => {
  const unit = double({ min: 0, max: 1, noNaN: true });
  const weight = double({ min: -2, max: 2, noNaN: true });
  await assert(
    asyncProperty(
      record({ a: unit, b: unit, c: unit, wa: weight, wb: weight, wc: weight }),
      integer({ min: 0, max: 2 }),
      double({ min: 0.05, max: 1.5, noNaN: true }),
      async ({ a, b, c, wa, wb, wc }, fixed, step) => {
        const surroundings = [number('a', a), number('b', b), number('c', c)];
        const model = (values: readonly number[]) =>
          [wa, wb, wc].reduce((sum, one, i) => sum + one * values[i]!, 0);
        const threshold = model([a, b, c]) + step;
        const mutable = [0, 1, 2].filter((i) => i !== fixed);
        const found = await search(surroundings, model, threshold, mutable);
        for (const { changes, prediction } of found) {
          const values = surroundings.map(({ feature, value }) =>
            Number(changes.find((one) => one.feature === feature)?.to ?? value),
          );
          expect(prediction).toBe(model(values));
          expect(prediction).toBeGreaterThanOrEqual(threshold);
          expect(changes.every(({ feature }) => feature !== surroundings[fixed]!.feature)).toBe(
            true,
          );
          expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
        }
      },
    ),
  );
});
