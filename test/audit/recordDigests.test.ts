import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkRecords } from '../../electron/audit/recordCheck';
import { recordTables } from '../../electron/audit/recordTables';
import { digestTouchedRows, noteTouchedRows } from '../../electron/audit/touchedRows';
import { migrations } from '../../electron/db/migrations/index';
import { openMemoryDatabase, type Db } from '../../electron/db/openDatabase';
import { createTestVault, type TestVault } from '../support/testVault';

const RENAME = 'UPDATE workspace SET name = ?';

function int32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
}

/** A piece in the written form: length, then bytes. */
function piece(bytes: Buffer | string): Buffer {
  const content = Buffer.from(bytes);
  return Buffer.concat([int32(content.length), content]);
}

function valueOf(column: string, type: string, value: Buffer | string): Buffer {
  return Buffer.concat([piece(column), Buffer.from(type), piece(value)]);
}

function sha256(...pieces: Buffer[]): string {
  return createHash('sha256').update(Buffer.concat(pieces)).digest('hex');
}

function digestsIn(db: Db): unknown[] {
  return db.prepare('SELECT table_name, row_key, seq FROM record_digest ORDER BY seq, 1, 2').all();
}

function lastBody(db: Db): Readonly<Record<string, unknown>> {
  const sql = 'SELECT CAST(body AS TEXT) FROM audit_event ORDER BY seq DESC LIMIT 1';
  return JSON.parse(String(db.prepare(sql).pluck().get())) as Readonly<Record<string, unknown>>;
}

function insertModel(db: Db, id: string, name = id): void {
  db.prepare(
    `INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
     SELECT ?, ?, 'p', 'o', 't', id FROM person`,
  ).run(id, name);
}

describe('the digest of a row', () => {
  const LARGE = Buffer.alloc(100_000, 7);
  let db: Db;
  beforeAll(() => {
    db = openMemoryDatabase();
    db.exec(`CREATE TABLE thing (
      b TEXT NOT NULL, a INTEGER NOT NULL, "Z z" REAL, blob BLOB, none TEXT, PRIMARY KEY (b, a)) STRICT`);
    noteTouchedRows(db);
  });

  it('is SHA-256 over names, types, lengths and bytes in one written order', () => {
    db.prepare('INSERT INTO thing VALUES (?, ?, ?, ?, NULL)').run(
      'é"x',
      2n ** 62n + 1n,
      0.1,
      LARGE,
    );
    const [digest] = digestTouchedRows(db);
    const [integer, real] = [Buffer.alloc(8), Buffer.alloc(8)];
    integer.writeBigInt64BE(2n ** 62n + 1n);
    real.writeDoubleBE(0.1);
    expect(digest).toEqual({
      table: 'thing',
      key: '["é\\"x",4611686018427387905]',
      sha256: sha256(
        piece('assay.record.v1'),
        piece('thing'),
        valueOf('Z z', 'r', real),
        valueOf('a', 'i', integer),
        valueOf('b', 't', 'é"x'),
        valueOf('blob', 'b', LARGE),
      ),
    });
  });

  it('tells bytes that are not UTF-8 from the sign that a string shows for them', () => {
    const texts = ["char(65533) || 'é'", "CAST(x'ff' || CAST('é' AS BLOB) AS TEXT)"];
    const digests = texts.map((text) => {
      const other = openMemoryDatabase();
      other.exec('CREATE TABLE thing (b INTEGER PRIMARY KEY, a TEXT) STRICT');
      noteTouchedRows(other);
      other.exec(`INSERT INTO thing VALUES (1, ${text})`);
      expect(other.prepare('SELECT a FROM thing').pluck().get()).toBe('\uFFFDé');
      return digestTouchedRows(other)[0]?.sha256;
    });
    expect(digests[0]).not.toBe(digests[1]);
  });

  it('stays the same when a nullable column is added, and not when one with a value is', () => {
    const before = digestTouchedRows(db);
    const added = openMemoryDatabase();
    added.exec('CREATE TABLE thing (b TEXT PRIMARY KEY) STRICT');
    added.exec("INSERT INTO thing VALUES ('x')");
    const digestNow = (): unknown => {
      const copy = openMemoryDatabase();
      copy.exec(String(added.prepare('SELECT sql FROM sqlite_schema').pluck().get()));
      noteTouchedRows(copy);
      copy.exec("INSERT INTO thing (b) VALUES ('x')");
      return digestTouchedRows(copy);
    };
    const first = digestNow();
    added.exec('ALTER TABLE thing ADD COLUMN later TEXT');
    expect(digestNow()).toEqual(first);
    added.exec("ALTER TABLE thing ADD COLUMN filled TEXT NOT NULL DEFAULT ''");
    expect(digestNow()).not.toEqual(first);
    expect(digestTouchedRows(db)).toEqual(before);
  });

  it('needs a key that lasts, and every table of the schema has one', () => {
    const keyless = openMemoryDatabase();
    keyless.exec('CREATE TABLE note (text TEXT NOT NULL) STRICT');
    expect(() => noteTouchedRows(keyless)).toThrow('The table note has no primary key');
    const whole = openMemoryDatabase();
    for (const migration of migrations) migration.up(whole);
    const names = recordTables(whole).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['alert', 'drift_policy', 'person', 'workspace']));
    expect(names).not.toEqual(expect.arrayContaining(['audit_event']));
  });
});

