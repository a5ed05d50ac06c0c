import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readVaultFile, writeVaultFile } from '../../electron/vault/vaultFile';
import { AppFailure } from '../../shared/ipc/errors';
import { confirmKeyOf, addPerson, passphraseOf, personNamed, signInAs } from '../support/people';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { createTestCore, PASSPHRASE, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';

const NEW = 'nine amber foxes crossed a silent harbour';

function actions({ core }: TestCore): string[] {
  const { db } = core.context.vault.session()!;
  return db.prepare<[], string>('SELECT action FROM audit_event ORDER BY seq').pluck().all();
}

describe('changing a passphrase', () => {
  it('makes the slot anew and nothing else', async () => {
    const test = await createTestCore();
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const { key: keyBefore } = await personNamed(test, PRINTED_NAME);
    const file = join(test.folder, 'vault.json');
    const [before] = readVaultFile(file).slots;
    okValue<'vault.changePassphrase'>(
      await test.call('vault.changePassphrase', { passphrase: PASSPHRASE, newPassphrase: NEW }),
    );
    const [after] = readVaultFile(file).slots;
    if (before?.v !== 2 || after?.v !== 2) throw new Error('not of today');
    // The same key-encryption key, so the same public half; sealed and locked anew.
    expect(after.publicKey).toBe(before.publicKey);
    expect(after.wrappedKek).not.toBe(before.wrappedKek);
    expect(after.kdf.salt).not.toBe(before.kdf.salt);
    expect(actions(test).at(-1)).toBe('vault.passphraseChanged');
    // Still signed in: the next signature takes the new passphrase alone.
    test.core.context.vault.lock('person');
    expect(await test.call('vault.unlock', { personId, passphrase: PASSPHRASE })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    test.close();
    const clock = testClock('2036-01-01T00:00:00.000Z');
    const later = await createTestCore({ hasWorkspace: false, nowMs: clock.nowMs });
    okValue<'vault.open'>(
      await later.call('vault.open', { folderToken: later.token(test.folder) }),
    );
    okValue<'vault.unlock'>(await later.call('vault.unlock', { personId, passphrase: NEW }));
    expect((await personNamed(later, PRINTED_NAME)).key).toEqual(keyBefore);
    later.close();
  });

  it('refuses a wrong, a weak and the same passphrase, and leaves the old one', async () => {
    const test = await createTestCore();
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const tries = [
      [{ passphrase: 'wrong', newPassphrase: NEW }, 'FORBIDDEN'],
      [{ passphrase: PASSPHRASE, newPassphrase: 'Ada Analyst' }, 'INVALID_INPUT'],
      [{ passphrase: PASSPHRASE, newPassphrase: PASSPHRASE }, 'INVALID_INPUT'],
    ] as const;
    for (const [input, code] of tries) {
      expect(await test.call('vault.changePassphrase', input)).toMatchObject({ error: { code } });
    }
    expect(actions(test)).not.toContain('vault.passphraseChanged');
    test.core.context.vault.lock('person');
    await new Promise((wait) => setTimeout(wait, 1100));
    await signInAs(test, personId, PASSPHRASE);
    test.close();
  });

  it('shows and records a slot that is not the one last recorded', async () => {
    const test = await createTestCore();
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const file = join(test.folder, 'vault.json');
    copyFileSync(file, `${file}.old`);
    okValue<'vault.changePassphrase'>(
      await test.call('vault.changePassphrase', { passphrase: PASSPHRASE, newPassphrase: NEW }),
    );
    test.core.context.vault.close();
    copyFileSync(`${file}.old`, file); // an older vault.json is put back
    test.core.context.vault.open(test.folder);
    const unlocked = await test.call('vault.unlock', { personId, passphrase: PASSPHRASE });
    expect(unlocked).toMatchObject({ value: { notices: { isSlotUnexpected: true } } });
    expect(actions(test).slice(-2)).toEqual(['vault.slotNotAsRecorded', 'vault.unlocked']);
    await signInAs(test, personId, PASSPHRASE);
    expect(actions(test).filter((action) => action === 'vault.slotNotAsRecorded')).toHaveLength(1);
    test.close();
  });
});

describe('the recovery kit', () => {
  it('lets an administrator in once, who chooses a new passphrase and needs a second person to sign', async () => {
    const test = await createTestCore();
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const kit = okValue<'vault.makeRecoveryKit'>(
      await test.call('vault.makeRecoveryKit', { passphrase: PASSPHRASE }),
    );
    expect(kit.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await test.call('vault.getRecoveryKit', {})).toEqual({
      ok: true,
      value: { id: kit.id, madeBy: PRINTED_NAME, madeAtUtc: kit.madeAtUtc },
    });
    const bela = await addPerson(test, 'Bela', ['reviewer']);
    await signInAs(test, personId, PASSPHRASE);
    const byAda = { id: personId, printedName: PRINTED_NAME, passphrase: PASSPHRASE };
    okValue<'vault.confirmKey'>(await confirmKeyOf(test, byAda, 'Bela'));
    test.core.context.vault.lock('person');
    expect(await test.call('vault.status', {})).toMatchObject({ value: { hasRecoveryKit: true } });
    const typed = kit.code.replaceAll('-', '').replaceAll('0', 'o').toLowerCase();
    const recovered = await test.call('vault.recover', {
      personId,
      code: typed,
      newPassphrase: NEW,
    });
    expect(recovered).toMatchObject({
      value: {
        state: 'unlocked',
        notices: {
          keysToConfirm: [{ printedName: PRINTED_NAME, origin: 'recovered' }],
          hasRecoveryKit: false,
        },
      },
    });
    expect(actions(test)).toContain('vault.accessRecovered');
    expect(readVaultFile(join(test.folder, 'vault.json')).recovery).toBeNull();
    // Only somebody else can confirm the new key; until then the banner stays.
    const again = { id: personId, printedName: PRINTED_NAME, passphrase: NEW };
    expect(await confirmKeyOf(test, again, PRINTED_NAME)).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    const byBela = { id: bela.id, printedName: 'Bela', passphrase: passphraseOf('Bela') };
    okValue<'vault.confirmKey'>(await confirmKeyOf(test, byBela, PRINTED_NAME));
    expect(await test.call('vault.status', {})).toMatchObject({
      value: { notices: { keysToConfirm: [] } },
    });
    test.core.context.vault.lock('person');
    const used = { personId, code: kit.code, newPassphrase: NEW };
    expect(await test.call('vault.recover', used)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    test.close();
  });

  it('gives no access to others than administrators, and none to a wrong code or an older kit', async () => {
    const clock = testClock();
    const test = await createTestCore({ nowMs: clock.nowMs });
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const make = async () =>
      okValue<'vault.makeRecoveryKit'>(
        await test.call('vault.makeRecoveryKit', { passphrase: PASSPHRASE }),
      );
    const older = await make();
    const kit = await make();
    const bela = await addPerson(test, 'Bela', ['analyst']);
    test.core.context.vault.lock('person');
    const tries = [
      [{ personId, code: older.code }, 'FORBIDDEN'],
      [{ personId, code: `${kit.code.slice(0, -1)}#` }, 'FORBIDDEN'],
      [{ personId: bela.id, code: kit.code }, 'FORBIDDEN'],
    ] as const;
    for (const [input, code] of tries) {
      clock.advance(120_000);
      expect(await test.call('vault.recover', { ...input, newPassphrase: NEW })).toMatchObject({
        error: { code },
      });
    }
    // The kit is still whole: it was refused for the person, not used.
    clock.advance(120_000);
    okValue<'vault.recover'>(
      await test.call('vault.recover', { personId, code: kit.code, newPassphrase: NEW }),
    );
    test.close();
  });

  it('opens a workspace whose data key was replaced since it was made', async () => {
    const test = await createTestCore();
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const { code } = okValue<'vault.makeRecoveryKit'>(
      await test.call('vault.makeRecoveryKit', { passphrase: PASSPHRASE }),
    );
    const bela = await addPerson(test, 'Bela', ['analyst']);
    await signInAs(test, personId, PASSPHRASE);
    const { revision } = await personNamed(test, 'Bela');
    okValue<'vault.deactivatePerson'>(
      await test.call('vault.deactivatePerson', { personId: bela.id, revision, reason: 'Left' }),
    );
    await signInAs(test, personId, PASSPHRASE);
    expect(actions(test)).toContain('vault.dataKeyChanged');
    test.core.context.vault.lock('person');
    okValue<'vault.recover'>(
      await test.call('vault.recover', { personId, code, newPassphrase: NEW }),
    );
    const { checks } = okValue<'vault.check'>(await test.call('vault.check', {}));
    expect(checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
    test.close();
  });
});

describe('replacing the data key', () => {
  it('is finished, or begun again, wherever it was cut short', async () => {
    const test = await createTestCore();
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const { vault } = test.core.context;
    const file = join(test.folder, 'vault.json');
    for (const cut of ['before the database', 'after the database', 'after the heads'] as const) {
      vault
        .session()!
        .write('test.due', 'x', {}, (db) =>
          db.prepare('UPDATE workspace SET is_key_change_due = 1').run(),
        );
      vault.lock('person');
      const heads = join(test.folder, 'heads.log');
      const database = join(test.folder, 'assay.db');
      for (const path of [heads, database]) copyFileSync(path, `${path}.old`);
      const before = readVaultFile(file);
      const seen: ReturnType<typeof readVaultFile>[] = [];
      const { save } = vault.store();
      vault.store().save = (changed) => {
        seen.push(changed);
        save(changed);
      };
      await vault.unlock(personId, PASSPHRASE);
      vault.store().save = save;
      vault.close();
      const half = seen.find(({ next }) => next !== null)!;
      expect(half.slots).toEqual(before.slots);
      if (cut === 'before the database') copyFileSync(`${database}.old`, database);
      if (cut !== 'after the heads') copyFileSync(`${heads}.old`, heads);
      writeVaultFile(file, half);
      vault.open(test.folder);
      await vault.unlock(personId, PASSPHRASE);
      expect(readVaultFile(file).next).toBeNull();
      const { checks } = okValue<'vault.check'>(await test.call('vault.check', {}));
      const failed = checks.filter(({ isPassed }) => !isPassed).map(({ detail }) => detail);
      expect({ cut, failed }).toEqual({ cut, failed: [] });
    }
    test.close();
  });
});

describe('a vault.json that cannot be written', () => {
  it('leaves the old passphrase working, and the failure says so', async () => {
    const test = await createTestCore();
    const { id: personId } = await personNamed(test, PRINTED_NAME);
    const { vault } = test.core.context;
    const { save } = vault.store();
    vault.store().save = () => {
      throw new AppFailure('STORAGE', 'The disk is full.');
    };
    const change = { passphrase: PASSPHRASE, newPassphrase: NEW };
    expect(await test.call('vault.changePassphrase', change)).toMatchObject({
      error: {
        code: 'STORAGE',
        message: expect.stringContaining('Your old passphrase goes on working') as string,
      },
    });
    vault.store().save = save;
    vault.lock('person');
    const unlocked = await test.call('vault.unlock', { personId, passphrase: PASSPHRASE });
    expect(unlocked).toMatchObject({ value: { notices: { isSlotUnexpected: true } } });
    test.close();
  });
});

describe('the sample workspace', () => {
  it('keeps its public passphrase, so that it always opens', async () => {
    const test = await createTestCore({ hasWorkspace: false });
    const folder = join(tempFolder(), 'sample');
    await test.core.context.vault.create({ ...SAMPLE_WORKSPACE, folder, isSample: true });
    const change = { passphrase: SAMPLE_WORKSPACE.passphrase, newPassphrase: NEW };
    expect(await test.call('vault.changePassphrase', change)).toMatchObject({
      error: { code: 'FORBIDDEN', message: expect.stringContaining('stays as it is') as string },
    });
    test.close();
  });
});
