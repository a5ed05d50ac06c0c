import { appendFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listEvents } from '../../electron/audit/auditRepo';
import { currentHead } from '../../electron/audit/auditLog';
import type { VaultHolder } from '../../electron/vault/vaultHolder';
import { AppFailure } from '../../shared/ipc/errors';
import {
  PASSPHRASE,
  PRINTED_NAME,
  WORKSPACE_NAME,
  createTestVault,
  newHolder,
  openSession,
  type TestVault,
} from '../support/testVault';

async function failureOf(promise: Promise<unknown>): Promise<AppFailure> {
  const error: unknown = await promise.then(() => null).catch((reason: unknown) => reason);
  if (error instanceof AppFailure) return error;
  throw new Error('expected an AppFailure', { cause: error });
}

async function lockedVault(): Promise<TestVault> {
  const test = await createTestVault();
  test.vault.lock('person');
  return test;
}

async function actionsOf(vault: VaultHolder): Promise<string[]> {
  const { events } = await listEvents(openSession(vault).db, { offset: 0, limit: 100, text: null });
  return events.map(({ action }) => action).reverse();
}

describe('signing in', () => {
  it('opens with the right passphrase and shows who and what is open', async () => {
    const { vault, personId, folder } = await lockedVault();
    expect(vault.status()).toEqual({
      state: 'locked',
      workspaceName: WORKSPACE_NAME,
      folder,
      people: [
        { id: personId, printedName: PRINTED_NAME, isFirstSignIn: false, hasKeychainUnlock: false },
      ],
      hasRecoveryKit: false,
      failedAttempts: 0,
      retryAfterMs: 0,
    });
    await vault.unlock(personId, PASSPHRASE);
    const { workspace } = openSession(vault);
    expect(vault.status()).toEqual({
      state: 'unlocked',
      workspace: { id: workspace.id, name: WORKSPACE_NAME, folder, isReadOnly: false },
      person: {
        id: personId,
        printedName: PRINTED_NAME,
        roles: ['analyst', 'reviewer', 'manager', 'administrator'],
      },
      isSample: false,
      nEvents: 4,
      failedAttempts: 0,
      autoLockAfterMs: 600_000,
      notices: {
        keysToConfirm: [],
        mustSignAccountability: true,
        isSlotUnexpected: false,
        hasRecoveryKit: false,
      },
    });
    expect(await actionsOf(vault)).toEqual([
      'vault.created',
      'vault.personAdded',
      'vault.locked',
      'vault.unlocked',
    ]);
    vault.close();
  });

  it('refuses a wrong passphrase and opens nothing', async () => {
    const { vault, personId, folder } = await lockedVault();
    const before = readFileSync(join(folder, 'assay.db'));
    const failure = await failureOf(vault.unlock(personId, 'a wrong passphrase of some length'));
    expect(failure).toMatchObject({ code: 'FORBIDDEN', details: { retryAfterMs: 1000 } });
    expect(failure.message).not.toContain('wrong passphrase of some length');
    expect(vault.session()).toBeNull();
    expect(readFileSync(join(folder, 'assay.db')).equals(before)).toBe(true);
    expect(existsSync(join(folder, 'assay.db-wal'))).toBe(false);
  });

  it('doubles the wait with every failure up to a minute, and does not even look while it lasts', async () => {
    const { vault, personId, clock } = await lockedVault();
    const waitsMs: unknown[] = [];
    for (let i = 0; i < 8; i++) {
      const failure = await failureOf(vault.unlock(personId, 'wrong'));
      waitsMs.push(failure.details['retryAfterMs']);
      const tooSoon = await failureOf(vault.unlock(personId, PASSPHRASE));
      expect(tooSoon).toMatchObject({ code: 'FORBIDDEN', details: failure.details });
      clock.advance(Number(failure.details['retryAfterMs']));
    }
    expect(waitsMs).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    await vault.unlock(personId, PASSPHRASE);
    vault.close();
  });

  it('keeps the wait over a restart, and over a clock that was set back', async () => {
    const { vault, restart, personId, clock } = await lockedVault();
    for (let i = 0; i < 3; i++) {
      await failureOf(vault.unlock(personId, 'wrong'));
      clock.advance(4000);
    }
    clock.advance(-4000);
    const restarted = restart();
    expect(restarted.status()).toMatchObject({ failedAttempts: 3, retryAfterMs: 4000 });
    clock.advance(-86_400_000);
    expect(restarted.status()).toMatchObject({ retryAfterMs: 4000 });
    clock.advance(86_400_000 + 3999);
    await failureOf(restarted.unlock(personId, PASSPHRASE));
    clock.advance(1);
    await restarted.unlock(personId, PASSPHRASE);
    restarted.close();
  });

  it('records the failures at the next sign-in and tells them once', async () => {
    const { vault, personId, folder, clock } = await lockedVault();
    await failureOf(vault.unlock(personId, 'wrong'));
    clock.advance(60_000);
    await failureOf(vault.unlock(personId, 'wrong again'));
    const log = readFileSync(join(folder, 'attempts.log'), 'utf8');
    expect(log).not.toContain('wrong');
    clock.advance(60_000);
    await vault.unlock(personId, PASSPHRASE);
    expect(vault.status()).toMatchObject({ state: 'unlocked', failedAttempts: 2 });
    expect(vault.status()).toMatchObject({ state: 'unlocked', failedAttempts: 0 });
    const { events } = await listEvents(openSession(vault).db, { offset: 0, limit: 2, text: null });
    expect(events).toMatchObject([
      { action: 'vault.unlocked', after: { nFailedAttempts: 2 } },
      {
        action: 'vault.unlockFailed',
        subject: personId,
        after: {
          nAttempts: 2,
          firstAtUtc: '2026-01-02T03:04:05.000Z',
          lastAtUtc: '2026-01-02T03:05:05.000Z',
        },
      },
    ]);
    expect(existsSync(join(folder, 'attempts.log'))).toBe(false);
    vault.close();
  });

  it('does not let guesses run side by side', async () => {
    const { vault, personId } = await lockedVault();
    const answers = await Promise.all([
      failureOf(vault.unlock(personId, 'one')),
      failureOf(vault.unlock(personId, 'two')),
    ]);
    expect(answers.map(({ code }) => code).sort()).toEqual(['CONFLICT', 'FORBIDDEN']);
  });

  it('survives a torn line in the log of attempts', async () => {
    const { vault, restart, personId, folder, clock } = await lockedVault();
    await failureOf(vault.unlock(personId, 'wrong'));
    appendFileSync(join(folder, 'attempts.log'), '{"atUtc":"2026-01');
    clock.advance(60_000);
    const restarted = restart();
    expect(restarted.status()).toMatchObject({ failedAttempts: 1 });
    await restarted.unlock(personId, PASSPHRASE);
    restarted.close();
  });

  it('refuses a person it does not know, and a sign-in when nothing is open', async () => {
    const { vault, personId, clock } = await lockedVault();
    const stranger = '00000000-0000-4000-8000-000000000000' as typeof personId; // any other UUID
    expect((await failureOf(vault.unlock(stranger, PASSPHRASE))).code).toBe('NOT_FOUND');
    expect((await failureOf(newHolder(clock).unlock(personId, PASSPHRASE))).code).toBe('NOT_FOUND');
  });

  it('refuses a second window within 2 seconds and leaves the first one working', async () => {
    const test = await createTestVault();
    const second = test.restart();
    const startMs = performance.now();
    const failure = await failureOf(second.unlock(test.personId, PASSPHRASE));
    expect(performance.now() - startMs).toBeLessThan(2000);
    expect(failure).toMatchObject({
      code: 'CONFLICT',
      message: 'This workspace is open in another window. Close it there, then try again.',
    });
    test.session().write('test.worked', 'x', {}, () => undefined);
    test.vault.lock('person');
    await second.unlock(test.personId, PASSPHRASE);
    second.close();
  });
});

