import { resolve } from 'node:path';
import { expect } from 'vitest';
import type { OutputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { runCli, type CliRun } from './runCli';
import { createTestModel, colours, csvFile, evenly, okValue } from './testModel';
import { createWatchedFolder, watch, type WatchedFolder } from './watchedFolder';
import { createTestCore, PASSPHRASE } from './testCore';

/** A workspace that watches a folder in which so many live batches lie; nobody is signed in. */
export async function loadedFolder(
  nBatches: number,
): Promise<{ readonly inbox: WatchedFolder; readonly workspace: string; readonly root: string }> {
  const model = await createTestModel();
  const inbox = createWatchedFolder();
  await watch(model, inbox);
  model.close();
  for (let i = 1; i <= nBatches; i++) {
    const path = csvFile({ size: evenly(i / 100, 32), colour: colours(0.5, 32) });
    inbox.drop(path, `batch-${i}.csv`, {
      kind: 'liveBatch',
      model: 'Churn',
      version: 1,
      sequence: i,
      window: { label: `Batch ${i}` },
    });
  }
  return { inbox, workspace: model.folder, root: resolve(model.folder, '..') };
}

/** Drains the folder in a process of its own. @param killAt ends it before that step; 0: lets it finish */
export function drain(workspace: string, killAt = 0): Promise<CliRun> {
  return runCli(['watch', workspace, '--once', '--json'], {
    ASSAY_PASSPHRASE: PASSPHRASE,
    NODE_OPTIONS: `--require ${resolve('test/support/killAtStep.cjs')}`,
    ASSAY_TEST_KILL_AT: String(killAt),
  });
}

/** Every batch is one report, one record and one folder in done/, and the log is whole. */
export async function expectEachOnce(
  { inbox, root }: Awaited<ReturnType<typeof loadedFolder>>,
  nBatches: number,
): Promise<void> {
  const wanted = Array.from({ length: nBatches }, (_none, i) => i + 1);
  expect(inbox.names()).toEqual(['done', 'failed', 'taking']);
  expect(inbox.names('taking')).toEqual([]);
  expect(inbox.names('failed')).toEqual([]);
  expect(inbox.names('done')).toEqual(wanted.map((i) => `batch-${i}.csv`).sort());
  const test = await createTestCore({ root, hasWorkspace: false });
  test.core.context.vault.open(test.folder);
  const status = test.core.context.vault.status();
  const [person] = status.state === 'locked' ? status.people : [];
  await test.core.context.vault.unlock(person!.id, PASSPHRASE);
  const { call } = test;
  const page = { onlyFailed: false, offset: 0, limit: 200 };
  const { records } = okValue<'intake.listRecords'>(await call('intake.listRecords', page));
  expect(records.map(({ outcome, files }) => [outcome, files[0]?.fileName])).toEqual(
    wanted.toReversed().map((i) => ['imported', `batch-${i}.csv`]),
  );
  const { batches } = okValue<'drift.history'>(
    await call('drift.history', { modelId: records[0]!.modelId! }),
  );
  expect(labelsOf(batches)).toEqual(wanted.map((i) => `Batch ${i}`));
  const chain = okValue<'audit.verifyChain'>(await call('audit.verifyChain', {}));
  expect(chain).toMatchObject({ isIntact: true });
  test.close();
}

function labelsOf(batches: OutputOf<Contract['drift.history']>['batches']): string[] {
  return batches.map(({ label }) => label);
}
