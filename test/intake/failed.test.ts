import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testClock } from '../support/testClock';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  type TestModel,
} from '../support/testModel';
import { createWatchedFolder, take, type WatchedFolder } from '../support/watchedFolder';

const batch = (from = 0): string => csvFile({ size: evenly(from), colour: colours(0.5) });
const BATCH = { kind: 'liveBatch', model: 'Churn', version: 1, window: { label: 'May' } } as const;

describe('what cannot be imported moves to failed/ with a reason that holds no value of a row:', () => {
  const secret = 'SECRET-4711';
  const clock = testClock();
  let model: TestModel;
  let inbox: WatchedFolder;
  let revision = 0;

  beforeAll(async () => {
    model = await createTestModel({ nowMs: clock.nowMs });
  });
  afterAll(() => model.close());
  beforeEach(async () => {
    inbox = createWatchedFolder();
    const source = { token: model.token(inbox.folder) };
    const set = await model.call('intake.setFolder', { source, reason: 'Another one', revision });
    ({ revision } = okValue<'intake.setFolder'>(set));
  });

  async function reasonFor(name: string): Promise<unknown> {
    await take(model);
    clock.advance(1_500);
    await take(model);
    expect(inbox.names()).toEqual(['done', 'failed', 'taking']);
    expect(inbox.names('done')).toEqual([]);
    expect(inbox.names('failed', name)).toContain(`${name}.reason.txt`);
    return inbox.note('failed', name, `${name}.reason.json`);
  }

  it.each([
    ['a model that is not registered', { ...BATCH, model: 'Elsewhere' }, 'NOT_FOUND', 'No model'],
    ['a version that is not there', { ...BATCH, version: 99 }, 'NOT_FOUND', 'no version 99'],
    ['a kind that is unknown', { ...BATCH, kind: 'gossip' }, 'BAD_DATA', 'schema'],
    ['a member that is unknown', { ...BATCH, extra: 1 }, 'BAD_DATA', 'extra'],
    ['another digest', { ...BATCH, sha256: '0'.repeat(64) }, 'BAD_DATA', 'SHA-256'],
    ['a size that is too small', { ...BATCH, sizeBytes: 3 }, 'BAD_DATA', 'bytes'],
    [
      'a path that leads out of the folder',
      {
        ...BATCH,
        kind: 'canaryArms',
        layout: { kind: 'twoFiles', control: { file: '../x.csv' } },
      },
      'BAD_DATA',
      'bare name',
    ],
  ])('%s', async (_what, sidecar, code, words) => {
    inbox.drop(batch(0.09), 'file.csv', sidecar);
    expect(await reasonFor('file.csv')).toMatchObject({
      outcome: 'failed',
      code,
      message: expect.stringContaining(words),
    });
  });

  it('a table that cannot be read', async () => {
    inbox.drop(csvFile({ size: [1, secret], colour: ['red', secret] }), 'bad.csv', {
      kind: 'predictions',
      model: 'Churn',
      version: 1,
      window: { label: 'Bad' },
      columns: { id: 'colour', score: 'size' },
      task: { positiveLabel: 'yes' },
    });
    const reason = await reasonFor('bad.csv');
    expect(JSON.stringify(reason)).not.toContain(secret);
    expect(reason).toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('row') });
  });

  it('a sidecar that is not JSON, without quoting it', async () => {
    inbox.drop(batch(), 'text.csv', {});
    inbox.dropSidecar('text.csv', `{ ${secret}`);
    await take(model);
    clock.advance(1_500);
    await take(model);
    const reason = inbox.note('failed', 'text.csv', 'text.csv.reason.json');
    expect(reason).toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('JSON') });
    expect(JSON.stringify(reason)).not.toContain(secret);
  });

  it('a sidecar that is a link', async () => {
    const outside = join(inbox.folder, '..', 'outside.json');
    writeFileSync(outside, JSON.stringify({ assay: 1, ...BATCH }));
    symlinkSync(outside, join(inbox.folder, 'link.csv.assay.json'));
    expect(await reasonFor('link.csv')).toMatchObject({
      message: expect.stringContaining('link'),
    });
  });

  it('a file that is a link', async () => {
    inbox.dropSidecar('link.csv', { assay: 1, ...BATCH });
    symlinkSync('/etc/hostname', join(inbox.folder, 'link.csv'));
    expect(await reasonFor('link.csv')).toMatchObject({
      message: expect.stringContaining('link'),
    });
  });
});
