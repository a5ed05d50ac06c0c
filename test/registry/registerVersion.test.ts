import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SigningAct } from '../../shared/audit/signature';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
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
  };
}

/** Previews a version and answers what registering it says. */
async function register(
  draft: RawInputOf<Contract['registry.previewVersion']>,
  signing: SigningAct = { ...SIGNING, isClockConfirmed: false },
): Promise<ResultOf<Contract['registry.registerVersion']>> {
  const preview = okValue<'registry.previewVersion'>(
    await model.call('registry.previewVersion', draft),
  );
  return model.call('registry.registerVersion', { stageId: preview.stageId, signing });
}

describe('registry.registerVersion', () => {
  it('freezes a snapshot under the next number, with the SHA-256 of the training file and a signature', async () => {
    const path = csvFile({ size: evenly(0), churned: colours(0.2) }, 'training.csv');
    const staged = okValue<'registry.stageTrainingData'>(
      await model.call('registry.stageTrainingData', { source: { token: model.token(path) } }),
    );
    const version = okValue<'registry.registerVersion'>(
      await register({
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

  it('signs exactly what the preview showed, and refuses a preview that another version overtook', async () => {
    const [first, second] = [
      okValue<'registry.previewVersion'>(
        await model.call('registry.previewVersion', registration()),
      ),
      okValue<'registry.previewVersion'>(
        await model.call('registry.previewVersion', registration()),
      ),
    ];
    expect(second.snapshot.version).toBe(first.snapshot.version);
    expect(canonicalJson(first.snapshot)).toBe(first.snapshotJson);
    const signed = await model.call('registry.registerVersion', {
      stageId: first.stageId,
      signing: SIGNING,
    });
    expect(signed).toMatchObject({
      ok: true,
      value: {
        snapshot: first.snapshot,
        snapshotSha256: first.snapshotSha256,
        signature: { recordSha256: first.snapshotSha256 },
      },
    });
    for (const { stageId } of [first, second]) {
      const again = await model.call('registry.registerVersion', { stageId, signing: SIGNING });
      expect(again).toMatchObject({
        ok: false,
        error: { code: stageId === first.stageId ? 'NOT_FOUND' : 'CONFLICT' },
      });
    }
  });

  it.each(['review', 'approval', 'rejection'] as const)(
    'does not let an author state a %s of their own version',
    async (meaning) => {
      const signing = { ...SIGNING, meaning, isClockConfirmed: false };
      expect(await register(registration(), signing)).toMatchObject({
        ok: false,
        error: { code: 'FORBIDDEN', message: expect.stringContaining('your own work') as string },
      });
    },
  );

  it('registers nothing when the passphrase is wrong', async () => {
    const before = okValue<'registry.getModel'>(
      await model.call('registry.getModel', { modelId: model.modelId }),
    );
    const signing = {
      ...SIGNING,
      isClockConfirmed: false,
      passphrase: 'not the passphrase at all',
    };
    expect(await register(registration(), signing)).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', details: { retryAfterMs: expect.any(Number) } },
    });
    const after = okValue<'registry.getModel'>(
      await model.call('registry.getModel', { modelId: model.modelId }),
    );
    expect(after).toEqual(before);
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
      await model.call('registry.previewVersion', { ...registration(), metrics }),
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
