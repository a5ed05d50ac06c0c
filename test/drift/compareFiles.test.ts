import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestCore, type TestCore } from '../support/testCore';
import { colours, csvFile, evenly, okValue } from '../support/testModel';

let core: TestCore;
beforeAll(async () => {
  core = await createTestCore({ hasWorkspace: false });
});
afterAll(() => core.close());

type Columns = Parameters<typeof csvFile>[0];

async function compare(reference: Columns, live: Columns) {
  const answer = await core.call('drift.compareFiles', {
    reference: { token: core.token(csvFile(reference)) },
    live: { token: core.token(csvFile(live)) },
  });
  const { features } = okValue<'drift.compareFiles'>(answer);
  return new Map(features.map((feature) => [feature.name, feature]));
}

describe('drift.compareFiles', () => {
  it('does not assess a column that is constant and equal on both sides', async () => {
    const constant = Array<number>(512).fill(7);
    const features = await compare({ x: constant, y: evenly(0) }, { x: constant, y: evenly(0) });
    expect(features.get('x')).toMatchObject({
      verdict: 'notAssessed',
      reason: expect.stringContaining('Constant'),
    });
    expect(features.get('y')).toMatchObject({ verdict: 'stable' });
  });

  it('finds that a constant reference was left, although its spread is 0', async () => {
    const constant = Array<number>(512).fill(0);
    const half = constant.map((_zero, i) => (i < 256 ? 0 : i));
    expect((await compare({ x: constant }, { x: half })).get('x')).toMatchObject({
      verdict: 'drifted',
      ks: { d: 0.5, atValue: 0 },
      wasserstein: { normalised: null },
    });
  });

  it('counts a new category and one that vanished, with names in any script', async () => {
    const reference = { Größe: colours(0.5).map((colour) => (colour === 'red' ? 'grün' : '日本')) };
    const live = { Größe: colours(0.5).map((colour) => (colour === 'red' ? 'grün' : 'é')) };
    expect((await compare(reference, live)).get('Größe')).toMatchObject({
      verdict: 'drifted',
      nNewCategories: 1,
      nVanishedCategories: 1,
      totalVariation: 0.5,
    });
  });

  it('takes no identifier for a feature', async () => {
    const ids = evenly(0).map((_value, i) => `customer-${i}`);
    const features = await compare({ id: ids, x: evenly(0) }, { id: ids, x: evenly(0) });
    expect([...features.keys()]).toEqual(['x']);
  });

  it('compares 1,000 columns', async () => {
    const wide = Object.fromEntries(
      Array.from({ length: 1000 }, (_none, i) => [`c${i}`, evenly(i / 1e4, 64)]),
    );
    const features = await compare(wide, wide);
    expect(features.size).toBe(1000);
    expect(new Set([...features.values()].map(({ verdict }) => verdict))).toEqual(
      new Set(['stable']),
    );
  });
});
