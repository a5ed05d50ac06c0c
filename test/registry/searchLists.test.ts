import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelFilters, ModelSort } from '../../shared/registry/listChannels';
import { createTestModel, okValue, type TestModel } from '../support/testModel';
import { insertMany } from '../support/manyModels';

const ALL: ModelFilters = {
  owners: [],
  riskClasses: [],
  tags: [],
  hasOpenAlert: null,
  stage: null,
};
const BY_NAME: ModelSort = { key: 'name', direction: 'ascending' };

let model: TestModel;
let modelIds: readonly string[];
beforeAll(async () => {
  model = await createTestModel();
  await model.importDrifted();
  const session = model.core.context.vault.session()!;
  // 'Churn' with an open alert, and 'Model 0' to 'Model 299'; 'Model 0' has 250 versions.
  ({ modelIds } = insertMany(session, {
    nModels: 300,
    nVersions: 850,
    nOfFirst: 250,
    nColumns: 2,
  }));
});
afterAll(() => model.close());

async function models(text: string, part: Partial<ModelFilters> = {}, sort = BY_NAME, offset = 0) {
  const filters = { ...ALL, ...part };
  const input = { text, filters: mutable(filters), sort, offset, limit: 200 };
  const found = okValue<'registry.searchModels'>(await model.call('registry.searchModels', input));
  return { ...found, names: found.models.map(({ name }) => name) };
}

function mutable(filters: ModelFilters) {
  const { owners, riskClasses, tags } = filters;
  return { ...filters, owners: [...owners], riskClasses: [...riskClasses], tags: [...tags] };
}

async function choices(text: string, part: Partial<ModelFilters> = {}) {
  const input = { text, filters: mutable({ ...ALL, ...part }) };
  return okValue<'registry.modelChoices'>(await model.call('registry.modelChoices', input));
}

describe('registry.searchModels', () => {
  it('pages through all models in natural order, without a gap or a repetition', async () => {
    const first = await models('');
    const second = await models('', {}, BY_NAME, 200);
    const names = [...first.names, ...second.names];
    expect(first).toMatchObject({ nTotal: 301, nMatching: 301, nAlerting: 1 });
    expect(first).toMatchObject({ nMonitored: 1, nBatches: 1 });
    expect(names).toEqual(['Churn', ...Array.from({ length: 300 }, (_none, i) => `Model ${i}`)]);
    expect((await models('', {}, BY_NAME, 301)).names).toEqual([]);
  });

  it.each([
    ['a name', 'mODEL 29', 11],
    ['an owner beyond ASCII', 'ÅNGSTRÖM', 60],
    ['an owner with a decomposed letter', 'su\u0308d', 60],
    ['a purpose', 'NUMBER 17 FOR', 1],
    ['a tag that ends otherwise in capitals', 'STRASSE', 100],
    ['nothing', '   ', 301],
    ['a wildcard, which is a letter like any other', '%', 0],
    ['another wildcard', 'Model_1', 0],
  ])('finds by %s', async (_what, text, n) => {
    expect((await models(text)).nMatching).toBe(n);
  });

  it('takes every filter, alone and together', async () => {
    expect((await models('', { owners: ['Retail'] })).nMatching).toBe(60);
    expect((await models('', { owners: ['Retail', 'Pricing'] })).nMatching).toBe(120);
    expect((await models('', { riskClasses: ['notAssessed'] })).nMatching).toBe(76);
    expect((await models('', { tags: ['STRASSE', 'tag 0'] })).nMatching).toBe(3);
    expect((await models('', { hasOpenAlert: true })).names).toEqual(['Churn']);
    expect((await models('', { hasOpenAlert: false })).nMatching).toBe(300);
    expect((await models('', { stage: 'Production' })).nMatching).toBe(0);
    expect((await models('', { owners: ['Retail'], riskClasses: ['high'] })).nMatching).toBe(15);
  });

  it('sorts by figures, puts models without a batch last, and what asks for attention first', async () => {
    const top = async (key: ModelSort['key'], direction: ModelSort['direction']) =>
      (await models('', {}, { key, direction })).names[0];
    expect(await top('versions', 'descending')).toBe('Model 0');
    expect(await top('lastBatch', 'ascending')).toBe('Churn');
    expect(await top('lastBatch', 'descending')).toBe('Churn');
    expect(await top('attention', 'ascending')).toBe('Churn');
    expect(await top('owner', 'ascending')).toBe('Churn');
    expect(await top('name', 'descending')).toBe('Model 299');
  });

  it('shows the same facts of a model as its own page, also after a change', async () => {
    const { modelId } = model;
    const before = (await models('churn')).models[0]!;
    const outline = okValue<'registry.getModel'>(
      await model.call('registry.getModel', { modelId }),
    );
    expect(before).toEqual(outline.model);
    const { purpose, intendedUse } = before;
    const facts = { purpose, intendedUse, owner: 'Ωμέγα', riskClass: 'high' as const, tags: ['x'] };
    const change = { modelId, facts, reason: 'r', revision: 0 };
    const saved = okValue<'registry.updateModel'>(await model.call('registry.updateModel', change));
    expect((await models('ωΜΈΓΑ')).models).toEqual([saved]);
  });
});

