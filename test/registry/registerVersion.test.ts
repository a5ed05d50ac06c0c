import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/base/canonicalJson';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  SIGNING,
  type TestModel,
} from '../support/testModel';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
});
afterAll(() => model.close());

function registration() {
  return {
    modelId: model.modelId,
    description: 'second',
    hyperparameters: { depth: 4, größe: 'groß' },
    metrics: { auc: 0.81 },
    trainingDataStageId: null,
    schema: [],
    signing: SIGNING,
  };
}

describe('registry.registerVersion', () => {
  it('freezes a snapshot under the next number, with the SHA-256 of the training file and a signature', async () => {
    const path = csvFile({ size: evenly(0), churned: colours(0.2) }, 'training.csv');
    const staged = okValue<'registry.stageTrainingData'>(
      await model.call('registry.stageTrainingData', { source: { token: model.token(path) } }),
    );
    const version = okValue<'registry.registerVersion'>(
      await model.call('registry.registerVersion', {
        ...registration(),
        trainingDataStageId: staged.stageId,
        schema: [...staged.schema],
      }),
    );
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(version.snapshot).toMatchObject({
      version: 2,
      modelName: 'Churn',
      trainingData: { fileName: 'training.csv', sha256 },
    });
    expect(version.stage).toBe('None');
    const recordSha256 = createHash('sha256').update(canonicalJson(version.snapshot)).digest('hex');
    expect(version.snapshotSha256).toBe(recordSha256);
    expect(version.signature).toMatchObject({
      printedName: 'Ada Analyst',
      meaning: 'authorship',
      recordSha256,
    });
  });

  it('registers nothing when the passphrase is wrong', async () => {
    const before = okValue<'registry.getModel'>(
      await model.call('registry.getModel', { modelId: model.modelId }),
    );
    const signing = { ...SIGNING, passphrase: 'not the passphrase at all' };
    expect(
      await model.call('registry.registerVersion', { ...registration(), signing }),
    ).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', details: { retryAfterMs: expect.any(Number) } },
    });
    const after = okValue<'registry.getModel'>(
      await model.call('registry.getModel', { modelId: model.modelId }),
    );
    expect(after.versions).toEqual(before.versions);
  });

  it('cannot be changed afterwards, not even behind the service', () => {
    const { write } = model.core.context.vault.session()!;
    const change = () =>
      write('test.tampering', 'x', {}, (db) =>
        db.prepare("UPDATE model_version SET snapshot = '{}'").run(),
      );
    expect(change).toThrow(/immutable/u);
  });

  it('refuses metrics that are no numbers', async () => {
    const metrics = { auc: Number.NaN };
    expect(
      await model.call('registry.registerVersion', { ...registration(), metrics }),
    ).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
  });
});

describe('registry.createModel', () => {
  it('refuses a second model of the same name, whatever the letter case', async () => {
    const draft = { name: 'CHURN', purpose: 'again', owner: 'Ada' };
    expect(await model.call('registry.createModel', draft)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
  });
});
