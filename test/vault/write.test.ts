import { describe, expect, it } from 'vitest';
import { allEvents, countEvents } from '../../electron/audit/auditRepo';
import { AuditEventBody } from '../../shared/audit/auditEvent';
import { AppFailure } from '../../shared/ipc/errors';
import type { Db } from '../../electron/db/openDatabase';
import { PASSPHRASE, PRINTED_NAME, createTestVault } from '../support/testVault';

const RENAME = 'UPDATE workspace SET name = ?';

function nameOf(db: Db): unknown {
  return db.prepare('SELECT name FROM workspace').pluck().get();
}

describe('ctx.write', () => {
  it('changes the record and appends one signed event that names who, when, what, old and new', async () => {
    const { session, vault, clock } = await createTestVault();
    const { db, write, actor, workspace, logSigner, heads } = session();
    clock.advance(5000);
    const answer = write(
      'test.renamed',
      workspace.id,
      (changes: number) => ({
        before: { name: 'Retail models' },
        after: { name: 'New', changes },
        reason: 'because',
      }),
      (inner) => inner.prepare(RENAME).run('New').changes,
    );
    expect(answer).toBe(1);
    expect(nameOf(db)).toBe('New');
    const events = [...allEvents(db)];
    const { event, body } = events.at(-1)!;
    expect(AuditEventBody.parse(JSON.parse(Buffer.from(body).toString('utf8')))).toEqual({
      seq: 3,
      prev: events[1]!.event.leafHash,
      workspaceId: workspace.id,
      atUtc: '2026-01-02T03:04:10.000Z',
      utcOffsetMinutes: -new Date(clock.nowMs()).getTimezoneOffset() + 0,
      monotonicMs: event.monotonicMs,
      bootId: event.bootId,
      actorId: actor.id,
      actorName: PRINTED_NAME,
      actorRoles: ['analyst', 'reviewer', 'manager', 'administrator'],
      keyId: logSigner.keyId,
      action: 'test.renamed',
      subject: workspace.id,
      before: { name: 'Retail models' },
      after: { name: 'New', changes: 1 },
      reason: 'because',
      recordsSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(heads.read().heads.at(-1)?.size).toBe(3);
    vault.close();
  });

  it('leaves neither change nor event when the work fails', async () => {
    const { session, vault } = await createTestVault();
    const { db, write, heads } = session();
    const failure = new AppFailure('CONFLICT', 'changed since');
    expect(() =>
      write('test.failed', 'x', {}, (inner) => {
        inner.prepare(RENAME).run('Never');
        throw failure;
      }),
    ).toThrow(failure);
    expect([nameOf(db), countEvents(db), heads.read().heads.length]).toEqual([
      'Retail models',
      2,
      1,
    ]);
    vault.close();
  });

  it('leaves neither change nor event when the event cannot be written', async () => {
    const { session, vault } = await createTestVault();
    const { db, write } = session();
    const noJson = { after: { share: Number.NaN } };
    expect(() =>
      write('test.unwritable', 'x', noJson, (inner) => inner.prepare(RENAME).run('Never')),
    ).toThrow('NaN');
    expect([nameOf(db), countEvents(db)]).toEqual(['Retail models', 2]);
    vault.close();
  });

  it('refuses to nest and to wait', async () => {
    const { session, vault } = await createTestVault();
    const { db, write } = session();
    expect(() =>
      write('test.outer', 'x', {}, () => write('test.inner', 'y', {}, () => undefined)),
    ).toThrow("ctx.write('test.inner') inside another ctx.write");
    expect(() => write('test.waiting', 'x', {}, () => Promise.resolve())).toThrow('must not wait');
    write('test.after', 'x', {}, () => undefined);
    expect(countEvents(db)).toBe(3);
    vault.close();
  });

  it('is the only way to change a record', async () => {
    const { session, vault } = await createTestVault();
    const { db } = session();
    expect(() => db.prepare(RENAME)).toThrow('inside ctx.write only');
    expect(() => db.exec("UPDATE workspace SET name = 'Behind'")).toThrow('inside ctx.write only');
    expect(() => db.transaction(() => undefined)).toThrow('inside ctx.write only');
    expect(nameOf(db)).toBe('Retail models');
    vault.close();
  });

  it('answers LOCKED after the lock, also to a call that was still running', async () => {
    const { session, vault } = await createTestVault();
    const { write, logSigner } = session();
    vault.lock('idle');
    expect(() => write('test.late', 'x', {}, () => undefined)).toThrow(
      expect.objectContaining({ code: 'LOCKED' }),
    );
    expect(() => logSigner.signBytes(Buffer.from('x'))).toThrow(
      expect.objectContaining({ code: 'LOCKED' }),
    );
  });

  it('answers STORAGE when the disk is full, loses nothing, and goes on when there is room', async () => {
    const { session, vault, restart, personId } = await createTestVault();
    const { db, write } = session();
    write('test.kept', 'x', { after: { n: 0 } }, () => undefined);
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + 4}`);
    const big = { after: { text: 'x'.repeat(3000) } };
    let nAcknowledged = 0;
    const fill = (): void => {
      for (;;) {
        write('test.filled', 'x', big, () => undefined);
        nAcknowledged += 1;
      }
    };
    expect(fill).toThrow(
      expect.objectContaining({
        code: 'STORAGE',
        message: expect.stringContaining('disk is full') as string,
      }),
    );
    expect(nAcknowledged).toBeGreaterThan(0);
    expect(countEvents(db)).toBe(3 + nAcknowledged);
    db.pragma(`max_page_count = ${pages + 1000}`);
    write('test.afterwards', 'x', big, () => undefined);
    vault.close();
    const restarted = restart();
    await restarted.unlock(personId, PASSPHRASE);
    expect(restarted.status()).toMatchObject({ nEvents: 3 + nAcknowledged + 1 + 2 });
    restarted.close();
  });
});

describe('the log of events', () => {
  it.each([
    ['UPDATE audit_event SET body = body WHERE seq = 1', 'audit events never change'],
    ['DELETE FROM audit_event WHERE seq = 2', 'audit events are never deleted'],
    [
      'INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1',
      'audit events are only appended',
    ],
    [
      'INSERT INTO audit_event SELECT seq + 2, body, sig, leaf_hash, key_id, at_utc, actor_id, action, subject, 0 FROM audit_event WHERE seq = 1',
      'audit events are only appended',
    ],
    [
      'INSERT INTO audit_event SELECT seq + 1, body, sig, leaf_hash, key_id, at_utc, actor_id, action, subject, 0 FROM audit_event WHERE seq = 2',
      'audit events are only appended',
    ],
    ['DELETE FROM person', 'people are deactivated'],
    ['DELETE FROM person_key', 'keys are retired'],
    ["UPDATE person_key SET public_key_pem = 'x'", 'public part of a key never changes'],
    ['DELETE FROM workspace', 'never deleted'],
  ])('refuses %s', async (sql, message) => {
    const { session, vault } = await createTestVault();
    const { db, write } = session();
    const run = (): void => write('test.attack', 'x', {}, (inner) => void inner.exec(sql));
    expect(run).toThrow(message);
    expect(countEvents(db)).toBe(2);
    vault.close();
  });
});
