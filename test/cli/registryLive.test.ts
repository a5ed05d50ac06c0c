import { beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { bring, nextVersion, setGates } from '../support/lifecycle';
import { runCli } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { createTestModel, okValue } from '../support/testModel';

let folder: string;

/** Version 1 is live from noon, version 2 from one o'clock, and version 1 again from two. */
beforeAll(async () => {
  const clock = testClock('2026-01-02T11:00:00.000Z');
  const root = join(tempFolder(), 'root');
  const test = await createTestModel({ nowMs: clock.nowMs, root });
  folder = test.folder;
  await setGates(test, {});
  const { modelId, versionId } = test;
  await bring(test, versionId, 'Staging');
  const second = await nextVersion(test);
  await bring(test, second, 'Staging');
  clock.advance(3_600_000);
  await bring(test, versionId, 'Production');
  clock.advance(3_600_000);
  await bring(test, second, 'Production');
  clock.advance(3_600_000);
  okValue<'registry.rollBack'>(
    await test.call('registry.rollBack', { modelId, liveVersionId: second, reason: 'It fell' }),
  );
  test.close();
});

describe('assay registry live', () => {
  it('says which version was live at an instant, since when, until when and why', async () => {
    const run = await runCli(['registry', 'live', folder, '--at', '2026-01-02T13:30:00Z']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.split('\n').slice(0, 3)).toEqual([
      'As of 2026-01-02T13:30:00.000Z:',
      'Model  Live       Since                     Until                     Decided by   Approved by  Reason',
      'Churn  version 2  2026-01-02T13:00:00.000Z  2026-01-02T14:00:00.000Z  Ada Analyst               To Production',
    ]);
    const back = await runCli(['registry', 'live', folder, '--model', 'Churn']);
    expect(back.stdout).toMatch(/version 1 .* now .*\(rollback\) .*It fell/);
  });

  it('knows of a day, and of nobody before the first step', async () => {
    const run = await runCli(['registry', 'live', folder, '--at', '2026-01-02', '--json']);
    expect(JSON.parse(run.stdout)).toEqual({
      atUtc: '2026-01-02T00:00:00.000Z',
      models: [{ model: 'Churn', live: null }],
    });
  });

  it('refuses what is no instant and a model that is not there', async () => {
    const wrong = await runCli(['registry', 'live', folder, '--at', 'yesterday']);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('is no day and no') });
    const nobody = await runCli(['registry', 'live', folder, '--model', 'Other']);
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining('no model named') });
  });
});
