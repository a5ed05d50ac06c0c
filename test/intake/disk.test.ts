import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../../electron/io/readLimits';
import { canMount, mountSmallDisk, type SmallDisk } from '../support/smallDisk';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  type TestModel,
} from '../support/testModel';
import { createWatchedFolder, take } from '../support/watchedFolder';

const DISK_KIB = 512;
const BATCH = { kind: 'liveBatch', model: 'Churn', version: 1, window: { label: 'May' } } as const;
const batch = (from = 0): string => csvFile({ size: evenly(from), colour: colours(0.5) });

let model: TestModel;
let revision = 0;
beforeAll(async () => {
  model = await createTestModel();
});
afterAll(() => model.close());

async function watchFolder(folder: string): Promise<void> {
  const source = { token: model.token(folder) };
  const set = await model.call('intake.setFolder', { source, reason: 'Another one', revision });
  ({ revision } = okValue<'intake.setFolder'>(set));
}

describe.skipIf(!canMount())('a watched folder on a disk', () => {
  let disk: SmallDisk;
  beforeEach(async () => {
    disk = mountSmallDisk(DISK_KIB)!;
    await watchFolder(disk.folder);
  });
  afterEach(() => disk.remove());

  function deliver(name: string, label: string): void {
    const text = 'size,colour\n1,red\n2,blue\n';
    writeFileSync(join(disk.folder, name), text);
    const sidecar = { assay: 1, sizeBytes: text.length, ...BATCH, window: { label } };
    writeFileSync(join(disk.folder, `${name}.assay.json`), JSON.stringify(sidecar));
  }

  it('that is read-only takes nothing, says so, and goes on once it can be written to', async () => {
    deliver('may.csv', 'Read-only');
    disk.setReadOnly(true);
    expect(await take(model)).toMatchObject({
      taken: [],
      problem: expect.stringMatching(/cannot be made in the watched folder|read-only/u) as string,
    });
    disk.setReadOnly(false);
    const { taken, problem } = await take(model);
    expect({ n: taken.length, problem }).toEqual({ n: 1, problem: null });
  });

  it('that is full loses no file: it is imported and moved, only its receipt has no room', async () => {
    deliver('may.csv', 'Full');
    const filler = join(disk.folder, '.filler');
    expect(() => writeFileSync(filler, Buffer.alloc(DISK_KIB * 1024))).toThrow('ENOSPC');
    const { taken, problem } = await take(model);
    expect({ problem, outcomes: taken.map(({ outcome }) => outcome) }).toEqual({
      problem: null,
      outcomes: ['imported'],
    });
    // There is no room for the words of the receipt; the record of the workspace says what it would.
    const done = join(disk.folder, 'done', 'may.csv');
    expect(readFileSync(join(done, 'may.csv'), 'utf8')).toContain('2,blue');
    rmSync(filler);
    expect((await take(model)).taken).toEqual([]);
  });
});

it('a file over the limit is moved to failed/ with the limit, unread', async () => {
  const inbox = createWatchedFolder();
  await watchFolder(inbox.folder);
  inbox.drop(batch(), 'huge.csv', BATCH);
  // A hole: as large as told, and nothing on the disk.
  truncateSync(join(inbox.folder, 'huge.csv'), MAX_FILE_BYTES + 1);
  const { taken } = await take(model);
  expect(taken).toMatchObject([{ outcome: 'failed', problem: { code: 'BAD_DATA' } }]);
  expect(taken[0]?.problem?.message).toMatch(/larger than/u);
  expect(inbox.names('failed', 'huge.csv')).toContain('huge.csv.reason.txt');
});

it('two workspaces that watch one folder take each file once between them', async () => {
  const other = await createTestModel();
  const inbox = createWatchedFolder();
  await watchFolder(inbox.folder);
  okValue<'intake.setFolder'>(
    await other.call('intake.setFolder', {
      source: { token: other.token(inbox.folder) },
      reason: 'The same',
      revision: 0,
    }),
  );
  const names = ['a.csv', 'b.csv', 'c.csv', 'd.csv'];
  for (const [i, name] of names.entries()) inbox.drop(batch(i), name, { ...BATCH, sequence: i });
  const passes = await Promise.all([take(model), take(other)]);
  const later = await Promise.all([take(model), take(other)]);
  const taken = [...passes, ...later].flatMap((pass) => pass.taken);
  expect(taken.map(({ sidecarName }) => sidecarName).sort()).toEqual(
    names.map((name) => `${name}.assay.json`),
  );
  expect(taken.map(({ outcome }) => outcome)).toEqual(names.map(() => 'imported'));
  expect(inbox.names('done')).toEqual(names);
  other.close();
});
