import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelId, ModelVersionId, PersonId } from '../../shared/base/ids';
import { compareVersions, countChanges } from '../../shared/registry/compareVersions';
import { ModelVersion, type VersionSnapshot } from '../../shared/registry/model';
import {
  VersionComparison,
  type Change,
  type ChangeCounts,
} from '../../shared/registry/versionComparison';
import { comparisonSentence, countWords, signed } from '../../renderer/registry/compareWords';
import { createTestModel, okValue, registerVersion, type TestModel } from '../support/testModel';

const MODEL = ModelId.parse('5b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d');
const PERSON = PersonId.parse('6c1f0b63-7b5a-4d64-8e8d-1f2a3b4c5d6e');
const SHA = 'a'.repeat(64);

const PLAIN: VersionSnapshot = {
  modelId: MODEL,
  modelName: 'Churn',
  version: 1,
  description: '',
  hyperparameters: {},
  metrics: {},
  trainingData: null,
  schema: [],
  registeredAtUtc: '2026-01-02T03:04:05.000Z',
  registeredBy: PERSON,
};

function versionOf(part: Partial<VersionSnapshot>, version = 1): ModelVersion {
  const id = ModelVersionId.parse(`00000000-0000-4000-8000-00000000000${version}`);
  return ModelVersion.parse({
    id,
    snapshot: { ...PLAIN, ...part, version },
    snapshotSha256: SHA,
    stage: 'None',
    aliases: [],
    tags: [],
    tagsRevision: 0,
    signature: {
      id: '7d0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d',
      personId: PERSON,
      printedName: 'Ada',
      meaning: 'authorship',
      reason: 'r',
      signedAtUtc: '2026-01-02T03:04:05.000Z',
      utcOffsetMinutes: 0,
      recordSha256: SHA,
      keyId: SHA,
      signatureBase64: Buffer.alloc(64).toString('base64'),
    },
    referenceId: null,
  });
}

function compare(left: Partial<VersionSnapshot>, right: Partial<VersionSnapshot>) {
  return compareVersions(versionOf(left), versionOf(right, 2));
}

