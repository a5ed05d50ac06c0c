import { describe, expect, it } from 'vitest';
import { allEvents, eventsBetween, leafHashes, listEvents } from '../../electron/audit/auditRepo';
import { appendEvent, currentHead } from '../../electron/audit/auditLog';
import { buildTree, leafHash, toHex, treeRoot } from '../../electron/audit/merkleTree';
import { isSignedBy, readPublicKey } from '../../electron/audit/publicKey';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { createTestVault, type TestVault } from '../support/testVault';

const DAY_MS = 86_400_000;

async function vaultWithEvents(nEvents: number): Promise<TestVault> {
  const test = await createTestVault();
  for (let i = 0; i < nEvents; i++) {
    test.clock.advance(DAY_MS);
    test.session().write('test.happened', `record-${i}`, { after: { n: i } }, () => undefined);
  }
  return test;
}

describe('the audit log', () => {
  it('holds canonical, linked events signed by their actor, under the root of their tree', async () => {
    const { session, vault } = await vaultWithEvents(20);
    const { db, logSigner } = session();
    const events = [...allEvents(db)];
    const key = readPublicKey(logSigner.publicKeyPem);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
    let prev = '0'.repeat(64);
    for (const { body, sig, event } of events) {
      const text = Buffer.from(body).toString('utf8');
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(event.prev).toBe(prev);
      expect(isSignedBy(key, body, sig)).toBe(true);
      prev = toHex(leafHash(body));
      expect(event.leafHash).toBe(prev);
    }
    const root = treeRoot(buildTree(leafHashes(db)));
    expect(currentHead(db)).toEqual({ size: 22, rootSha256: toHex(root) });
    vault.close();
  });

  it('takes no event outside the transaction of its change', async () => {
    const { session, vault, clock } = await createTestVault();
    const { db, actor, workspace, logSigner } = session();
    const source = {
      workspaceId: workspace.id,
      actor,
      signer: logSigner,
      bootId: '00000000-0000-4000-8000-000000000000',
      nowMs: clock.nowMs,
    };
    expect(() => appendEvent(db, source, { action: 'a', subject: 'b', detail: {} })).toThrow(
      'transaction',
    );
    vault.close();
  });

  it('keeps its order when the clock is set back, and records it when it is more than a minute', async () => {
    const { session, vault, clock } = await vaultWithEvents(1);
    const { db, write, workspace } = session();
    clock.advance(-60_000);
    write('test.little', 'x', {}, () => undefined);
    clock.advance(-DAY_MS);
    write('test.much', 'x', {}, () => undefined);
    clock.advance(400 * DAY_MS);
    write('test.forward', 'x', {}, () => undefined);
    const found = [...allEvents(db)].slice(3).map(({ event }) => ({
      seq: event.seq,
      action: event.action,
      isClockAnomaly: event.isClockAnomaly,
    }));
    expect(found).toEqual([
      { seq: 4, action: 'test.little', isClockAnomaly: true },
      { seq: 5, action: 'clock.anomaly', isClockAnomaly: true },
      { seq: 6, action: 'test.much', isClockAnomaly: false },
      { seq: 7, action: 'test.forward', isClockAnomaly: false },
    ]);
    const [, , , , anomaly] = [...allEvents(db)];
    expect(anomaly?.event).toMatchObject({
      subject: workspace.id,
      before: { atUtc: '2026-01-03T03:03:05.000Z' },
      after: { atUtc: '2026-01-02T03:03:05.000Z', stepBackMs: DAY_MS },
    });
    vault.close();
  });
});

describe('listing events', () => {
  it('gives pages, newest first, with the number of all', async () => {
    const { session, vault } = await vaultWithEvents(10);
    const { db } = session();
    const page = await listEvents(db, { offset: 3, limit: 4, text: null });
    expect(page.nTotal).toBe(12);
    expect(page.events.map(({ subject }) => subject)).toEqual([
      'record-6',
      'record-5',
      'record-4',
      'record-3',
    ]);
    vault.close();
  });

  it('finds a text in action, record, person, values and reason, whatever its case', async () => {
    const { session, vault } = await vaultWithEvents(5);
    const { db, write } = session();
    write(
      'test.special',
      'x',
      { before: { Naïve: 1 }, reason: 'Quoted "Straße"' },
      () => undefined,
    );
    const subjectsFor = async (text: string, offset = 0): Promise<readonly [number, string[]]> => {
      const page = await listEvents(db, { offset, limit: 2, text });
      return [page.nTotal, page.events.map(({ action, subject }) => `${action} ${subject}`)];
    };
    expect(await subjectsFor('HAPPENED')).toEqual([
      5,
      ['test.happened record-4', 'test.happened record-3'],
    ]);
    expect(await subjectsFor('happened', 4)).toEqual([5, ['test.happened record-0']]);
    expect(await subjectsFor('naïve')).toEqual([1, ['test.special x']]);
    expect(await subjectsFor('"straße"')).toEqual([1, ['test.special x']]);
    expect((await subjectsFor('ada analyst'))[0]).toBe(8);
    expect(await subjectsFor('leafhash')).toEqual([0, []]);
    vault.close();
  });

  it('gives the events of a period in order', async () => {
    const { session, vault } = await vaultWithEvents(5);
    const between = eventsBetween(
      session().db,
      '2026-01-04T00:00:00.000Z',
      '2026-01-06T00:00:00.000Z',
    );
    expect([...between].map(({ event }) => event.subject)).toEqual(['record-1', 'record-2']);
    vault.close();
  });
});
