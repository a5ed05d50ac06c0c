import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';
import { tempFolder } from '../support/tempFolder';

let test: TestModel;
afterEach(() => test.close());

const N = 40;
const rows = Array.from({ length: N }, (_, i) => i);

function inspect(path: string) {
  return test.call('feature.inspectImport', { source: { token: test.token(path) } });
}

function jsonFile(value: unknown): string {
  const path = join(tempFolder(), 'registry.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const DUMP = {
  featureViews: [
    {
      spec: {
        name: 'customer_stats',
        owner: 'data@example.org',
        tags: { team: 'crm' },
        batchSource: { name: 'warehouse.customers' },
        features: [
          { name: 'income', valueType: 'DOUBLE', description: 'Per year' },
          { name: 'visits', valueType: 4 },
        ],
      },
    },
  ],
  onDemandFeatureViews: [
    { spec: { name: 'ratios', features: [{ name: 'share', valueType: 'FLOAT' }] } },
  ],
};

describe('features of a data file', () => {
  it('are its columns, with a proposal by name or values, and become what the person says', async () => {
    test = await createTestModel();
    const path = csvFile({
      amount: rows.map((i) => i * 1.5),
      contact: rows.map((i) => `person${i}@example.org`),
      diagnosis: rows.map((i) => (i % 2 === 0 ? 'A' : 'B')),
    });
    const staged = okValue<'feature.inspectImport'>(await inspect(path));
    expect(staged).toMatchObject({
      origin: 'table',
      features: [
        { name: 'amount', definition: { valueType: 'number' }, proposal: null, isKnown: false },
        {
          name: 'contact',
          proposal: {
            sensitivity: 'personal',
            reason: '100 % of its values look like e-mail addresses.',
          },
        },
        { name: 'diagnosis', proposal: { sensitivity: 'special' } },
      ],
    });
    expect(JSON.stringify(staged)).not.toContain('person1');
    const chosen = [
      { name: 'contact', sensitivity: 'personal' as const },
      { name: 'diagnosis', sensitivity: 'none' as const },
    ];
    const input = { stageId: staged.stageId, chosen, reason: 'Catalogue of May' };
    expect(okValue<'feature.import'>(await test.call('feature.import', input))).toEqual({
      nAdded: 2,
    });
    const found = okValue<'feature.search'>(
      await test.call('feature.search', { text: '', sensitivity: null, offset: 0, limit: 9 }),
    );
    expect(found.features).toMatchObject([
      { name: 'contact', sensitivity: 'personal', valueType: 'category' },
      { name: 'diagnosis', sensitivity: 'none' },
    ]);
    const again = okValue<'feature.inspectImport'>(await inspect(path));
    expect(again.features.map(({ isKnown }) => isKnown)).toEqual([false, true, true]);
    const known = { ...input, stageId: again.stageId };
    expect(await test.call('feature.import', known)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Nothing was added') },
    });
  });
});

describe('features of a Feast registry dump', () => {
  it('are named by view and feature, with what Feast says of them', async () => {
    test = await createTestModel();
    expect(okValue<'feature.inspectImport'>(await inspect(jsonFile(DUMP)))).toMatchObject({
      origin: 'feast',
      features: [
        {
          name: 'customer_stats:income',
          definition: {
            valueType: 'number',
            description: 'Per year',
            owner: 'data@example.org',
            source: 'warehouse.customers',
            columnNames: ['income'],
            tags: ['team'],
          },
          proposal: { sensitivity: 'personal' },
        },
        { name: 'customer_stats:visits', definition: { valueType: 'number' }, proposal: null },
        {
          name: 'ratios:share',
          definition: { transformation: expect.stringContaining('on demand') },
        },
      ],
      warnings: [],
    });
    const { onDemandFeatureViews: _left, featureViews: feature_views } = DUMP;
    expect(
      okValue<'feature.inspectImport'>(await inspect(jsonFile({ feature_views }))),
    ).toMatchObject({ features: [{ name: 'customer_stats:income' }, {}] });
  });

  it.each([
    ['no JSON', '{', 'no JSON'],
    ['JSON of another kind', { models: [] }, 'no "featureViews"'],
    ['a view without a name', { featureViews: [{ spec: {} }] }, '"featureViews.0.spec.name"'],
  ])('%s is refused with its place', async (_name, value, reason) => {
    test = await createTestModel();
    expect(await inspect(jsonFile(value))).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining(reason) },
    });
  });
});
