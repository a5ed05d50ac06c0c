import { generateKeyPairSync, sign } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyChain, type ChainFindings } from '../../electron/audit/chainVerifier';
import { currentHead } from '../../electron/audit/auditLog';
import {
  appendLeaf,
  EMPTY_FRONTIER,
  formatFrontier,
  leafHash,
} from '../../electron/audit/merkleTree';
import type { Db } from '../../electron/db/openDatabase';
import { logKeysById } from '../../electron/vault/openWorkspace';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { AppFailure } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import { editBehindTheBack } from '../support/behindTheBack';
import { PASSPHRASE, createTestVault, type TestVault } from '../support/testVault';

const N_EVENTS = 12;
const QUIET = { progress: () => undefined, signal: new AbortController().signal };

/** A locked workspace with 12 events after the first two. */
async function lockedVault(): Promise<TestVault> {
  const test = await createTestVault();
  const { write } = test.session();
  for (let i = 0; i < N_EVENTS - 3; i++)
    write('test.happened', `r${i}`, { after: { n: i } }, () => undefined);
  test.vault.lock('person');
  return test;
}

function sweep({ session }: TestVault): Promise<ChainFindings> {
  const { db, workspace, heads } = session();
  return verifyChain(db, {
    workspaceId: workspace.id,
    keys: logKeysById(db),
    heads: heads.read().heads,
  });
}

interface Body {
  [member: string]: unknown;
}

function bodyOf(db: Db, seq: number): Body {
  const bytes = db
    .prepare<[number], Buffer>('SELECT body FROM audit_event WHERE seq = ?')
    .pluck()
    .get(seq);
  return JSON.parse(bytes!.toString('utf8')) as Body; // written by the log itself
}

/** Rewrites bodies, links and tree from one event on, as someone who knows the format would. */
function rechain(db: Db, fromSeq: number, change: (body: Body) => Body): void {
  const rows = db
    .prepare<[], { seq: number; body: Buffer }>('SELECT seq, body FROM audit_event ORDER BY seq')
    .all();
  let frontier = EMPTY_FRONTIER;
  let prev = '0'.repeat(64);
  for (const { seq, body: bytes } of rows) {
    let body = JSON.parse(bytes.toString('utf8')) as Body; // written by the log itself
    if (seq === fromSeq) body = change(body);
    const changed = Buffer.from(canonicalJson({ ...body, seq, prev }), 'utf8');
    const leaf = leafHash(changed);
    db.prepare('UPDATE audit_event SET body = ?, leaf_hash = ? WHERE seq = ?').run(
      changed,
      leaf,
      seq,
    );
    frontier = appendLeaf(frontier, leaf);
    prev = Buffer.from(leaf).toString('hex');
  }
  db.prepare('UPDATE audit_frontier SET frontier = ?').run(formatFrontier(frontier));
}

describe('verifying the log', () => {
  it('finds an untouched log intact, and says how far it is', async () => {
    const test = await lockedVault();
    await test.vault.unlock(test.personId, PASSPHRASE);
    const { db, workspace, heads } = test.session();
    const seen: Progress[] = [];
    const findings = await verifyChain(db, {
      workspaceId: workspace.id,
      keys: logKeysById(db),
      heads: heads.read().heads,
      progress: (progress) => void seen.push(progress),
    });
    expect(findings).toEqual({ ...currentHead(db), broken: null });
    expect(seen.at(-1)).toEqual({ fraction: 1, activity: '13 of 13 events checked' });
    test.vault.close();
  });

  it('stops when told to, and looks at no event that comes meanwhile', async () => {
    const test = await createTestVault();
    const { db, workspace, write } = test.session();
    const controller = new AbortController();
    controller.abort();
    const check = { workspaceId: workspace.id, keys: logKeysById(db), heads: [] };
    await expect(verifyChain(db, { ...check, signal: controller.signal })).rejects.toThrow('abort');
    const running = verifyChain(db, check);
    write('test.meanwhile', 'x', {}, () => undefined);
    expect(await running).toMatchObject({ size: 2, broken: null });
    test.vault.close();
  });

  const attacks: readonly (readonly [string, (db: Db) => void, number, string])[] = [
    [
      'an edited text',
      (db) => {
        const body = { ...bodyOf(db, 5), reason: 'never said' };
        db.prepare('UPDATE audit_event SET body = ? WHERE seq = 5').run(
          Buffer.from(canonicalJson(body)),
        );
      },
      5,
      'its text was changed',
    ],
    [
      'an edited text with every hash made to fit',
      (db) => rechain(db, 5, (body) => ({ ...body, reason: 'never said' })),
      5,
      'its signature is not valid',
    ],
    [
      'an edited text signed with a key that is not in the workspace',
      (db) => {
        rechain(db, 12, (body) => ({ ...body, reason: 'never said', keyId: 'f'.repeat(64) }));
        const { privateKey } = generateKeyPairSync('ed25519');
        const body = db
          .prepare<[], Buffer>('SELECT body FROM audit_event WHERE seq = 12')
          .pluck()
          .get();
        db.pragma('foreign_keys = OFF');
        db.prepare('UPDATE audit_event SET sig = ?, key_id = ? WHERE seq = 12').run(
          sign(null, body!, privateKey),
          'f'.repeat(64),
        );
      },
      12,
      'the key that it names is not a key of its actor',
    ],
    [
      'a missing event',
      (db) => void db.exec('DELETE FROM audit_event WHERE seq = 6'),
      6,
      'missing',
    ],
    [
      'missing last events',
      (db) => void db.exec('DELETE FROM audit_event WHERE seq > 9'),
      10,
      'once had 12',
    ],
    [
      'missing last events with the tree made to fit',
      (db) => {
        db.exec('DELETE FROM audit_event WHERE seq > 9');
        rechain(db, 0, (body) => body);
      },
      10,
      'the log once had 12 events and now has 9',
    ],
    [
      'two events in each other\u2019s place',
      (db) =>
        db.exec(`UPDATE audit_event SET seq = -1 WHERE seq = 4;
                 UPDATE audit_event SET seq = 4 WHERE seq = 5;
                 UPDATE audit_event SET seq = 5 WHERE seq = -1`),
      4,
      'its text says it is event 5',
    ],
    [
      'a column that says something else than the text',
      (db) => void db.exec("UPDATE audit_event SET action = 'test.harmless' WHERE seq = 7"),
      7,
      'its columns do not repeat its text',
    ],
    [
      'a hidden clock anomaly',
      (db) => void db.exec('UPDATE audit_event SET is_clock_anomaly = 1 WHERE seq = 8'),
      8,
      'its columns do not repeat its text',
    ],
    [
      'a text that is no event',
      (db) => void db.exec("UPDATE audit_event SET body = x'7b7d' WHERE seq = 3"),
      3,
      'not an event in canonical form',
    ],
    [
      'another tree',
      (db) => {
        const frontier = appendLeaf(EMPTY_FRONTIER, leafHash(Buffer.from('x')));
        db.prepare('UPDATE audit_frontier SET frontier = ?').run(formatFrontier(frontier));
      },
      12,
      'the stored tree does not fit the events',
    ],
  ];

  it.each(attacks)('finds %s, at sign-in and in the check', async (_name, attack, seq, problem) => {
    const test = await lockedVault();
    await editBehindTheBack(test.folder, attack);
    const refusal: unknown = await test.vault
      .unlock(test.personId, PASSPHRASE)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppFailure);
    expect(refusal).toMatchObject({ code: 'INTEGRITY', details: { step: 'auditLog', seq } });
    const checked = await test.vault.checkLocked(test.personId, PASSPHRASE, QUIET);
    expect(checked.isIntact).toBe(false);
    const [finding] = checked.checks.filter(({ title }) => title === 'Audit log');
    expect(finding?.isPassed).toBe(false);
    expect(finding?.detail).toContain(`event ${seq}: `);
    expect(finding?.detail).toContain(problem);
  });
});

