import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { actionsOf, backUp, coreFor, emptyCore, restoreInto } from '../support/testBackup';
import { modelsOf, okValue } from '../support/testModel';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { forgeWithKey } from './craftBackup';

const QUIET = { progress: () => undefined, signal: new AbortController().signal };

/** Takes back what the newest migration did, as if it had never run. */
function undoNewestMigration(db: Db): void {
  expect(migrations.at(-1)!.name).toBe('dataflow');
  db.exec(`DROP TABLE dataflow_acceptance; DROP TABLE dataflow_approval;
    DROP TABLE dataflow_revision;`);
}

describe('restoring', () => {
  it('goes into an empty or new folder only, never over a workspace', async () => {
    const test = await coreFor();
    const { path } = await backUp(test);
    const other = await emptyCore();
    const before = readdirSync(test.folder).sort();
    const over = await restoreInto(other, path, test.folder);
    expect(over).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('a workspace in this folder') },
    });
    expect(readdirSync(test.folder).sort()).toEqual(before);
    const used = tempFolder();
    writeFileSync(join(used, 'notes.txt'), 'mine');
    expect(await restoreInto(other, path, used)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('not empty') },
    });
    expect(readdirSync(used)).toEqual(['notes.txt']);
    // Someone is signed in: nothing is restored under their feet.
    expect(await restoreInto(test, path, tempFolder())).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
  });

  it('counts a wrong passphrase like a failed sign-in, also after a restart, and records it', async () => {
    const clock = testClock();
    const { path } = await backUp(await coreFor({ nowMs: clock.nowMs }));
    const other = await emptyCore(clock.nowMs);
    const folder = join(tempFolder(), 'restored');
    const refused = await restoreInto(other, path, folder, { passphrase: 'not the passphrase' });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', details: { retryAfterMs: 1000 } },
    });
    expect(existsSync(folder)).toBe(false);
    // The right one comes too soon, even when the file is looked at anew.
    const soon = await restoreInto(other, path, folder);
    expect(soon).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    clock.advance(1000);
    const again = await restoreInto(other, path, folder, { passphrase: 'still not it' });
    expect(again).toMatchObject({ ok: false, error: { details: { retryAfterMs: 2000 } } });
    clock.advance(2000);
    const status = okValue<'vault.restore'>(await restoreInto(other, path, folder));
    expect(status).toMatchObject({ failedAttempts: 2 });
    expect(actionsOf(other).slice(-3)).toEqual([
      'vault.restored',
      'vault.unlockFailed',
      'vault.unlocked',
    ]);
    expect(readdirSync(other.core.context.ports.userDataFolder)).toEqual([]);
  });

  it('never applies a journal that lies beside the target', async () => {
    const test = await coreFor();
    const { path, nEvents } = await backUp(test);
    // Later records in a journal of the same key: SQLite would take it for the restored file's own.
    okValue<'registry.createModel'>(
      await test.call('registry.createModel', { name: 'Later', purpose: 'p', owner: 'o' }),
    );
    const journal = readFileSync(join(test.folder, 'assay.db-wal'));
    expect(journal.length).toBeGreaterThan(4096);

    const other = await emptyCore();
    const stale = tempFolder();
    writeFileSync(join(stale, 'assay.db-wal'), journal);
    expect(await restoreInto(other, path, stale)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });

    const folder = tempFolder();
    const plant = (): void => {
      for (const name of ['assay.db-wal', 'assay.db-shm', 'assay.db.partial-wal']) {
        writeFileSync(join(folder, name), journal);
      }
    };
    writeFileSync(join(folder, 'assay.db.partial-wal'), journal);
    const progress = ({ activity }: { activity: string }): void => {
      if (activity.startsWith('Reading')) plant();
    };
    const scope = { ...QUIET, progress };
    okValue<'vault.restore'>(await restoreInto(other, path, folder, { scope }));
    expect(actionsOf(other)).toHaveLength(nEvents + 2);
    expect(await modelsOf(other)).toEqual([]);
    expect(okValue<'vault.check'>(await other.call('vault.check', {}))).toMatchObject({
      isIntact: true,
    });
  });

  it('takes a folder in which a restore was killed, but not one that only looks like it', async () => {
    const { path } = await backUp(await coreFor());
    const halves = ['assay.db', 'assay.db.partial', 'assay.db.partial-wal', 'heads.log'];
    const folder = tempFolder();
    for (const name of halves) writeFileSync(join(folder, name), 'half');
    const other = await emptyCore();
    expect(await restoreInto(other, path, folder)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    expect(readFileSync(join(folder, 'assay.db'), 'utf8')).toBe('half');
    writeFileSync(join(folder, 'restore.partial'), '');
    okValue<'vault.restore'>(await restoreInto(other, path, folder));
    expect(okValue<'vault.check'>(await other.call('vault.check', {})).isIntact).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([
      'assay.db',
      'assay.db-wal',
      'heads.log',
      'vault.json',
    ]);
  });

  it('brings a backup of an older Assay to the newest data format, and records that', async () => {
    const { path, nEvents } = await backUp(await coreFor());
    const newest = migrations.at(-1)!.version;
    const older = await forgeWithKey(
      path,
      (parts, keyHex) => {
        const file = join(tempFolder(), 'assay.db');
        writeFileSync(file, parts.get('assay.db')!);
        const db = openDatabase({ path: file, keyHex });
        undoNewestMigration(db);
        db.pragma(`user_version = ${newest - 1}`);
        db.close();
        parts.set('assay.db', readFileSync(file));
      },
      (manifest) => ({ ...manifest, schemaVersion: newest - 1 }),
    );
    const other = await emptyCore();
    const folder = tempFolder();
    okValue<'vault.restore'>(await restoreInto(other, older, folder));
    expect(actionsOf(other).slice(nEvents)).toEqual([
      'vault.migrated',
      'vault.restored',
      'vault.unlocked',
    ]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.bak'))).toEqual([]);
    const check = okValue<'vault.check'>(await other.call('vault.check', {}));
    expect(check.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  });

  it('leaves nothing when it is cancelled at any step', async () => {
    const { path } = await backUp(await coreFor());
    const other = await emptyCore();
    const folder = join(tempFolder(), 'restored');
    for (const step of ['Reading', 'Opening', 'events checked']) {
      const controller = new AbortController();
      const progress = ({ activity }: { activity: string }): void => {
        if (activity.includes(step)) controller.abort();
      };
      const scope = { progress, signal: controller.signal };
      const result = await restoreInto(other, path, folder, { scope });
      expect(result, step).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
      expect(existsSync(folder), step).toBe(false);
    }
  });

  it('refuses a file that changed since it was looked at', async () => {
    const test = await coreFor();
    const first = await backUp(test);
    const second = await backUp(test);
    const other = await emptyCore();
    const folder = join(tempFolder(), 'restored');
    const onInspected = (): void => writeFileSync(first.path, readFileSync(second.path));
    expect(await restoreInto(other, first.path, folder, { onInspected })).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining('has changed since') },
    });
    expect(existsSync(folder)).toBe(false);
  });
});
