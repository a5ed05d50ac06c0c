import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../electron/audit/auditRepo';
import { checkRecords } from '../../electron/audit/recordCheck';
import { verifyPackage } from '../../electron/audit/verifyPackage';
import { migrate, type Migration } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import type { Db } from '../../electron/db/openDatabase';
import { migrationRecord, signInSource } from '../../electron/vault/migrationRecord';
import { unwrapKeys } from '../../electron/vault/openWorkspace';
import type { VaultHolder } from '../../electron/vault/vaultHolder';
import { readVaultFile } from '../../electron/vault/vaultFile';
import { filesOf } from '../../electron/vault/workspaceFolder';
import type { PersonId } from '../../shared/base/ids';
import type { WorkspaceCheck } from '../../shared/vault/channels';
import { dropTriggers, editBehindTheBack, openBehindTheBack } from '../support/behindTheBack';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { PASSPHRASE, createTestVault, newHolder, openSession } from '../support/testVault';

const SCOPE = { progress: () => undefined, signal: new AbortController().signal };
const NEWEST = migrations.at(-1)!.version;
/** Made by scripts/workspaceFixture.mjs with Assay as it was before records were bound to the log. */
const FIXTURE = join(import.meta.dirname, '../fixtures/workspace-v5');

function oldWorkspace(): { folder: string; vault: VaultHolder; personId: PersonId } {
  const folder = join(tempFolder(), 'workspace');
  cpSync(join(FIXTURE, 'workspace'), folder, { recursive: true });
  const vault = newHolder(testClock('2026-02-01T00:00:00.000Z'));
  vault.open(folder);
  const status = vault.status();
  if (status.state !== 'locked') throw new Error('not a workspace');
  return { folder, vault, personId: status.people[0]!.id };
}

function detailOf({ checks }: WorkspaceCheck, title: string): string | undefined {
  return checks.find((check) => check.title === title)?.detail;
}

describe('a workspace of an older Assay', () => {
  it('can be checked before it is migrated', async () => {
    const { vault, personId } = oldWorkspace();
    const check = await vault.checkLocked(personId, PASSPHRASE, SCOPE);
    expect(detailOf(check, 'Records')).toBe(
      'made by an older Assay; the next sign-in binds every record to the log',
    );
    expect(check.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  });

  it('opens, is migrated, and has every record bound to the log from then on', async () => {
    const { folder, vault, personId } = oldWorkspace();
    await vault.unlock(personId, PASSPHRASE);
    const { db } = openSession(vault);
    const found = await checkRecords(db);
    // The migration binds all there was, and the sign-in the key slot that it found.
    expect(found).toMatchObject({ isBound: true, nBindingEvents: 2, nProblems: 0 });
    const [migrated] = eventsOf(db, 'vault.migrated');
    expect(migrated).toMatchObject({
      before: { schemaVersion: 5 },
      after: {
        schemaVersion: NEWEST,
        backup: 'assay.db.v5.bak',
        nRecordsBound: found.nRecords,
      },
    });
    expect(found.nRecords).toBeGreaterThan(10);
    expect(eventsOf(db, 'vault.created')[0]).not.toHaveProperty('recordsSha256');
    const check = await vault.check(SCOPE);
    expect(check.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
    vault.lock('person');
    await editBehindTheBack(folder, (behind) => behind.exec("UPDATE model SET owner = 'Eve'"));
    expect(detailOf(await vault.checkLocked(personId, PASSPHRASE, SCOPE), 'Records')).toMatch(
      /^model \["[-0-9a-f]{36}"\]: changed outside Assay$/,
    );
  });

  it('is migrated once, whatever happens after', async () => {
    const { vault, personId } = oldWorkspace();
    for (const _time of [1, 2, 3]) {
      await vault.unlock(personId, PASSPHRASE);
      expect(eventsOf(openSession(vault).db, 'vault.migrated')).toHaveLength(1);
      vault.lock('person');
    }
  });

  it('has sent out a package that still verifies', () => {
    const result = verifyPackage(readFileSync(join(FIXTURE, 'package.zip')), { trusted: {} });
    expect(result.steps.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(result.isValid).toBe(true);
  });
});

describe('a later migration that rewrites records', () => {
  const rewriting: Migration = {
    version: NEWEST + 1,
    name: 'rewriting',
    up: (db) =>
      void db.exec(`
        ALTER TABLE person ADD COLUMN initials TEXT NOT NULL DEFAULT '';
        ALTER TABLE workspace ADD COLUMN motto TEXT;`),
  };

  async function migrateTo(edit: (db: Db) => void) {
    const test = await createTestVault();
    test.vault.close();
    const { db, close } = await openBehindTheBack(test.folder);
    dropTriggers(db);
    edit(db);
    const vault = readVaultFile(filesOf(test.folder).vault);
    const slot = vault.slots[0]!;
    const keys = await unwrapKeys(vault, slot, PASSPHRASE);
    const clock = { bootId: crypto.randomUUID(), nowMs: test.clock.nowMs };
    const record = migrationRecord((opened) =>
      signInSource(opened, clock, vault, slot.personId, keys!.personKek),
    );
    const run = (): unknown =>
      migrate(db, {
        keyHex: '',
        backupPathFor: null,
        migrations: [...migrations, rewriting],
        record,
      });
    return { db, run, close };
  }

  it('binds what it changed, and nothing else, to the event of the migration', async () => {
    const { db, run, close } = await migrateTo(() => undefined);
    run();
    expect(eventsOf(db, 'vault.migrated').map(({ after }) => after)).toEqual([
      { schemaVersion: NEWEST + 1, backup: null, nRecordsBound: 1 },
    ]);
    expect(await checkRecords(db)).toMatchObject({ nProblems: 0, nBindingEvents: 2 });
    close();
  });

  it('does not run when a record was changed outside Assay, and changes nothing', async () => {
    const { db, run, close } = await migrateTo(
      (behind) => void behind.exec("UPDATE workspace SET created_at_utc = 'never'"),
    );
    expect(run).toThrow(
      expect.objectContaining({
        code: 'INTEGRITY',
        message: expect.stringContaining(
          'Records of this workspace were changed outside Assay (workspace [1]: changed outside Assay), so it is not brought to the newer version. Nothing was changed now.',
        ) as string,
      }),
    );
    expect(db.pragma('user_version', { simple: true })).toBe(NEWEST);
    expect(eventsOf(db, 'vault.migrated')).toEqual([]);
    close();
  });

  it('does not take records over anew when their digests were thrown away', async () => {
    const { run, close } = await migrateTo((behind) => behind.exec('DROP TABLE record_digest'));
    expect(run).toThrow('event 1: the digests of its records are missing');
    close();
  });
});
