import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCycloneWithOwn } from '../../electron/card/cycloneCard';
import { cycloneDx } from '../../electron/registry/cycloneDx';
import { CARD_FIELDS } from '../../shared/card/cardFields';
import { cardsWith } from '../card/cardArbitrary';
import { contentOf, fullSnapshot, HASH, versionOf } from './exportFixture';

const SERIAL = '3e671687-395b-41f5-a30f-a58921a69b79';
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

function bom(...versions: Parameters<typeof contentOf>[0]): Buffer {
  return Buffer.from(cycloneDx(contentOf(versions), SERIAL));
}

describe('cycloneDx', () => {
  it('writes an ML-BOM that the official 1.6 schema accepts', async () => {
    const text = bom(versionOf(fullSnapshot())).toString('utf8');
    expect(await validator.validate(text)).toBeNull();
    // The validator can say no, so that its yes means something.
    expect(await validator.validate(text.replace('"SHA-256"', '"SHA-255"'))).not.toBeNull();
  });

  it('is accepted by the official schema with a model card in it, whatever the card says', async () => {
    const version = versionOf(fullSnapshot());
    for (const card of fc.sample(cardsWith(CARD_FIELDS), 25)) {
      const content = contentOf([version]);
      const cards = new Map([[version.id, toCycloneWithOwn(card)]]);
      const text = Buffer.from(cycloneDx({ ...content, cards }, SERIAL)).toString('utf8');
      expect(await validator.validate(text)).toBeNull();
      expect(text).toContain('assay:card');
    }
  });

  it('puts each fact where the standard has a place for it', () => {
    const { components, metadata, ...rest } = JSON.parse(
      bom(versionOf(fullSnapshot())).toString('utf8'),
    ) as Record<string, unknown> & { readonly components: readonly unknown[] };
    expect(rest).toMatchObject({
      specVersion: '1.6',
      serialNumber: `urn:uuid:${SERIAL}`,
      dependencies: [
        { dependsOn: ['model-version:00000000-0000-4000-8000-000000000010'] },
        { dependsOn: [expect.stringMatching(/^dataset:/u), expect.stringMatching(/^dataset:/u)] },
      ],
    });
    expect(metadata).toMatchObject({
      timestamp: '2026-02-03T04:05:06.000Z',
      component: { type: 'machine-learning-model', name: 'Kündigung' },
    });
    expect(components).toMatchObject([
      {
        type: 'machine-learning-model',
        version: '3',
        components: [
          { type: 'file', name: 'größe/模型.bin', hashes: [{ alg: 'SHA-256', content: HASH }] },
          { type: 'file', name: 'model.bin' },
        ],
        modelCard: {
          modelParameters: {
            datasets: [
              { ref: expect.any(String) as string },
              { ref: expect.any(String) as string },
            ],
            inputs: [{ format: 'age: integer' }],
            outputs: [{ format: 'p: double' }],
          },
          quantitativeAnalysis: {
            performanceMetrics: [
              { type: 'auc', value: '0.87' },
              { type: 'val/f1', value: '0.5' },
            ],
          },
          considerations: { useCases: ['Retention offers by the service desk'] },
        },
        properties: expect.arrayContaining([
          { name: 'assay:hyperparameter:depth', value: '6' },
          { name: 'assay:snapshotSha256', value: HASH },
          { name: 'assay:runLink', value: 'https://mlflow.example.org/#/runs/7' },
        ]) as unknown[],
      },
      {
        type: 'data',
        name: 'train.csv',
        hashes: [{ content: HASH }],
        data: [{ type: 'dataset', name: 'train.csv', description: 'training data' }],
      },
      { type: 'data', name: 'holdout', data: [{ description: 'test data' }] },
    ]);
  });

  it('gives a model of one file that hash, and names a dataset once for all versions', () => {
    const single = fullSnapshot({
      artefacts: [{ path: 'model.onnx', sizeBytes: 5, sha256: HASH }],
    });
    const text = bom(versionOf(single, 10), versionOf(fullSnapshot({ version: 4 }), 11));
    const { components } = JSON.parse(text.toString('utf8')) as {
      readonly components: readonly { readonly type: string; readonly hashes?: unknown }[];
    };
    expect(components.map(({ type }) => type)).toEqual([
      'machine-learning-model',
      'machine-learning-model',
      'data',
      'data',
    ]);
    expect(components[0]?.hashes).toEqual([{ alg: 'SHA-256', content: HASH }]);
    expect(components[1]?.hashes).toBeUndefined();
  });

  it('gives the same bytes for the same content', () => {
    const version = versionOf(fullSnapshot());
    expect(bom(version).equals(bom(version))).toBe(true);
  });

  it('is valid whatever people have typed', async () => {
    const text = fc
      .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
      .filter((s) => s.trim() !== '');
    const value = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const snapshot = fc
      .record({
        description: text,
        hyperparameters: fc.dictionary(text, value, { maxKeys: 4 }),
        metrics: fc.dictionary(text, number, { maxKeys: 4 }),
        runLink: text,
        datasets: fc.array(
          fc.record({
            name: text,
            role: fc.constantFrom('training' as const, 'test' as const),
            digest: text,
            source: text,
          }),
          { maxLength: 3 },
        ),
      })
      .map((part) => fullSnapshot(part));
    await fc.assert(
      fc.asyncProperty(snapshot, async (frozen) => {
        expect(await validator.validate(bom(versionOf(frozen)).toString('utf8'))).toBeNull();
      }),
      { numRuns: 40 },
    );
  });
});
