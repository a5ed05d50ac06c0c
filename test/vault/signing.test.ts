import { setImmediate } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listEvents } from '../../electron/audit/auditRepo';
import { preAuthEncoding } from '../../electron/audit/dsse';
import { isSignedBy, readPublicKey } from '../../electron/audit/publicKey';
import type { Signer } from '../../electron/app/context';
import { signatureProblem } from '../../electron/vault/recordSignature';
import { RecordStatement } from '../../shared/audit/recordStatement';
import { listKeys } from '../../electron/vault/peopleRepo';
import { findSignatures, listAllSignatures } from '../../electron/vault/vaultRepo';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { Signature, type SigningAct } from '../../shared/audit/signature';
import type { Session } from '../../electron/vault/vaultHolder';
import { PASSPHRASE, PRINTED_NAME, createTestVault } from '../support/testVault';

const ACT: SigningAct = {
  meaning: 'approval',
  reason: 'All figures checked',
  passphrase: PASSPHRASE,
  printedName: PRINTED_NAME,
  isClockConfirmed: false,
};
const RECORD = { version: 3, metrics: { auc: 0.91 } };

function signRecord({ write }: Session, signer: Signer): Signature {
  return write('test.signed', 'record-1', {}, (db) =>
    signer.signRecord(db, 'test.record', 'record-1', RECORD),
  );
}

function keyOf({ db }: Session, keyId: string) {
  const key = listKeys(db).find((one) => one.keyId === keyId)!;
  return { publicKey: readPublicKey(key.publicKeyPem), personId: key.personId };
}

describe('a signing act', () => {
  it('signs name, time, meaning, reason and the hash of the record, with the signing key', async () => {
    const { session, vault, clock } = await createTestVault();
    const open = session();
    const signature = await open.withSigningKey(ACT, (signer) => signRecord(open, signer));
    const recordSha256 = createHash('sha256').update(canonicalJson(RECORD)).digest('hex');
    expect(Signature.parse(signature)).toEqual({
      id: signature.id,
      personId: open.actor.id,
      printedName: PRINTED_NAME,
      meaning: 'approval',
      reason: 'All figures checked',
      signedAtUtc: '2026-01-02T03:04:05.000Z',
      utcOffsetMinutes: -new Date(clock.nowMs()).getTimezoneOffset() + 0,
      recordSha256,
      keyId: signature.keyId,
      signatureBase64: signature.signatureBase64,
    });
    expect(signature.keyId).not.toBe(open.logSigner.keyId);
    const [stored] = findSignatures(open.db, 'test.record', 'record-1');
    const statement = RecordStatement.parse(
      JSON.parse(Buffer.from(stored!.statement).toString('utf8')),
    );
    expect(statement).toMatchObject({ ...ACT_SHOWN, recordSha256, logSize: 2, clockState: 'ok' });
    const signedBytes = preAuthEncoding(
      'application/vnd.assay.record-signature+json',
      stored!.statement,
    );
    const bytes = Buffer.from(signature.signatureBase64, 'base64');
    expect(isSignedBy(keyOf(open, signature.keyId).publicKey, signedBytes, bytes)).toBe(true);
    vault.close();
  });

  it('refuses a wrong passphrase, records it, and makes the person wait', async () => {
    const { session, vault, clock } = await createTestVault();
    const open = session();
    let nSigned = 0;
    const wrong = open.withSigningKey({ ...ACT, passphrase: 'wrong' }, () => (nSigned += 1));
    await expect(wrong).rejects.toMatchObject({
      code: 'FORBIDDEN',
      details: { retryAfterMs: 1000 },
    });
    await expect(open.withSigningKey(ACT, () => (nSigned += 1))).rejects.toMatchObject({
      code: 'FORBIDDEN',
      details: { retryAfterMs: 1000 },
    });
    expect(nSigned).toBe(0);
    const { events } = await listEvents(open.db, { offset: 0, limit: 1, text: null });
    expect(events).toMatchObject([{ action: 'vault.signingRefused', after: { nAttempts: 1 } }]);
    clock.advance(1000);
    expect(await open.withSigningKey(ACT, () => (nSigned += 1))).toBe(1);
    vault.close();
  });

  it('takes the key away when it ends', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    const kept: Signer[] = [];
    await open.withSigningKey(ACT, (signer) => void kept.push(signer));
    expect(() => kept[0]!.signBytes(Buffer.from('later'))).toThrow('this signing act has ended');
    vault.close();
  });

  it('may wait in between, and keeps other acts waiting', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    const seen: string[] = [];
    const first = open.withSigningKey(ACT, async (signer) => {
      seen.push('first begins');
      await setImmediate();
      seen.push(`first signs ${signer.signBytes(Buffer.from('a')).length} bytes`);
    });
    const second = open.withSigningKey(ACT, () => void seen.push('second'));
    await Promise.all([first, second]);
    expect(seen).toEqual(['first begins', 'first signs 64 bytes', 'second']);
    vault.close();
  });

  it('signs nothing any more once the session has ended while it waited', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    const act = open.withSigningKey(ACT, async (signer) => {
      vault.lock('person');
      await setImmediate();
      return open.write('test.signed', 'b', {}, (db) => signer.signRecord(db, 'a', 'b', RECORD));
    });
    await expect(act).rejects.toMatchObject({ code: 'LOCKED' });
  });

  it('signs a record only inside the write that stores it', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    const outside = open.withSigningKey(ACT, (signer) =>
      signer.signRecord(open.db, 'a', 'b', RECORD),
    );
    await expect(outside).rejects.toThrow('inside the write');
    vault.close();
  });

  it('leaves no signature when the write fails', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    const failed = open.withSigningKey(ACT, (signer) =>
      open.write('test.signed', 'r', {}, (db) => {
        signer.signRecord(db, 'test.record', 'r', RECORD);
        throw new Error('and then it failed');
      }),
    );
    await expect(failed).rejects.toThrow('and then it failed');
    expect(listAllSignatures(open.db)).toEqual([]);
    vault.close();
  });

  it('answers LOCKED when the workspace is locked while the passphrase is being checked', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    const running = open.withSigningKey(ACT, () => 'signed');
    await Promise.resolve();
    vault.lock('suspend');
    await expect(running).rejects.toMatchObject({ code: 'LOCKED' });
  });
});

