import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deviceSlotPath } from '../../electron/vault/deviceSlot';
import type { PersonId } from '../../shared/base/ids';
import { FakeKeychain } from '../support/fakeKeychain';
import { actorOf, enabled, events, personOf } from '../support/keychainOn';
import { addPerson, passphraseOf, personNamed, signAs, signInAs } from '../support/people';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { createTestCore, PASSPHRASE, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';

const NEW = 'nine amber foxes crossed a silent harbour';

async function offer({ call }: TestCore, personId: PersonId): Promise<boolean | undefined> {
  const status = okValue<'vault.status'>(await call('vault.status', {}));
  if (status.state !== 'locked') throw new Error(`the workspace is ${status.state}`);
  return status.people.find(({ id }) => id === personId)?.hasKeychainUnlock;
}

describe('signing in through the keychain', () => {
  it('works after a restart, says so in its event, and leaves signing to the passphrase', async () => {
    const root = tempFolder();
    const { test, keychain, owner } = await enabled(undefined, root);
    const { personId } = owner;
    test.close();
    const later = await createTestCore({ hasWorkspace: false, keychain, root });
    const folderToken = later.token(test.folder);
    okValue<'vault.open'>(await later.call('vault.open', { folderToken }));
    expect(await offer(later, personId)).toBe(true);
    const unlocked = await later.call('vault.unlockWithKeychain', { personId });
    expect(unlocked).toMatchObject({
      ok: true,
      value: { state: 'unlocked', person: { id: personId } },
    });
    const [last] = events(later);
    expect(last!.action).toBe('vault.unlocked');
    expect(last!.after).toMatchObject({ by: 'keychain' });
    expect(await later.call('vault.keychainState', {})).toEqual({
      ok: true,
      value: { isAvailable: true, isEnabled: true },
    });
    const ref = { recordType: 'vault.accountability', recordId: personId } as const;
    const typed = { passphrase: 'not it', printedName: 'Ada Analyst' };
    expect(
      await signAs(later.call, 'vault.signAccountability', ref, 'responsibility', typed),
    ).toMatchObject({ error: { code: 'FORBIDDEN' } });
    later.close();
  });

  it('says nothing of a way in when the passphrase was typed', async () => {
    const { test, owner } = await enabled();
    await signInAs(test, owner.personId, PASSPHRASE);
    const [last] = events(test);
    expect(last!.after).toEqual({ appVersion: '0.0.0-test', nFailedAttempts: 0 });
    test.close();
  });

  it('is switched off with its file, on record', async () => {
    const { test, owner, path } = await enabled();
    expect(events(test)[0]!.action).toBe('vault.keychainEnabled');
    expect(await test.call('vault.disableKeychain', {})).toMatchObject({
      value: { isEnabled: false },
    });
    expect(events(test)[0]!.action).toBe('vault.keychainDisabled');
    expect(existsSync(path)).toBe(false);
    expect(await test.call('vault.disableKeychain', {})).toMatchObject({
      error: { code: 'CONFLICT' },
    });
    test.core.context.vault.lock('person');
    expect(await offer(test, owner.personId)).toBe(false);
    expect(await test.call('vault.unlockWithKeychain', personOf(owner))).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    test.close();
  });
});

describe('a system without a keychain to trust', () => {
  it('is told so, and no file is written', async () => {
    const keychain = new FakeKeychain();
    const test = await createTestCore({ keychain });
    const folder = dirname(deviceSlotPath(test.userDataFolder, actorOf(test)));
    for (const refuse of ['isThere', 'isAllowed'] as const) {
      keychain[refuse] = false;
      expect(await test.call('vault.enableKeychain', { passphrase: PASSPHRASE })).toMatchObject({
        error: { code: 'CONFLICT', message: expect.stringContaining('Nothing was changed') },
      });
      keychain[refuse] = true;
    }
    expect(await test.call('vault.enableKeychain', { passphrase: 'wrong' })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(existsSync(folder)).toBe(false);
    expect(events(test).map(({ action }) => action)).not.toContain('vault.keychainEnabled');
    test.close();
    const plain = await createTestCore();
    expect(await plain.call('vault.keychainState', {})).toMatchObject({
      value: { isAvailable: false, isEnabled: false },
    });
    plain.close();
  });

  it('refuses at sign-in, counts no attempt and keeps the file for another day', async () => {
    const { test, keychain, owner } = await enabled();
    const { personId } = owner;
    test.core.context.vault.lock('person');
    for (const refuse of ['isThere', 'isAllowed'] as const) {
      keychain[refuse] = false;
      expect(await test.call('vault.unlockWithKeychain', { personId })).toMatchObject({
        error: { code: 'CONFLICT', message: expect.stringContaining('passphrase') },
      });
      keychain[refuse] = true;
    }
    expect(await test.call('vault.status', {})).toMatchObject({
      value: { failedAttempts: 0, retryAfterMs: 0 },
    });
    okValue<'vault.unlockWithKeychain'>(await test.call('vault.unlockWithKeychain', { personId }));
    test.close();
  });
});

describe('a device slot', () => {
  it('outlives a change of the passphrase, and of the data key', async () => {
    const { test, owner } = await enabled();
    const { personId } = owner;
    okValue<'vault.changePassphrase'>(
      await test.call('vault.changePassphrase', { passphrase: PASSPHRASE, newPassphrase: NEW }),
    );
    const bela = await addPerson(test, 'Bela', ['analyst'], NEW);
    test.core.context.vault.lock('person');
    okValue<'vault.unlockWithKeychain'>(await test.call('vault.unlockWithKeychain', { personId }));
    const { revision } = await personNamed(test, 'Bela');
    okValue<'vault.deactivatePerson'>(
      await test.call('vault.deactivatePerson', { personId: bela.id, revision, reason: 'Left' }),
    );
    for (let time = 0; time < 2; time += 1) {
      test.core.context.vault.lock('person');
      okValue<'vault.unlockWithKeychain'>(
        await test.call('vault.unlockWithKeychain', { personId }),
      );
    }
    expect(events(test).map(({ action }) => action)).toContain('vault.dataKeyChanged');
    test.close();
  });

  it.each(['vault.resetAccess', 'vault.deactivatePerson'] as const)('ends with %s', async (end) => {
    const { test, owner: ada, path: adasPath } = await enabled();
    const bela = await addPerson(test, 'Bela', ['analyst']);
    okValue<'vault.enableKeychain'>(
      await test.call('vault.enableKeychain', { passphrase: passphraseOf('Bela') }),
    );
    const personId = bela.id;
    const path = deviceSlotPath(test.userDataFolder, { ...ada, personId });
    const before = readFileSync(join(test.folder, 'vault.json'));
    await signInAs(test, ada.personId, PASSPHRASE);
    const { revision } = await personNamed(test, 'Bela');
    const change = { personId, revision, reason: 'Gone' };
    if (end === 'vault.resetAccess') {
      okValue<typeof end>(await test.call(end, { ...change, passphrase: PASSPHRASE }));
    } else okValue<typeof end>(await test.call(end, change));
    test.core.context.vault.lock('person');
    expect(await offer(test, personId)).not.toBe(true);
    const kept = readFileSync(path);
    expect(await test.call('vault.unlockWithKeychain', { personId })).toMatchObject({
      error: { code: 'CONFLICT', message: expect.stringContaining('passphrase') },
    });
    expect(existsSync(path)).toBe(false);
    // Not even with the vault.json and the device slot of before.
    writeFileSync(path, kept);
    writeFileSync(join(test.folder, 'vault.json'), before);
    expect(await test.call('vault.unlockWithKeychain', { personId })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(existsSync(path)).toBe(false);
    expect(existsSync(adasPath)).toBe(true);
    test.close();
  });

  it('ends for who has chosen a passphrase anew after a reset', async () => {
    const { test, keychain, owner } = await enabled();
    const { personId } = owner;
    const { code } = okValue<'vault.makeRecoveryKit'>(
      await test.call('vault.makeRecoveryKit', { passphrase: PASSPHRASE }),
    );
    test.core.context.vault.lock('person');
    okValue<'vault.recover'>(
      await test.call('vault.recover', { personId, code, newPassphrase: NEW }),
    );
    test.core.context.vault.lock('person');
    expect(keychain.seen).toHaveLength(1);
    expect(await test.call('vault.unlockWithKeychain', { personId })).toMatchObject({
      error: { code: 'CONFLICT', details: { ended: 'keychain' } },
    });
    expect(await offer(test, personId)).toBe(false);
    await signInAs(test, personId, NEW);
    test.close();
  });
});

describe('the wait after wrong passphrases', () => {
  it('does not hold up the keychain, is told once, and goes on for passphrases', async () => {
    const clock = testClock();
    const { test, owner } = await enabled(clock.nowMs);
    const { personId } = owner;
    test.core.context.vault.lock('person');
    for (let time = 0; time < 3; time += 1) {
      clock.advance(60_000);
      await test.call('vault.unlock', { personId, passphrase: 'wrong' });
    }
    const unlocked = await test.call('vault.unlockWithKeychain', { personId });
    expect(unlocked).toMatchObject({ value: { failedAttempts: 3 } });
    expect(await test.call('vault.makeRecoveryKit', { passphrase: PASSPHRASE })).toMatchObject({
      error: { code: 'FORBIDDEN', details: { retryAfterMs: 4000 } },
    });
    test.core.context.vault.lock('person');
    expect(await test.call('vault.status', {})).toMatchObject({
      value: { failedAttempts: 0, retryAfterMs: 4000 },
    });
    // On record once, although the wait goes on.
    okValue<'vault.unlockWithKeychain'>(await test.call('vault.unlockWithKeychain', { personId }));
    const failed = events(test).filter(({ action }) => action === 'vault.unlockFailed');
    expect(failed).toHaveLength(1);
    clock.advance(5000);
    await signInAs(test, personId, PASSPHRASE);
    test.core.context.vault.lock('person');
    expect(await test.call('vault.status', {})).toMatchObject({ value: { retryAfterMs: 0 } });
    test.close();
  });
});
