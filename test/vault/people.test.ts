import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readVaultFile, writeVaultFile } from '../../electron/vault/vaultFile';
import { PersonId } from '../../shared/base/ids';
import {
  addPerson,
  confirmKeyOf,
  firstSignIn,
  invite,
  passphraseOf,
  personNamed,
  signAccountability,
  signInAs,
} from '../support/people';
import { createTestCore, PASSPHRASE, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { testClock } from '../support/testClock';
import { PRINTED_NAME } from '../support/testVault';

async function owner(test: TestCore) {
  const { id, printedName } = test.core.context.vault.session()!.actor;
  return { id: PersonId.parse(id), printedName, passphrase: PASSPHRASE };
}

async function isIntact({ call }: TestCore): Promise<unknown> {
  const { checks } = okValue<'vault.check'>(await call('vault.check', {}));
  return checks.filter(({ isPassed }) => !isPassed);
}

function actions({ core }: TestCore): string[] {
  const { db } = core.context.vault.session()!;
  return db.prepare<[], string>('SELECT action FROM audit_event ORDER BY seq').pluck().all();
}

describe('adding a person', () => {
  it('lets them in once with what they were given, and then with a passphrase of their own', async () => {
    const test = await createTestCore();
    const ada = await owner(test);
    const { person, oneTimePassphrase } = await invite(test, 'Bela Reviewer', ['reviewer']);
    expect(person).toMatchObject({ state: 'invited', key: null, identityCheck: 'Badge seen' });
    expect(oneTimePassphrase).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    test.core.context.vault.lock('person');
    expect(await test.call('vault.status', {})).toMatchObject({
      value: {
        people: [
          { printedName: PRINTED_NAME, isFirstSignIn: false, hasKeychainUnlock: false },
          { printedName: 'Bela Reviewer', isFirstSignIn: true, hasKeychainUnlock: false },
        ],
      },
    });
    const given = { personId: person.id, passphrase: oneTimePassphrase };
    expect(await test.call('vault.unlock', given)).toMatchObject({
      error: { code: 'CONFLICT', details: { needs: 'newPassphrase' } },
    });
    const typed = ` ${oneTimePassphrase.toLowerCase().replaceAll('-', ' ')}`;
    await firstSignIn(test, person.id, typed, passphraseOf('Bela'));
    expect(await personNamed(test, 'Bela Reviewer')).toMatchObject({
      state: 'active',
      key: { origin: 'invited', authorisedBy: PRINTED_NAME, isConfirmed: false },
    });
    await signInAs(test, person.id, passphraseOf('Bela'));
    test.core.context.vault.lock('person');
    const again = { personId: person.id, oneTimePassphrase, newPassphrase: passphraseOf('Eve') };
    expect(await test.call('vault.firstSignIn', again)).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    test.core.context.vault.lock('person');
    expect(existsSync(join(test.folder, 'attempts.log'))).toBe(true);
    expect(readFileSync(join(test.folder, 'vault.json'), 'utf8')).not.toContain(oneTimePassphrase);
    expect(test.logged.join('\n')).not.toContain(oneTimePassphrase);
    expect(ada.printedName).toBe(PRINTED_NAME);
    test.close();
  });

  it('asks for the administrator\u2019s passphrase and changes nothing when it is wrong', async () => {
    const test = await createTestCore();
    const refused = await test.call('vault.addPerson', {
      printedName: 'Bela',
      roles: ['analyst'],
      identityCheck: 'Badge seen',
      passphrase: 'not the passphrase',
    });
    expect(refused).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(okValue<'vault.listPeople'>(await test.call('vault.listPeople', {}))).toHaveLength(1);
    expect(readVaultFile(join(test.folder, 'vault.json')).slots).toHaveLength(1);
    test.close();
  });

  it.each(['Ada Analyst', 'ADA analyst', ' Ada  Analyst ', 'Ada\u00a0Analyst'])(
    'never gives a name twice: %s',
    async (printedName) => {
      const test = await createTestCore();
      const taken = await test.call('vault.addPerson', {
        printedName,
        roles: ['analyst'],
        identityCheck: 'Badge seen',
        passphrase: PASSPHRASE,
      });
      expect(taken).toMatchObject({ error: { code: 'CONFLICT' } });
      test.close();
    },
  );

  it('keeps a new signing key from signing until a second person has confirmed it', async () => {
    const clock = testClock();
    const test = await createTestCore({ nowMs: clock.nowMs });
    const ada = await owner(test);
    const model = okValue<'registry.createModel'>(
      await test.call('registry.createModel', { name: 'Churn', purpose: 'p', owner: 'o' }),
    );
    const bela = await addPerson(test, 'Bela Analyst', ['analyst']);
    expect(await signAccountability(test)).toMatchObject({
      error: { code: 'FORBIDDEN' }, // the passphrase in it is Ada's
    });
    const own = { passphrase: passphraseOf('Bela Analyst'), printedName: 'Bela Analyst' };
    const ref = { recordType: 'vault.accountability', recordId: bela.id } as const;
    const preview = okValue<'vault.previewSigning'>(await test.call('vault.previewSigning', ref));
    test.core.context.vault.lock('person');
    clock.advance(60_000);
    await signInAs(test, bela.id, own.passphrase);
    const { stageId } = okValue<'vault.previewSigning'>(
      await test.call('vault.previewSigning', ref),
    );
    expect(stageId).not.toBe(preview.stageId);
    const signing = { meaning: 'responsibility', reason: 'I accept', ...own } as const;
    okValue<'vault.signAccountability'>(
      await test.call('vault.signAccountability', { stageId, signing }),
    );
    const draft = {
      modelId: model.id,
      description: '',
      hyperparameters: {},
      metrics: {},
      trainingDataStageId: null,
      schema: [],
    };
    const version = okValue<'registry.previewVersion'>(
      await test.call('registry.previewVersion', draft),
    );
    const act = { meaning: 'authorship', reason: 'First', ...own } as const;
    expect(
      await test.call('registry.registerVersion', { stageId: version.stageId, signing: act }),
    ).toMatchObject({ error: { code: 'FORBIDDEN', details: { needs: 'keyConfirmation' } } });
    expect(await test.call('vault.signingState', {})).toMatchObject({
      value: { obstacle: expect.stringContaining('second person') as string },
    });
    okValue<'vault.confirmKey'>(await confirmKeyOf(test, ada, 'Bela Analyst'));
    await signInAs(test, bela.id, own.passphrase);
    const ready = okValue<'registry.previewVersion'>(
      await test.call('registry.previewVersion', draft),
    );
    okValue<'registry.registerVersion'>(
      await test.call('registry.registerVersion', { stageId: ready.stageId, signing: act }),
    );
    expect(await isIntact(test)).toEqual([]);
    test.close();
  });
});

describe('roles', () => {
  it('hold from the next sign-in on, with the reason on record', async () => {
    const test = await createTestCore();
    const ada = await owner(test);
    await addPerson(test, 'Bela', ['analyst']);
    await signInAs(test, ada.id, PASSPHRASE);
    const { id: personId, revision } = await personNamed(test, 'Bela');
    const change = { personId, revision, roles: ['reviewer' as const], reason: 'Moved to quality' };
    expect(await test.call('vault.setRoles', change)).toMatchObject({
      value: { roles: ['reviewer'], revision: revision + 1 },
    });
    expect(await test.call('vault.setRoles', change)).toMatchObject({
      error: { code: 'CONFLICT', details: { current: { roles: ['reviewer'] } } },
    });
    await signInAs(test, personId, passphraseOf('Bela'));
    const draft = { name: 'Churn', purpose: 'p', owner: 'o' };
    expect(await test.call('registry.createModel', draft)).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    test.close();
  });

  it('and access are never one\u2019s own to change', async () => {
    const test = await createTestCore();
    const { id: personId } = await owner(test);
    const { revision } = await personNamed(test, PRINTED_NAME);
    const self = { personId, revision, reason: 'Because' };
    for (const refused of [
      await test.call('vault.setRoles', { ...self, roles: ['administrator'] }),
      await test.call('vault.deactivatePerson', self),
      await test.call('vault.resetAccess', { ...self, passphrase: PASSPHRASE }),
    ]) {
      expect(refused).toMatchObject({ error: { code: 'FORBIDDEN' } });
    }
    test.close();
  });
});

describe('resetting access', () => {
  it('revokes the keys, needs two people, and never signs as somebody else', async () => {
    const clock = testClock();
    const test = await createTestCore({ nowMs: clock.nowMs });
    const ada = await owner(test);
    const bela = await addPerson(test, 'Bela', ['analyst', 'reviewer']);
    okValue<'vault.confirmKey'>(await confirmKeyOf(test, ada, 'Bela'));
    const { revision, key: oldKey } = await personNamed(test, 'Bela');
    const reset = { personId: bela.id, revision, reason: 'Lost', passphrase: PASSPHRASE };
    const { person, oneTimePassphrase } = okValue<'vault.resetAccess'>(
      await test.call('vault.resetAccess', reset),
    );
    expect(person).toMatchObject({ state: 'reset', key: null });
    test.core.context.vault.lock('person');
    const old = { personId: bela.id, passphrase: passphraseOf('Bela') };
    expect(await test.call('vault.unlock', old)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    clock.advance(60_000);
    const own = passphraseOf('Bela the second');
    await firstSignIn(test, bela.id, oneTimePassphrase, own);
    const fresh = await personNamed(test, 'Bela');
    expect(fresh.key).toMatchObject({ origin: 'reset', authorisedBy: PRINTED_NAME });
    expect(fresh.key?.keyId).not.toBe(oldKey?.keyId);
    // The administrator who reset cannot be the second person, and neither can the owner.
    expect(await confirmKeyOf(test, ada, 'Bela')).toMatchObject({ error: { code: 'FORBIDDEN' } });
    const himself = { id: bela.id, printedName: 'Bela', passphrase: own };
    expect(await confirmKeyOf(test, himself, 'Bela')).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    await signInAs(test, ada.id, PASSPHRASE);
    const cem = await addPerson(test, 'Cem', ['analyst']);
    const third = { id: cem.id, printedName: 'Cem', passphrase: passphraseOf('Cem') };
    // Somebody whose own key nobody has confirmed confirms nobody else's.
    expect(await confirmKeyOf(test, third, 'Bela')).toMatchObject({
      error: { code: 'FORBIDDEN', details: { needs: 'keyConfirmation' } },
    });
    okValue<'vault.confirmKey'>(await confirmKeyOf(test, ada, 'Cem'));
    okValue<'vault.confirmKey'>(await confirmKeyOf(test, third, 'Bela'));
    expect(await personNamed(test, 'Bela')).toMatchObject({
      key: { isConfirmed: true, confirmedBy: 'Cem' },
    });
    expect(await isIntact(test)).toEqual([]);
    test.close();
  });
});

describe('deactivating a person', () => {
  it('ends their access for ever, keeps their name and their record, and replaces the data key', async () => {
    const test = await createTestCore();
    const ada = await owner(test);
    okValue<'vault.makeRecoveryKit'>(
      await test.call('vault.makeRecoveryKit', { passphrase: PASSPHRASE }),
    );
    const bela = await addPerson(test, 'Bela', ['administrator']);
    const before = readVaultFile(join(test.folder, 'vault.json'));
    await signInAs(test, ada.id, PASSPHRASE);
    const { revision } = await personNamed(test, 'Bela');
    const leave = { personId: bela.id, revision, reason: 'Left the company' };
    expect(await test.call('vault.deactivatePerson', leave)).toMatchObject({
      value: { state: 'deactivated', key: null },
    });
    const after = readVaultFile(join(test.folder, 'vault.json'));
    expect(after.slots.map(({ printedName }) => printedName)).toEqual([PRINTED_NAME]);
    // An administrator may know where the printed kit lies.
    expect(after.recovery).toBeNull();
    await signInAs(test, ada.id, PASSPHRASE);
    expect(actions(test).slice(-2)).toEqual(['vault.dataKeyChanged', 'vault.unlocked']);
    const changed = readVaultFile(join(test.folder, 'vault.json'));
    expect(changed.next).toBeNull();
    expect(changed.slots[0]).not.toEqual(after.slots[0]);
    expect(await isIntact(test)).toEqual([]);
    // With the file as it was, their passphrase opens a key that opens nothing any more.
    test.core.context.vault.close();
    writeVaultFile(join(test.folder, 'vault.json'), before);
    test.core.context.vault.open(test.folder);
    const old = { personId: bela.id, passphrase: passphraseOf('Bela') };
    expect(await test.call('vault.unlock', old)).toMatchObject({ error: { code: 'INTEGRITY' } });
    writeVaultFile(join(test.folder, 'vault.json'), changed);
    test.core.context.vault.close();
    test.core.context.vault.open(test.folder);
    okValue<'vault.unlock'>(
      await test.call('vault.unlock', { personId: ada.id, passphrase: PASSPHRASE }),
    );
    const reuse = await test.call('vault.addPerson', {
      printedName: 'bela',
      roles: ['analyst'],
      identityCheck: 'Badge seen',
      passphrase: PASSPHRASE,
    });
    expect(reuse).toMatchObject({ error: { code: 'CONFLICT' } });
    test.close();
  });
});

describe('a training note', () => {
  it('is kept with who recorded it, and never changes', async () => {
    const test = await createTestCore();
    const { id: personId } = await owner(test);
    const note = { topic: 'SOP 12, electronic signatures', trainedOn: '2026-03-01' };
    const noted = await test.call('vault.recordTraining', { personId, ...note });
    expect(noted).toMatchObject({
      value: { training: [{ ...note, recordedBy: PRINTED_NAME }] },
    });
    const { write } = test.core.context.vault.session()!;
    for (const sql of ["UPDATE training_note SET topic = 'x'", 'DELETE FROM training_note']) {
      expect(() => write('test.attack', 'x', {}, (db) => void db.exec(sql))).toThrow('training');
    }
    test.close();
  });
});

describe('a call that a role does not allow', () => {
  it('is refused by the gate, and the refusal is on record once a session', async () => {
    const test = await createTestCore({ roles: ['administrator'] });
    const draft = { name: 'Churn', purpose: 'p', owner: 'o' };
    for (let i = 0; i < 3; i++) {
      expect(await test.call('registry.createModel', draft)).toMatchObject({
        error: { code: 'FORBIDDEN' },
      });
    }
    expect(actions(test).filter((action) => action === 'vault.callRefused')).toHaveLength(1);
    test.close();
  });
});