describe('compareVersions', () => {
  it('tells added, removed, changed and same parameters apart, by value and by type', () => {
    const { parameters } = compare(
      { hyperparameters: { depth: 3, solver: 'newton', gone: true, größe: 'groß' } },
      { hyperparameters: { depth: '3', solver: 'newton', fresh: 0, größe: 'gross' } },
    );
    expect(parameters).toEqual([
      { name: 'depth', change: 'changed', left: 3, right: '3' },
      { name: 'fresh', change: 'added', left: null, right: 0 },
      { name: 'gone', change: 'removed', left: true, right: null },
      { name: 'größe', change: 'changed', left: 'groß', right: 'gross' },
      { name: 'solver', change: 'same', left: 'newton', right: 'newton' },
    ]);
  });

  it('takes names as data, also those that objects know', () => {
    const odd = Object.fromEntries([
      ['constructor', 1],
      ['toString', 2],
    ]);
    const { parameters } = compare({ hyperparameters: odd }, {});
    expect(parameters.map(({ change }) => change)).toEqual(['removed', 'removed']);
  });

  it('gives the absolute and relative difference of metrics', () => {
    const { metrics } = compare(
      { metrics: { auc: 0.8, loss: -2, zero: 0, gone: 1, far: -1.7e308 } },
      { metrics: { auc: 0.9, loss: -1, zero: 3, fresh: 1, far: 1.7e308 } },
    );
    expect(metrics).toEqual([
      {
        name: 'auc',
        change: 'changed',
        left: 0.8,
        right: 0.9,
        absolute: 0.9 - 0.8,
        relative: (0.9 - 0.8) / 0.8,
      },
      {
        name: 'far',
        change: 'changed',
        left: -1.7e308,
        right: 1.7e308,
        absolute: null,
        relative: null,
      },
      { name: 'fresh', change: 'added', left: null, right: 1, absolute: null, relative: null },
      { name: 'gone', change: 'removed', left: 1, right: null, absolute: null, relative: null },
      { name: 'loss', change: 'changed', left: -2, right: -1, absolute: 1, relative: 0.5 },
      { name: 'zero', change: 'changed', left: 0, right: 3, absolute: 3, relative: null },
    ]);
  });

  it('holds 0 and -0 for the same', () => {
    const { metrics } = compare({ metrics: { bias: 0 } }, { metrics: { bias: -0 } });
    expect(metrics[0]).toMatchObject({ change: 'same', absolute: 0, relative: null });
  });

  it('matches columns by name within inputs and outputs; their order does not count', () => {
    const age = { name: 'age', type: 'DOUBLE', direction: 'input' } as const;
    const income = { name: 'income', type: 'DOUBLE', direction: 'input' } as const;
    const { columns } = compare(
      { schema: [age, income] },
      { schema: [income, { ...age, type: 'BIGINT' }, { ...age, direction: 'output' }] },
    );
    expect(columns).toEqual([
      { name: 'age', direction: 'input', change: 'changed', left: 'DOUBLE', right: 'BIGINT' },
      { name: 'income', direction: 'input', change: 'same', left: 'DOUBLE', right: 'DOUBLE' },
      { name: 'age', direction: 'output', change: 'added', left: null, right: 'DOUBLE' },
    ]);
  });

  it('compares training data, datasets, artefacts and the origin', () => {
    const file = (sha256: string) => ({ fileName: 't.csv', sizeBytes: 9, sha256 });
    const dataset = (digest: string) =>
      ({ name: 'train', role: 'training', digest, source: '' }) as const;
    const found = compare(
      {
        trainingData: file(SHA),
        datasets: [dataset('d1'), dataset('d1')],
        artefacts: [
          { path: 'a.bin', sizeBytes: 1, sha256: SHA },
          { path: 'b.bin', sizeBytes: 1, sha256: SHA },
        ],
        runLink: 'runs/1',
      },
      {
        trainingData: file('b'.repeat(64)),
        datasets: [dataset('d2')],
        artefacts: [{ path: 'b.bin', sizeBytes: 1, sha256: SHA }],
        description: 'again',
      },
    );
    const changes = found.facts.map(({ fact, change }) => [fact, change]);
    expect(changes).toEqual([
      ['description', 'added'],
      ['trainingFile', 'same'],
      ['trainingSizeBytes', 'same'],
      ['trainingSha256', 'changed'],
      ['runLink', 'removed'],
    ]);
    expect(found.datasets.map(({ change }) => change)).toEqual(['changed', 'removed']);
    expect(found.artefactCounts).toEqual({ added: 0, removed: 1, changed: 0, same: 1 });
    expect(found.artefacts).toEqual([
      { path: 'a.bin', change: 'removed', left: { sizeBytes: 1, sha256: SHA }, right: null },
    ]);
    expect(comparisonSentence(found)).toBe(
      '`Version 2` differs from `version 1` in 2 datasets, 1 file, the training data, the description and the origin.',
    );
  });

  it('compares 5,000 columns in a moment', () => {
    const schema = (type: string) =>
      Array.from({ length: 5000 }, (_none, i) => ({
        name: `column ${i}`,
        type: i % 2 === 0 ? 'DOUBLE' : type,
        direction: 'input' as const,
      }));
    const start = performance.now();
    const { columns } = compare({ schema: schema('DOUBLE') }, { schema: schema('BIGINT') });
    expect(performance.now() - start).toBeLessThan(1000);
    expect(countChanges(columns)).toEqual({ added: 0, removed: 0, changed: 2500, same: 2500 });
    expect(columns.at(-1)?.name).toBe('column 4999');
  });
});

const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() !== '');
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const snapshots: fc.Arbitrary<Partial<VersionSnapshot>> = fc.record({
  description: fc.constantFrom('', 'Ünïcode', 'b'),
  hyperparameters: fc.dictionary(
    names,
    fc.oneof(fc.string({ maxLength: 5 }), finite, fc.boolean()),
    { maxKeys: 8, noNullPrototype: true },
  ),
  metrics: fc.dictionary(names, finite, { maxKeys: 8, noNullPrototype: true }),
  schema: fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'ä', 'a\u0308', 'c10', 'c9'),
      type: fc.constantFrom('DOUBLE', 'BIGINT'),
      direction: fc.constantFrom('input' as const, 'output' as const),
    }),
    { maxLength: 8 },
  ),
  artefacts: fc.uniqueArray(
    fc.record({
      path: fc.constantFrom('a', 'b', 'c'),
      sizeBytes: fc.nat(9),
      sha256: fc.constantFrom(SHA, 'b'.repeat(64)),
    }),
    { selector: ({ path }) => path },
  ),
});