describe('a stored signature', () => {
  it('is neither changed nor deleted', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    await open.withSigningKey(ACT, (signer) => signRecord(open, signer));
    for (const sql of ["UPDATE signature SET reason = 'other'", 'DELETE FROM signature']) {
      expect(() => open.write('test.attack', 'x', {}, (db) => void db.exec(sql))).toThrow(
        'signatures',
      );
    }
    expect(listAllSignatures(open.db)).toHaveLength(1);
    vault.close();
  });

  it('is refused for another record, key, text or person', async () => {
    const { session, vault } = await createTestVault();
    const open = session();
    const { keyId } = await open.withSigningKey(ACT, (signer) => signRecord(open, signer));
    const [stored] = listAllSignatures(open.db);
    const key = keyOf(open, keyId);
    expect(signatureProblem(stored!, key)).toBeNull();
    expect(signatureProblem(stored!, undefined)).toContain('not known');
    expect(signatureProblem(stored!, keyOf(open, open.logSigner.keyId))).toContain(
      'not made by the key',
    );
    const altered = Buffer.from(stored!.statement);
    altered[10]! ^= 1;
    expect(signatureProblem({ ...stored!, statement: altered }, key)).toContain(
      'not made by the key',
    );
    for (const change of [
      { recordId: 'record-2' },
      { recordType: 'other' },
      { meaning: 'review' as const },
      { printedName: 'Eve' },
      { reason: 'another' },
      { signedAtUtc: '2026-01-02T03:04:06.000Z' },
      { recordSha256: '0'.repeat(64) },
    ]) {
      expect(signatureProblem({ ...stored!, ...change }, key)).toContain('shows something else');
    }
    expect(signatureProblem(stored!, { ...key, personId: 'other' })).toContain(
      'not a key of the person',
    );
    vault.close();
  });
});

const ACT_SHOWN = {
  v: 1,
  recordType: 'test.record',
  recordId: 'record-1',
  meaning: 'approval',
  reason: 'All figures checked',
  printedName: PRINTED_NAME,
  roles: ['analyst', 'reviewer', 'manager', 'administrator'],
  signedAtUtc: '2026-01-02T03:04:05.000Z',
};
