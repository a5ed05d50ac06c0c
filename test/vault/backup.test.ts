import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CoreContext } from '../../electron/app/context';
import { createAppContext } from '../../electron/app/createContext';
import { eventsOf } from '../../electron/audit/auditRepo';
import * as service from '../../electron/vault/backupService';
import { contract } from '../../shared/ipc/contract';
import { AppFailure } from '../../shared/ipc/errors';
import {
  actionsOf,
  backUp,
  coreFor,
  dbOf,
  emptyCore,
  inspect,
  restoreInto,
} from '../support/testBackup';
import { PASSPHRASE } from '../support/testCore';
import { createTestModel, modelsOf, okValue } from '../support/testModel';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { PRINTED_NAME, WORKSPACE_NAME } from '../support/testVault';

const QUIET = { progress: () => undefined, signal: new AbortController().signal };

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

describe('a backup', () => {
  it('is one file that restores elsewhere with the same history, and the log goes on from it', async () => {
    const model = await createTestModel();
    onTestFinished(model.close);
    await model.importDrifted();
    const written = await backUp(model);
    const before = actionsOf(model).slice(0, written.nEvents);

    const other = await emptyCore();
    const folder = join(tempFolder(), 'restored');
    const status = okValue<'vault.restore'>(await restoreInto(other, written.path, folder));
    expect(status).toMatchObject({
      state: 'unlocked',
      workspace: { name: WORKSPACE_NAME, folder, isReadOnly: false },
      person: { printedName: PRINTED_NAME },
      failedAttempts: 0,
    });
    expect(readdirSync(folder).sort()).toEqual([
      'assay.db',
      'assay.db-wal',
      'heads.log',
      'vault.json',
    ]);
    expect(readFileSync(join(folder, 'vault.json'))).toEqual(
      readFileSync(join(model.folder, 'vault.json')),
    );
    expect(actionsOf(other)).toEqual([...before, 'vault.restored', 'vault.unlocked']);
    const models = await modelsOf(other);
    expect(models).toMatchObject([{ name: 'Churn', nOpenAlerts: 1 }]);
    const check = okValue<'vault.check'>(await other.call('vault.check', {}));
    expect(check.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  });

  it('is named in the log of the workspace with its digest and the head that it holds', async () => {
    const test = await coreFor();
    const written = await backUp(test);
    const { path, fileName, sizeBytes, nEvents } = written;
    const [event] = eventsOf(dbOf(test), 'vault.backedUp');
    expect(event).toMatchObject({
      seq: nEvents + 1,
      after: { fileName, sizeBytes, nEvents, sha256: sha256(path) },
    });
    expect(written).toMatchObject({ sha256: sha256(path), sizeBytes: readFileSync(path).length });
    expect(readdirSync(dirname(path))).toEqual([basename(path)]);
    expect(readdirSync(test.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('is named in the restored log with its digest, its time, its head and the new one', async () => {
    const test = await coreFor();
    const written = await backUp(test);
    const other = await emptyCore();
    okValue<'vault.restore'>(await restoreInto(other, written.path, tempFolder()));
    const [event] = eventsOf(dbOf(other), 'vault.restored');
    const [backedUp] = eventsOf(dbOf(test), 'vault.backedUp');
    const { rootSha256 } = backedUp!.after as { rootSha256: string };
    const head = { nEvents: written.nEvents, rootSha256 };
    expect(event).toMatchObject({
      seq: written.nEvents + 1,
      before: head,
      after: {
        ...head,
        backup: written.fileName,
        backupSha256: written.sha256,
        backupCreatedAtUtc: written.createdAtUtc,
      },
    });
  });

  it('holds no record in clear text', async () => {
    const test = await coreFor();
    const marker = 'Zebra marker that must stay secret';
    okValue<'registry.createModel'>(
      await test.call('registry.createModel', { name: marker, purpose: marker, owner: marker }),
    );
    const bytes = readFileSync((await backUp(test)).path);
    expect(bytes.includes(Buffer.from('Zebra marker'))).toBe(false);
    expect(bytes.includes(Buffer.from('SQLite format 3'))).toBe(false);
    // What vault.json shows in the folder as well.
    expect(bytes.includes(Buffer.from(PRINTED_NAME))).toBe(true);
  });

  it('says what it is before anyone signs in', async () => {
    const clock = testClock();
    const test = await coreFor({ nowMs: clock.nowMs });
    const written = await backUp(test);
    const found = okValue<'vault.inspectBackup'>(await inspect(await emptyCore(), written.path));
    expect(found).toMatchObject({
      fileName: 'copy.assaybackup',
      sha256: written.sha256,
      sizeBytes: written.sizeBytes,
      workspaceName: WORKSPACE_NAME,
      people: [{ printedName: PRINTED_NAME }],
      createdAtUtc: '2026-01-02T03:04:05.000Z',
      appVersion: '0.0.0-test',
      nEvents: written.nEvents,
    });
  });

  it('can be made twice in a row, over the same file too, and tells its age', async () => {
    const test = await coreFor();
    expect(okValue<'vault.lastBackup'>(await test.call('vault.lastBackup', {}))).toBeNull();
    const first = await backUp(test);
    const second = await backUp(test, first.path);
    expect(second.nEvents).toBe(first.nEvents + 1);
    expect(readdirSync(dirname(first.path))).toEqual([basename(first.path)]);
    expect(okValue<'vault.lastBackup'>(await test.call('vault.lastBackup', {}))).toMatchObject({
      fileName: 'copy.assaybackup',
      sha256: second.sha256,
    });
    const other = await emptyCore();
    okValue<'vault.restore'>(await restoreInto(other, second.path, tempFolder()));
    expect(actionsOf(other)).toContain('vault.backedUp');
  });

  it('can be made by every role, and is not made without the passphrase', async () => {
    const { allow } = contract['vault.backUp'];
    for (const role of allow) {
      const test = await coreFor({ roles: [role] });
      await backUp(test);
      const refused = await test.call('vault.backUp', { passphrase: 'not the passphrase' });
      expect(refused).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
      expect(test.picks).toEqual([]);
      expect(actionsOf(test).at(-1)).toBe('vault.signingRefused');
    }
  });

  it('is not made where it would be lost with the workspace, nor where there is no folder', async () => {
    const test = await coreFor();
    const before = readFileSync(join(test.folder, 'vault.json'));
    for (const [path, code] of [
      [join(test.folder, 'vault.json'), 'CONFLICT'],
      [join(test.folder, '..', 'nowhere', 'x.assaybackup'), 'NOT_FOUND'],
      [null, 'CANCELLED'],
    ] as const) {
      test.picks.push(path);
      const result = await test.call('vault.backUp', { passphrase: PASSPHRASE });
      expect(result).toMatchObject({ ok: false, error: { code } });
    }
    expect(readFileSync(join(test.folder, 'vault.json'))).toEqual(before);
    expect(actionsOf(test)).not.toContain('vault.backedUp');
  });

  it('leaves nothing when it is cancelled at any step, nor when the workspace is locked meanwhile', async () => {
    const test = await coreFor();
    const folder = tempFolder();
    for (const step of ['Copying', 'Writing', 'Reading', 'Opening']) {
      const controller = new AbortController();
      test.picks.push(join(folder, 'x.assaybackup'));
      const progress = ({ activity }: { activity: string }): void => {
        if (activity.startsWith(step)) controller.abort();
      };
      const scope = { progress, signal: controller.signal };
      const result = await test.call('vault.backUp', { passphrase: PASSPHRASE }, scope);
      expect(result, step).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
      expect(readdirSync(folder), step).toEqual([]);
    }
    test.picks.push(join(folder, 'x.assaybackup'));
    const progress = (): void => void test.core.context.vault.lock('person');
    const locked = await test.call(
      'vault.backUp',
      { passphrase: PASSPHRASE },
      { ...QUIET, progress },
    );
    expect(locked).toMatchObject({ ok: false, error: { code: 'LOCKED' } });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a backup that the workspace cannot record', () => {
  it('is kept, because it is whole, and the failure says so', async () => {
    const test = await coreFor();
    const session = test.core.context.vault.session()!;
    const path = join(tempFolder(), 'x.assaybackup');
    test.picks.push(path);
    const call: CoreContext['call'] = (name, input) => test.call(name, input);
    const context = createAppContext({ ...test.core.context, ...QUIET, call }, session);
    const write = (): never => {
      throw new AppFailure('STORAGE', 'The disk is full.');
    };
    await expect(service.backUp({ ...context, write }, { passphrase: PASSPHRASE })).rejects.toThrow(
      'x.assaybackup is whole and verified, but the workspace could not record it: The disk is full. Nothing was recorded.',
    );
    okValue<'vault.restore'>(await restoreInto(await emptyCore(), path, tempFolder()));
  });
});
