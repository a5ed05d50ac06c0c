import { availableParallelism, cpus } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelFilters } from '../../shared/registry/listChannels';
import { createTestCore, type TestCore } from '../support/testCore';
import { insertMany } from '../support/manyModels';

const RUNS = 12;
const N_MODELS = 10_000;
const N_VERSIONS = 100_000;
const N_OF_FIRST = 10_000;

let test: TestCore;
let modelIds: readonly string[];
beforeAll(async () => {
  console.log(`${process.version}, ${cpus()[0]?.model}, ${availableParallelism()} cores`);
  test = await createTestCore();
  const start = performance.now();
  const many = { nModels: N_MODELS, nVersions: N_VERSIONS, nOfFirst: N_OF_FIRST };
  ({ modelIds } = insertMany(test.core.context.vault.session()!, many));
  console.log(`filled in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}, 600_000);
afterAll(() => test.close());

const ALL: ModelFilters = {
  owners: [],
  riskClasses: [],
  tags: [],
  hasOpenAlert: null,
  stage: null,
};

let nRefused = 0;

async function measure(what: string, act: () => Promise<{ readonly ok: boolean }>): Promise<void> {
  const timesMs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const { ok } = await act();
    timesMs.push(performance.now() - start);
    if (!ok) nRefused += 1;
  }
  const sorted = timesMs.slice(1).toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? NaN).toFixed(1);
  console.log(
    `${what}: first ${timesMs[0]?.toFixed(1)} ms, then median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
  );
}

/** An event, so that nothing that was kept is used. */
function touch(): void {
  test.core.context.vault.session()!.write('bench.touched', 'x', {}, () => null);
}

describe('lists of the registry', () => {
  it('prints what one page of models takes', { timeout: 600_000 }, async () => {
    const search = (text: string, part: Partial<ModelFilters> = {}, key = 'name' as const) =>
      test.call('registry.searchModels', {
        text,
        filters: { ...ALL, ...part },
        sort: { key, direction: 'ascending' },
        offset: 0,
        limit: 100,
      });
    await measure('searchModels, all', () => search(''));
    await measure('searchModels, all, after a write', () => {
      touch();
      return search('');
    });
    await measure('searchModels, text "STRASSE"', () => search('STRASSE'));
    await measure('searchModels, text "straße", after a write', () => {
      touch();
      return search('straße');
    });
    await measure('searchModels, owner, risk and tag', () =>
      search('', { owners: ['Retail'], riskClasses: ['high'], tags: ['weekly'] }),
    );
    await measure('searchModels, by owner', () => search('', {}, 'owner' as 'name'));
    await measure('modelChoices', () =>
      test.call('registry.modelChoices', { text: '', filters: ALL }),
    );
    await measure('modelChoices, after a write', () => {
      touch();
      return test.call('registry.modelChoices', { text: 'week', filters: ALL });
    });
    await measure('searchModels, by attention', () => search('', {}, 'attention' as 'name'));
    expect(nRefused).toBe(0);
  });

  it.each([
    ['a model of 10 versions', 1],
    ['a model of 10,000 versions', 0],
    ['all models', null],
  ] as const)(
    'prints what one page of versions takes: %s',
    { timeout: 600_000 },
    async (what, i) => {
      const modelId = i === null ? null : modelIds[i]!;
      const query = { modelId, text: '', stage: null, alias: null, tag: null, hasReference: null };
      const page = { sort: 'newest' as const, offset: 0, limit: 100 };
      const search = (part: object) =>
        test.call('registry.searchVersions', { ...query, ...page, ...part });
      await measure(`searchVersions of ${what}`, () => search({}));
      await measure(`searchVersions of ${what}, in the middle`, () => search({ offset: 5000 }));
      await measure(`searchVersions of ${what}, stage None`, () => search({ stage: 'None' }));
      await measure(`searchVersions of ${what}, with a reference`, () =>
        search({ hasReference: true }),
      );
      await measure(`searchVersions of ${what}, text "GRÖSSE 3"`, () =>
        search({ text: 'GRÖSSE 3' }),
      );
      await measure(`searchVersions of ${what}, tag, after a write`, () => {
        touch();
        return search({ tag: 'RUN 3' });
      });
      expect(nRefused).toBe(0);
      if (modelId === null) return;
      await measure(`versionChoices of ${what}`, () =>
        test.call('registry.versionChoices', { modelId }),
      );
      await measure(`getModel of ${what}`, () => test.call('registry.getModel', { modelId }));
    },
  );
});
