import { afterEach, describe, expect, it } from 'vitest';
import type { FeaturePage } from '../../shared/feature/channels';
import { EMPTY_DEFINITION, type Feature } from '../../shared/feature/feature';
import { createTestModel, okValue, SIGNING, type TestModel } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';

let test: TestModel;
afterEach(() => test.close());

const SIZE = {
  ...EMPTY_DEFINITION,
  valueType: 'number',
  description: 'Size of the item',
  owner: 'Warehouse',
  sensitivity: 'none',
  tags: ['Maße'],
} as const;

async function define(name: string, definition: Feature['revisions'][0]['definition'] = SIZE) {
  const input = { name, definition, reason: 'First entry' };
  return okValue<'feature.define'>(await test.call('feature.define', input));
}

async function registerWithSchema(names: readonly string[]): Promise<string> {
  const { stageId } = okValue<'registry.previewVersion'>(
    await test.call('registry.previewVersion', {
      modelId: test.modelId,
      description: 'second',
      hyperparameters: {},
      metrics: {},
      trainingDataStageId: null,
      schema: names.map((name) => ({ name, type: 'double', direction: 'input' as const })),
      artefactsStageId: null,
    }),
  );
  return okValue<'registry.registerVersion'>(
    await test.call('registry.registerVersion', { stageId, signing: SIGNING }),
  ).id;
}

async function search(text = '', sensitivity: 'personal' | 'none' | null = null) {
  const input = { text, sensitivity, offset: 0, limit: 50 };
  return okValue<'feature.search'>(await test.call('feature.search', input));
}

function namesOf({ features }: FeaturePage): readonly string[] {
  return features.map(({ name }) => name);
}

describe('a feature', () => {
  it('is defined once, and every change is a revision that stays readable', async () => {
    test = await createTestModel();
    const { id: featureId } = await define('size');
    const definition = { ...SIZE, retentionDays: 730 };
    const change = { featureId, revision: 1, definition, reason: 'Agreed with Legal' };
    const feature = okValue<'feature.revise'>(await test.call('feature.revise', change));
    expect(feature).toMatchObject({
      name: 'size',
      revisions: [
        { revision: 2, definition, reason: 'Agreed with Legal', savedBy: PRINTED_NAME },
        { revision: 1, definition: SIZE, reason: 'First entry' },
      ],
    });
    expect(await test.call('feature.revise', change)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { current: { revisions: [{ revision: 2 }, {}] } } },
    });
    expect(await test.call('feature.revise', { ...change, revision: 2 })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Nothing is different') },
    });
    const again = { name: 'size', definition: SIZE, reason: 'Again' };
    expect(await test.call('feature.define', again)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('in the catalogue already') },
    });
  });

  it('knows the versions that use it, by schema or reference, and by other names of its column', async () => {
    test = await createTestModel();
    const { modelId, versionId } = test;
    // The reference of version 1 has the columns `size` and `colour`.
    const first = { modelId, modelName: 'Churn', versionId, version: 1, stage: 'None' };
    const use = { ...first, columnName: 'size', direction: 'input' };
    expect((await define('size')).uses).toEqual([use]);
    const { id: featureId, uses } = await define('volume', { ...SIZE, columnNames: ['size'] });
    expect(uses).toEqual([use]);
    expect((await define('nobody uses it')).uses).toEqual([]);
    // What was read before is kept, so a later version must come on top of it.
    const second = await registerWithSchema(['size', 'weight']);
    const feature = okValue<'feature.get'>(await test.call('feature.get', { featureId }));
    expect(feature).toMatchObject({ nUses: 2, uses: [{ versionId: second, version: 2 }, use] });
    const { features } = await search();
    expect(features.map(({ name, nModels }) => [name, nModels])).toEqual([
      ['nobody uses it', 0],
      ['size', 1],
      ['volume', 1],
    ]);
  });

  it('is found by name, description, owner, source and tags, and by what it says of people', async () => {
    test = await createTestModel();
    await define('size');
    await define('Höhe', { ...SIZE, description: '', owner: 'Lager', tags: [], source: 'ERP' });
    await define('age', {
      ...SIZE,
      sensitivity: 'personal',
      description: 'Years; size of life',
      owner: '',
    });
    for (const [text, names] of [
      ['SIZE', ['age', 'size']],
      ['höhe', ['Höhe']],
      ['erp', ['Höhe']],
      ['masse', ['age', 'size']],
      ['nothing like it', []],
    ] as const)
      expect(namesOf(await search(text))).toEqual(names);
    expect(await search('', 'personal')).toMatchObject({
      nTotal: 3,
      nPersonal: 1,
      nNotAssessed: 0,
      nMatching: 1,
      features: [{ name: 'age' }],
    });
  });

  it('that is not there is said to be not there', async () => {
    test = await createTestModel();
    const featureId = '00000000-0000-4000-8000-000000000000';
    expect(await test.call('feature.get', { featureId })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});