describe('registry.modelChoices', () => {
  it('counts for each filter what the others leave', async () => {
    const found = await choices('model', { owners: ['Retail'] });
    expect(found.owners).toHaveLength(5);
    expect(found.owners).toContainEqual({ value: 'Retail', n: 60 });
    expect(found.riskClasses).toContainEqual({ value: 'high', n: 15 });
    expect(found.riskClasses).toContainEqual({ value: 'prohibited', n: 0 });
    expect(found.tags[0]).toEqual({ value: 'weekly', n: 40 });
    expect(found.nAlerting).toBe(0);
  });
});

async function versions(part: object) {
  const query = { modelId: modelIds[0]!, text: '', stage: null, alias: null, tag: null };
  const page = { hasReference: null, sort: 'newest' as const, offset: 0, limit: 200 };
  const input = { ...query, ...page, ...part };
  const found = okValue<'registry.searchVersions'>(
    await model.call('registry.searchVersions', input),
  );
  return { ...found, numbers: found.versions.map(({ version }) => version) };
}

describe('registry.searchVersions', () => {
  it('pages through the versions of a model, newest or oldest first', async () => {
    const down = Array.from({ length: 250 }, (_none, i) => 250 - i);
    const [first, second] = [await versions({}), await versions({ offset: 200 })];
    expect([...first.numbers, ...second.numbers]).toEqual(down);
    expect(first.nTotal).toBe(250);
    expect((await versions({ sort: 'oldest', limit: 3 })).numbers).toEqual([1, 2, 3]);
    expect((await versions({ sort: 'oldest', offset: 248 })).numbers).toEqual([249, 250]);
    expect((await versions({ offset: 250 })).numbers).toEqual([]);
  });

  it('tells of a version what a list shows, without its snapshot', async () => {
    expect((await versions({ text: 'v12' })).versions).toEqual([
      {
        id: expect.any(String) as string,
        modelId: modelIds[0],
        modelName: 'Model 0',
        version: 12,
        description: 'Trained in week 12 with größe 5',
        metrics: [0, 1, 2, 3, 4].map((i) => ({ name: `metric_${i}`, value: 1 / (i + 3) })),
        nMetrics: 8,
        stage: 'None',
        aliases: [],
        tags: ['run 2'],
        registeredAtUtc: '2026-01-02T03:04:05.000Z',
        registeredBy: 'Ada Analyst',
        hasReference: true,
      },
    ]);
  });

  it('finds by description, number and tag, whatever the letter case', async () => {
    expect((await versions({ text: 'GRÖSSE 5' })).nTotal).toBe(36);
    expect((await versions({ text: 'week 25 WITH' })).numbers).toEqual([25]);
    expect((await versions({ text: '7' })).numbers).toContain(7);
    expect((await versions({ text: 'RUN 3' })).nTotal).toBe(9);
    expect((await versions({ tag: 'RUN 3' })).nTotal).toBe(9);
    expect((await versions({ tag: 'run' })).nTotal).toBe(0);
    expect((await versions({ text: '_' })).nTotal).toBe(0);
  });

  it('takes filters for references and stages', async () => {
    expect((await versions({ hasReference: true })).nTotal).toBe(62);
    expect((await versions({ hasReference: false })).nTotal).toBe(188);
    expect((await versions({ stage: 'None' })).nTotal).toBe(250);
    expect((await versions({ stage: 'Production' })).nTotal).toBe(0);
    expect((await versions({ alias: 'champion' })).nTotal).toBe(0);
  });

  it('searches all models at once, also by their names', async () => {
    expect((await versions({ modelId: null })).nTotal).toBe(851);
    expect((await versions({ modelId: null, text: 'CHURN' })).numbers).toEqual([1]);
    expect((await versions({ modelId: null, text: 'Model 299' })).nTotal).toBe(3);
    expect((await versions({ modelId: null, hasReference: true })).nTotal).toBe(63);
  });

  it('follows tags and versions that come later', async () => {
    const { versionId, modelId } = model;
    const find = () => versions({ modelId, text: 'NÄCHSTE' });
    expect((await find()).nTotal).toBe(0);
    for (const [revision, tags] of [['nächste'], ['übernächste'], []].entries()) {
      const input = { versionId, tags, revision };
      okValue<'registry.setVersionTags'>(await model.call('registry.setVersionTags', input));
      expect((await find()).nTotal).toBe(tags.length);
    }
  });

  it('answers NOT_FOUND for a model that is not there', async () => {
    const modelId = '00000000-0000-4000-8000-000000000000';
    const query = { modelId, text: '', stage: null, alias: null, tag: null, hasReference: null };
    const page = { sort: 'newest' as const, offset: 0, limit: 10 };
    expect(await model.call('registry.searchVersions', { ...query, ...page })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});

describe('registry.versionChoices and registry.getModel', () => {
  it('counts stages and tags of one model', async () => {
    const input = { modelId: modelIds[0]! };
    const found = okValue<'registry.versionChoices'>(
      await model.call('registry.versionChoices', input),
    );
    expect(found.stages[0]).toEqual({ value: 'None', n: 250 });
    expect(found.tags[0]).toEqual({ value: 'run 3', n: 9 });
  });

  it('gives the newest version and those with a reference, not all of them', async () => {
    const input = { modelId: modelIds[0]! };
    const found = okValue<'registry.getModel'>(await model.call('registry.getModel', input));
    expect(found).toMatchObject({ live: null, newest: { version: 250 }, nReferences: 62 });
    expect(found.referenced).toHaveLength(50);
    expect(found.referenced[0]).toMatchObject({ version: 248, hasReference: true });
  });
});