describe('the heads beside the database', () => {
  it('give away an older copy of the whole database', async () => {
    const test = await lockedVault();
    const database = join(test.folder, 'assay.db');
    const copy = `${database}.copy`;
    copyFileSync(database, copy);
    await test.vault.unlock(test.personId, PASSPHRASE);
    test.session().write('test.unwanted', 'x', {}, () => undefined);
    test.vault.lock('person');
    copyFileSync(copy, database);
    rmSync(copy);
    await expect(test.vault.unlock(test.personId, PASSPHRASE)).rejects.toMatchObject({
      code: 'INTEGRITY',
      message: expect.stringContaining('once had 15 events and now has 12') as string,
    });
  });

  it('give away a log that was written anew by someone with every key', async () => {
    const test = await lockedVault();
    const other = await lockedVault();
    // The genuine file of heads of another history, as if this history had been replaced.
    const before = readFileSync(join(test.folder, 'heads.log'), 'utf8');
    await test.vault.unlock(test.personId, PASSPHRASE);
    const { heads, db } = test.session();
    heads.append({ size: 5, rootSha256: 'a'.repeat(64) });
    expect((await sweep(test)).broken).toEqual({
      seq: 5,
      problem: 'the log up to it is not the one that was recorded beside it',
    });
    expect(currentHead(db).size).toBe(13);
    test.vault.close();
    writeFileSync(join(other.folder, 'heads.log'), before);
    await other.vault.unlock(other.personId, PASSPHRASE);
    expect(other.session().heads.read().nInvalidLines).toBe(before.trim().split('\n').length);
    other.vault.close();
  });

  it('take a torn last line for what it is, and go on after it', async () => {
    const test = await lockedVault();
    const path = join(test.folder, 'heads.log');
    const good = readFileSync(path, 'utf8');
    writeFileSync(path, good.slice(0, -30));
    await test.vault.unlock(test.personId, PASSPHRASE);
    const { heads, db } = test.session();
    const known = heads.read();
    expect(known.nInvalidLines).toBe(1);
    expect(known.heads.at(-1)).toEqual(currentHead(db));
    expect((await sweep(test)).broken).toBeNull();
    test.vault.close();
  });

  it('cannot be altered: every flipped bit of a line makes the line void', async () => {
    const test = await lockedVault();
    await test.vault.unlock(test.personId, PASSPHRASE);
    const { heads } = test.session();
    const path = join(test.folder, 'heads.log');
    const good = readFileSync(path);
    const nGood = heads.read().heads.length;
    const accepted: number[] = [];
    const lineEnd = good.indexOf('\n');
    for (let bit = 0; bit < lineEnd * 8; bit++) {
      const bad = Buffer.from(good);
      bad[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(path, bad);
      if (heads.read().heads.length >= nGood) accepted.push(bit);
    }
    expect(accepted).toEqual([]);
    writeFileSync(path, good);
    test.vault.close();
  });
});
