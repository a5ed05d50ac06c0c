import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Db } from '../../electron/db/openDatabase';
import type { WorkspaceCheck } from '../../shared/vault/channels';
import { editBehindTheBack, openBehindTheBack } from '../support/behindTheBack';
import { createTestModel } from '../support/testModel';
import { PASSPHRASE, PRINTED_NAME, createTestVault, type TestVault } from '../support/testVault';

const SCOPE = { progress: () => undefined, signal: new AbortController().signal };

async function signedVault(): Promise<TestVault> {
  const test = await createTestVault();
  const { write, withSigningKey } = test.session();
  const act = {
    meaning: 'review',
    reason: 'Looked at',
    passphrase: PASSPHRASE,
    printedName: PRINTED_NAME,
    isClockConfirmed: false,
  } as const;
  await withSigningKey(act, (signer) =>
    write('test.signed', 'r', {}, (db) => signer.signRecord(db, 'test.record', 'r', { a: 1 })),
  );
  test.vault.lock('person');
  return test;
}

function failedOf({ checks }: WorkspaceCheck): string[] {
  return checks
    .filter(({ isPassed }) => !isPassed)
    .map(({ title, detail }) => `${title}: ${detail}`);
}

describe('the check of a workspace', () => {
  it('passes on a sound one and says what it looked at', async () => {
    const { vault, personId } = await signedVault();
    await vault.unlock(personId, PASSPHRASE);
    const check = await vault.check(SCOPE);
    expect(check.isIntact).toBe(true);
    expect(check.nEvents).toBe(5);
    expect(
      check.checks.map(({ title, detail }) => [
        title,
        detail.replace(/\b\d+ pages|root .*/, '...'),
      ]),
    ).toEqual([
      ['Database pages', '... decrypt and fit together'],
      ['Foreign keys', 'every reference has its record'],
      ['Tables and triggers', 'as this version of Assay makes them'],
      ['Keys of people', '2 keys have their fingerprints and owners'],
      ['Audit log', '5 events in order, linked and signed; ...'],
      ['Records', '5 records are as 2 events of the log left them'],
      ['Heads outside the database', '4 heads compared with the log, newest at event 5'],
      ['Signatures', '1 signatures are genuine'],
      ['Signed records', '0 signed records are what was signed'],
      ['Sign-in slots', '1 of 1 people can sign in'],
    ]);
    vault.close();
  });

  const edits: readonly (readonly [string, (db: Db) => void, string])[] = [
    [
      'a signature with another reason',
      (db) => void db.exec("UPDATE signature SET reason = 'Not looked at'"),
      'Signatures: the signature under test.record r: it shows something else than what was signed',
    ],
    [
      'a signature moved to another record',
      (db) => void db.exec("UPDATE signature SET record_id = 'other'"),
      'Signatures: the signature under test.record other: it shows something else than what was signed',
    ],
    [
      'a removed trigger',
      (db) => {
        db.exec('CREATE TABLE harmless (a)');
      },
      'Tables and triggers: a table, index or trigger was added, changed or removed',
    ],
    [
      'a person renamed in the database alone',
      (db) => void db.exec("UPDATE person SET printed_name = 'Eve'"),
      'Sign-in slots: vault.json lets Ada Analyst in, whom the database does not know',
    ],
    [
      'a key that was put in the place of the genuine one',
      (db) => {
        const { publicKey } = generateKeyPairSync('ed25519');
        const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
        const keyId = createHash('sha256')
          .update(publicKey.export({ format: 'der', type: 'spki' }))
          .digest('hex');
        db.pragma('foreign_keys = OFF');
        db.prepare(
          "UPDATE person_key SET key_id = ?, public_key_pem = ? WHERE purpose = 'sign'",
        ).run(keyId, pem);
      },
      'Keys of people: the audit log does not bind the signing key of Ada Analyst to them',
    ],
    [
      'a person whose roles are no list of roles',
      (db) => void db.exec("UPDATE person SET roles = '[1]'"),
      'Sign-in slots: a record is not in a form that Assay writes',
    ],
    [
      'an edit of a record, by its table and key',
      (db) => void db.exec("UPDATE workspace SET created_at_utc = '2020-01-01T00:00:00.000Z'"),
      'Records: workspace [1]: changed outside Assay',
    ],
    [
      'a reference to nobody',
      (db) => {
        db.pragma('foreign_keys = OFF');
        db.exec(`INSERT INTO person_key (key_id, person_id, purpose, public_key_pem, nonce, wrapped_key,
            created_at_utc, retired_at_utc)
          SELECT replace(key_id, substr(key_id, 1, 1), 'x'), 'nobody', purpose, public_key_pem, nonce,
            wrapped_key, created_at_utc, created_at_utc FROM person_key LIMIT 1`);
      },
      'Foreign keys: 1 rows of person_key point nowhere',
    ],
  ];

  it.each(edits)('finds %s', async (_name, edit, finding) => {
    const { vault, folder, personId } = await signedVault();
    await editBehindTheBack(folder, edit);
    const check = await vault.checkLocked(personId, PASSPHRASE, SCOPE);
    expect(check.isIntact).toBe(false);
    expect(failedOf(check)).toContain(finding);
  });

  it('reports a damaged vault.json beside what else it finds', async () => {
    const { vault, folder, personId } = await signedVault();
    await vault.unlock(personId, PASSPHRASE);
    writeFileSync(join(folder, 'vault.json'), '{}');
    const failed = failedOf(await vault.check(SCOPE));
    expect(failed).toEqual([expect.stringContaining('Sign-in slots: vault.json is damaged')]);
    vault.close();
  });

  it('finds an altered line of heads.log', async () => {
    const { vault, folder, personId } = await signedVault();
    const path = join(folder, 'heads.log');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, '99'));
    const check = await vault.checkLocked(personId, PASSPHRASE, SCOPE);
    expect(failedOf(check)).toEqual([
      'Heads outside the database: 1 lines of heads.log are torn or altered',
    ]);
  });

  it('finds a signed version that is not what was signed', async () => {
    const model = await createTestModel();
    model.close();
    const edit = (sql: string) => (db: Db) => void db.exec(sql);
    const checked = async (): Promise<string[]> => {
      const opened = await openBehindTheBack(model.folder);
      const check = await opened.check();
      opened.close();
      return failedOf(check).map((text) => text.replace(/[-0-9a-f]{36}/g, 'ID'));
    };
    expect(await checked()).toEqual([]);
    await editBehindTheBack(
      model.folder,
      edit("UPDATE model_version SET snapshot = replace(snapshot, 'first', 'fifth')"),
    );
    expect(await checked()).toEqual([
      'Records: model_version ["ID"]: changed outside Assay',
      'Signed records: registry.version ID: the record is not what was signed',
    ]);
    await editBehindTheBack(
      model.folder,
      edit(`UPDATE model_version SET snapshot = replace(snapshot, 'fifth', 'first'),
        snapshot_sha256 = replace(snapshot_sha256, substr(snapshot_sha256, 1, 1), 'x')`),
    );
    expect(await checked()).toEqual([
      'Records: model_version ["ID"]: changed outside Assay',
      'Signed records: registry.version ID: the hash beside the record is not its own',
    ]);
    await editBehindTheBack(model.folder, (db) => {
      db.pragma('foreign_keys = OFF');
      db.exec('DELETE FROM model_version');
    });
    expect(await checked()).toContain(
      'Signed records: registry.version ID: the signed record is missing',
    );
  });

  it('ends with the error of its signal when it is cancelled, at any step', async () => {
    const { vault, personId } = await signedVault();
    await vault.unlock(personId, PASSPHRASE);
    const activities: string[] = [];
    await vault.check({
      ...SCOPE,
      progress: ({ activity }) => void activities.push(activity ?? ''),
    });
    expect(activities.some((text) => text.endsWith('digests checked'))).toBe(true);
    for (let step = 1; step <= activities.length; step++) {
      const stop = new AbortController();
      let nSteps = 0;
      const progress = (): void => {
        nSteps += 1;
        if (nSteps === step) stop.abort();
      };
      const check = vault.check({ progress, signal: stop.signal });
      await expect(check).rejects.toMatchObject({ name: 'AbortError' });
    }
    vault.close();
  });

  it('needs the passphrase, and leaves the workspace locked and unchanged', async () => {
    const { vault, folder, personId, clock } = await signedVault();
    const before = readFileSync(join(folder, 'assay.db'));
    await expect(vault.checkLocked(personId, 'wrong', SCOPE)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(vault.check(SCOPE)).rejects.toMatchObject({ code: 'LOCKED' });
    clock.advance(1000);
    expect((await vault.checkLocked(personId, PASSPHRASE, SCOPE)).isIntact).toBe(true);
    expect(vault.session()).toBeNull();
    expect(readFileSync(join(folder, 'assay.db')).equals(before)).toBe(true);
  });
});