describe('a write', () => {
  async function quietVault(): Promise<TestVault & { readonly db: Db }> {
    const test = await createTestVault();
    return { ...test, db: test.session().db };
  }

  it('binds the rows it touched to its event, each once and as it left them', async () => {
    const { session, vault, db, folder } = await quietVault();
    const before = digestsIn(db).length;
    session().write('test.changed', 'x', {}, (inner) => {
      insertModel(inner, 'm-1');
      inner.prepare(RENAME).run('First');
      inner.prepare(RENAME).run('Second');
    });
    expect(digestsIn(db).slice(before)).toEqual([
      { table_name: 'model', row_key: '["m-1"]', seq: 3 },
      { table_name: 'workspace', row_key: '[1]', seq: 3 },
    ]);
    const digests = db
      .prepare<[], [string, string, string]>(
        'SELECT table_name, row_key, lower(hex(sha256)) FROM record_digest WHERE seq = 3 ORDER BY 1, 2',
      )
      .raw()
      .all();
    const pieces = digests.flatMap(([table, key, digest]) => [table, key, digest].map(piece));
    expect(lastBody(db)['recordsSha256']).toBe(sha256(piece('assay.records.v1'), ...pieces));
    expect(await checkRecords(db)).toMatchObject({ isBound: true, nProblems: 0, nRecords: 5 });
    expect(folder).not.toBe('');
    vault.close();
  });

  it('that touches no row leaves an event without the member', async () => {
    const { session, vault, db } = await quietVault();
    const before = digestsIn(db);
    session().write('test.nothing', 'x', {}, () => undefined);
    expect(Object.keys(lastBody(db))).not.toContain('recordsSha256');
    expect(digestsIn(db)).toEqual(before);
    vault.close();
  });

  it('that is rolled back leaves no touched rows behind', async () => {
    const { session, vault, db } = await quietVault();
    const { write } = session();
    expect(() =>
      write('test.failed', 'x', {}, (inner) => {
        insertModel(inner, 'm-1');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(db.prepare('SELECT count(*) FROM temp.touched_row').pluck().get()).toBe(0);
    write('test.nothing', 'x', {}, () => undefined);
    expect(Object.keys(lastBody(db))).not.toContain('recordsSha256');
    vault.close();
  });

  it('can neither delete a record nor change its key', async () => {
    const { session, vault, db } = await quietVault();
    const { write } = session();
    write('test.added', 'x', {}, (inner) => insertModel(inner, 'm-1'));
    const run = (sql: string) => () => write('test.gone', 'x', {}, (inner) => void inner.exec(sql));
    expect(run('DELETE FROM model')).toThrow('records are retired, never deleted');
    expect(run("UPDATE model SET id = 'm-2'")).toThrow('the key of a record never changes');
    expect(run('INSERT OR REPLACE INTO model SELECT * FROM model')).toThrow('never deleted');
    expect(await checkRecords(db)).toMatchObject({ nProblems: 0 });
    vault.close();
  });

  it('during a check waits for no one, and the check still passes', async () => {
    const { session, vault, db } = await quietVault();
    const { write } = session();
    let nWritten = 0;
    const found = await checkRecords(db, {
      progress: () => {
        nWritten += 1;
        write('test.between', 'x', {}, (inner) => insertModel(inner, `m-${nWritten}`));
        write('test.between', 'x', {}, (inner) => void inner.prepare(RENAME).run(`n ${nWritten}`));
      },
    });
    expect(found.problems).toEqual([]);
    expect(nWritten).toBeGreaterThan(3);
    vault.close();
  });
});

describe('a check of the records', () => {
  it('stops when it is cancelled', async () => {
    const { session, vault } = await createTestVault();
    const stop = new AbortController();
    let nSteps = 0;
    const check = checkRecords(session().db, {
      signal: stop.signal,
      progress: () => {
        nSteps += 1;
        stop.abort();
      },
    });
    await expect(check).rejects.toMatchObject({ name: 'AbortError' });
    expect(nSteps).toBe(1);
    vault.close();
  });

  it('goes through more rows than one step takes, with the share it has done', async () => {
    const { session, vault } = await createTestVault();
    session().write('test.many', 'x', {}, (inner) => {
      for (let i = 0; i < 2500; i++) insertModel(inner, `m-${i}`);
    });
    const fractions: number[] = [];
    const found = await checkRecords(session().db, {
      progress: ({ fraction }) => void fractions.push(fraction ?? NaN),
    });
    expect(found).toEqual({
      isBound: true,
      nRecords: 2504,
      nBindingEvents: 2,
      problems: [],
      nProblems: 0,
    });
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    vault.close();
  });
});