const MIRRORED: Readonly<Record<Change, Change>> = {
  added: 'removed',
  removed: 'added',
  changed: 'changed',
  same: 'same',
};

interface Compared {
  readonly change: Change;
  readonly left: unknown;
  readonly right: unknown;
}

function mirrored(list: readonly Compared[]): readonly unknown[] {
  return list.map(({ change, left, right }) => [MIRRORED[change], right, left]);
}

function asRead(list: readonly Compared[]): readonly unknown[] {
  return list.map(({ change, left, right }) => [change, left, right]);
}

function nOf({ added, removed, changed }: ChangeCounts): number {
  return added + removed + changed;
}

describe('any two versions', () => {
  it('have no difference when they are one and the same', () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const version = versionOf(snapshot);
        const found = compareVersions(version, version);
        const lists = [found.facts, found.parameters, found.metrics, found.columns, found.datasets];
        expect(lists.flat().filter(({ change }) => change !== 'same')).toEqual([]);
        expect(nOf(found.artefactCounts)).toBe(0);
      }),
    );
  });

  it('mirror their comparison when they change sides, and pass the schema of the answer', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (one, other) => {
        const [left, right] = [versionOf(one), versionOf(other, 2)];
        const there = compareVersions(left, right);
        const back = compareVersions(right, left);
        for (const part of ['facts', 'parameters', 'metrics', 'columns', 'artefacts'] as const) {
          expect(asRead(back[part])).toEqual(mirrored(there[part]));
        }
        const sums = there.metrics.map(
          ({ absolute }, i) => (absolute ?? 0) + (back.metrics[i]?.absolute ?? 0),
        );
        expect(sums.every((sum) => sum === 0)).toBe(true);
        expect(VersionComparison.safeParse(there).success).toBe(true);
      }),
    );
  });
});

describe('the words of a comparison', () => {
  it('say that nothing differs, that a side is missing, and in what two differ', () => {
    const version = versionOf({});
    expect(comparisonSentence(compareVersions(version, version))).toMatch(
      /^Both sides are the same/,
    );
    expect(comparisonSentence(compare({}, {}))).toBe('`Version 2` froze the same as `version 1`.');
    expect(comparisonSentence(compare({ metrics: { a: 1 } }, { metrics: { a: 2 } }))).toBe(
      '`Version 2` differs from `version 1` in 1 metric.',
    );
    expect(comparisonSentence(compare({}, { description: 'x' }))).toBe(
      '`Version 2` differs from `version 1` in the description.',
    );
    expect(countWords({ added: 1, removed: 0, changed: 0, same: 1200 })).toBe(
      '1 added, 1,200 the same',
    );
    expect([signed(0.5), signed(-0.5), signed(0), signed(null)]).toEqual([
      '+0.500',
      '-0.500',
      '0.000',
      '—',
    ]);
  });
});

describe('registry.compareVersions', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await createTestModel();
  });
  afterAll(() => model.close());

  it('compares versions on record, and answers NOT_FOUND for one that is not', async () => {
    const { call, modelId, versionId: leftId } = model;
    const { id: rightId } = okValue<'registry.registerVersion'>(
      await registerVersion(model, modelId),
    );
    const found = okValue<'registry.compareVersions'>(
      await call('registry.compareVersions', { leftId, rightId }),
    );
    expect(found).toMatchObject({ left: { version: 1 }, right: { version: 2 } });
    expect(found.metrics).toEqual([
      { name: 'auc', change: 'same', left: 0.8, right: 0.8, absolute: 0, relative: 0 },
    ]);
    const missing = '00000000-0000-4000-8000-000000000000';
    expect(await call('registry.compareVersions', { leftId, rightId: missing })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});