describe('opening a folder', () => {
  it('refuses what is not a workspace, each with its own sentence', async () => {
    const { vault, folder, clock } = await lockedVault();
    expect(() => newHolder(clock).open(join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    const vaultJson = join(folder, 'vault.json');
    const good = readFileSync(vaultJson, 'utf8');
    for (const bad of [
      '',
      'not json',
      '{}',
      `${good} `,
      good.replace('{', '{ '),
      good.slice(0, -10),
    ]) {
      writeFileSync(vaultJson, bad);
      expect(() => vault.open(folder)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    }
    writeFileSync(vaultJson, good.replace('"v":2,"workspaceId"', '"v":3,"workspaceId"'));
    expect(() => vault.open(folder)).toThrow('newer Assay');
    writeFileSync(vaultJson, good);
    rmSync(join(folder, 'assay.db'));
    expect(() => vault.open(folder)).toThrow('assay.db is missing');
  });

  it('keeps its files to their owner', async () => {
    const { folder } = await lockedVault();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of ['vault.json', 'assay.db', 'heads.log']) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('refuses a database of another workspace under a genuine vault.json', async () => {
    const [mine, other] = [await lockedVault(), await lockedVault()];
    writeFileSync(join(mine.folder, 'assay.db'), readFileSync(join(other.folder, 'assay.db')));
    const failure = await failureOf(mine.vault.unlock(mine.personId, PASSPHRASE));
    expect(failure).toMatchObject({ code: 'INTEGRITY', details: { step: 'file' } });
  });

  it('answers INTEGRITY, not "wrong passphrase", when the file is damaged', async () => {
    const { vault, personId, folder } = await lockedVault();
    const path = join(folder, 'assay.db');
    const bytes = readFileSync(path);
    bytes[20]! ^= 1;
    writeFileSync(path, bytes);
    const failure = await failureOf(vault.unlock(personId, PASSPHRASE));
    expect(failure.code).toBe('INTEGRITY');
    expect(failure.message).toContain('restore the latest backup');
    expect(vault.status()).toMatchObject({ state: 'locked', failedAttempts: 0 });
  });

  it('starts heads.log again when it was removed, and records that it was gone', async () => {
    const { vault, personId, folder } = await lockedVault();
    rmSync(join(folder, 'heads.log'));
    await vault.unlock(personId, PASSPHRASE);
    expect((await actionsOf(vault)).slice(-2)).toEqual(['vault.headsMissing', 'vault.unlocked']);
    const { heads, db } = openSession(vault);
    expect(heads.read().heads.at(-1)).toEqual(currentHead(db));
    vault.close();
  });
});
