import { availableParallelism, cpus } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { checkRecords } from '../../electron/audit/recordCheck';
import type { Db } from '../../electron/db/openDatabase';
import type { Session } from '../../electron/vault/vaultHolder';
import { createTestVault, type TestVault } from '../support/testVault';

const RUNS = 7;
const N_CHECKED = 100_000;
const BLOB_BYTES = 8 * 2 ** 20;

const open: TestVault[] = [];
afterAll(() => {
  for (const { vault } of open) vault.close();
});

/** A workspace whose rows are bound to the log, or one that does not note what a write touches. */
async function newSession(hasDigests: boolean): Promise<Session> {
  const test = await createTestVault();
  open.push(test);
  const session = test.session();
  if (hasDigests) return session;
  session.write('bench.unbound', 'x', {}, (db) => {
    const sql = "SELECT name FROM sqlite_temp_schema WHERE type = 'trigger'";
    const names = db.prepare<[], string>(sql).pluck().all();
    for (const name of names) db.exec(`DROP TRIGGER temp."${name}"`);
  });
  return session;
}

let nMade = 0;

function insertModels(db: Db, nRows: number): void {
  const insert = db.prepare(
    `INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
     SELECT ?, ?, 'Predict who will leave within a quarter', 'Retail', '2026-01-02', id FROM person`,
  );
  for (let i = 0; i < nRows; i++) insert.run(`model-${(nMade += 1)}`, `Model ${nMade}`);
}

function insertBlob(db: Db): void {
  db.prepare(
    `INSERT INTO timestamp_request SELECT ?, 'note', ?, 1, ?, '2026-01-02', id FROM person`,
  ).run(`request-${(nMade += 1)}`, '0'.repeat(64), Buffer.alloc(BLOB_BYTES, nMade));
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Runs both kinds in turn, so that what else the machine does weighs on both. */
async function compare(what: string, nWrites: number, change: (db: Db) => void): Promise<number> {
  const sessions = { with: await newSession(true), without: await newSession(false) };
  const timesMs = { with: [] as number[], without: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    for (const kind of ['with', 'without'] as const) {
      const start = performance.now();
      for (let i = 0; i < nWrites; i++) sessions[kind].write('bench.written', 'x', {}, change);
      timesMs[kind].push((performance.now() - start) / nWrites);
    }
  }
  const [bound, bare] = [median(timesMs.with), median(timesMs.without)];
  console.log(
    `${what}: ${bound.toFixed(2)} ms with digests, ${bare.toFixed(2)} ms without, ratio ${(bound / bare).toFixed(2)}`,
  );
  return (await checkRecords(sessions.with.db)).nProblems;
}

describe('binding records to the log', () => {
  it('prints what it costs a write', { timeout: 600_000 }, async () => {
    console.log(`${process.version}, ${cpus()[0]?.model}, ${availableParallelism()} cores`);
    const nProblems = [
      await compare('a write of one small row', 300, (db) => insertModels(db, 1)),
      await compare('a write of 1,000 small rows', 5, (db) => insertModels(db, 1000)),
      await compare('a write of one row with 8 MB', 3, insertBlob),
    ];
    expect(nProblems).toEqual([0, 0, 0]);
  });

  it('prints what the check of many rows takes', async () => {
    const { db, write } = await newSession(true);
    write('bench.many', 'x', {}, (inner) => insertModels(inner, N_CHECKED));
    const timesMs: number[] = [];
    let longestMs = 0;
    for (let run = 0; run < 3; run++) {
      const start = performance.now();
      let last = start;
      const found = await checkRecords(db, {
        progress: () => {
          longestMs = Math.max(longestMs, performance.now() - last);
          last = performance.now();
        },
      });
      timesMs.push(performance.now() - start);
      expect(found).toMatchObject({ nProblems: 0, nRecords: N_CHECKED + 4 });
    }
    console.log(
      `check of ${N_CHECKED} rows: ${median(timesMs).toFixed(0)} ms, longest step ${longestMs.toFixed(0)} ms`,
    );
  });
});
