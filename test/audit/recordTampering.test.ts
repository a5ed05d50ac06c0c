import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordTables, type RecordTable } from '../../electron/audit/recordTables';
import { digestTouchedRows, noteTouchedRows } from '../../electron/audit/touchedRows';
import type { Db } from '../../electron/db/openDatabase';
import {
  dropTriggers,
  openBehindTheBack,
  type OpenedBehindTheBack,
} from '../support/behindTheBack';
import { tellModelStory } from '../support/modelStory';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, type TestModel } from '../support/testModel';

/** Rows for the tables that the story of a model does not reach. */
const OTHER_RECORDS = `
  INSERT INTO training_note SELECT 'n', id, 'Drift', '2026-01-02', id, 't' FROM person;
  INSERT INTO recovery_kit (id, made_by, made_at_utc, slot_sha256)
    SELECT '00000000-0000-4000-8000-00000000000a', id, 't', '${'0'.repeat(64)}' FROM person;
  INSERT INTO card_approval
    SELECT r.id, r.version_id, r.revision, (SELECT min(id) FROM signature), 't', r.saved_by
    FROM card_revision r WHERE r.revision = 1;
  INSERT INTO dataflow_approval
    SELECT (SELECT min(id) FROM signature), revision, 't', saved_by FROM dataflow_revision;
  INSERT INTO timestamp_request
    SELECT 's', 'note', '${'0'.repeat(64)}', 1, x'00', 't', id FROM person;
  INSERT INTO timestamp_response SELECT 's', x'00', 't', 'a', '0', 't', id FROM person;`;

let workspace: OpenedBehindTheBack;
let tables: readonly RecordTable[] = [];

async function makeWorkspace(): Promise<string> {
  const model: TestModel = await createTestModel();
  await tellModelStory(model, join(tempFolder(), 'package.zip'));
  const session = model.core.context.vault.session()!;
  session.write('test.others', 'x', {}, (db) => void db.exec(OTHER_RECORDS));
  model.close();
  return model.folder;
}

beforeAll(async () => {
  workspace = await openBehindTheBack(await makeWorkspace());
  const { db } = workspace;
  const { isIntact, checks } = await workspace.check();
  if (!isIntact) throw new Error(`not sound before it is edited: ${JSON.stringify(checks)}`);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  db.exec('BEGIN');
  dropTriggers(db);
  tables = recordTables(db).filter(({ name }) => countOf(db, name) > 0);
});
afterAll(() => workspace.close());

function countOf(db: Db, table: string): number {
  return Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
}

/** SQL for another value of the same type than the column has; for NULL, one that its type allows. */
function otherValue(db: Db, table: string, column: string): string {
  const type = db
    .prepare<[string, string], string>('SELECT type FROM pragma_table_xinfo(?) WHERE name = ?')
    .pluck()
    .get(table, column);
  if (type === 'INTEGER') return `coalesce("${column}", 0) + 1000`;
  if (type === 'BLOB') return `CAST(coalesce("${column}", x'') || x'00' AS BLOB)`;
  return `coalesce("${column}", '') || 'x'`;
}

/** What the check says of the records and of the log after an edit, which is then undone. */
async function findingsAfter(edit: (db: Db) => void): Promise<Readonly<Record<string, string>>> {
  const { db } = workspace;
  db.exec('SAVEPOINT edit');
  try {
    edit(db);
    const { checks } = await workspace.check();
    // The triggers are away while the edits are made; that they are back is for another test.
    const failed = checks.filter((c) => !c.isPassed && c.title !== 'Tables and triggers');
    return Object.fromEntries(failed.map(({ title, detail }) => [title, detail]));
  } finally {
    db.exec('ROLLBACK TO edit; RELEASE edit');
  }
}

function firstRow(db: Db, { name, key }: RecordTable): { key: string; where: string } {
  const parts = key.map((column) => `"${column}"`).join(', ');
  const sql = `SELECT json_array(${parts}) FROM "${name}" ORDER BY ${parts} LIMIT 1`;
  const found = String(db.prepare(sql).pluck().get());
  const where = `json_array(${parts}) = '${found.replaceAll("'", "''")}'`;
  return { key: found, where };
}

describe('a record edited behind the back', () => {
  it('is found by the check, whichever column of whichever table it is', async () => {
    let nEdits = 0;
    const missed: string[] = [];
    for (const table of tables) {
      const { key, where } = firstRow(workspace.db, table);
      for (const column of table.columns) {
        const value = otherValue(workspace.db, table.name, column);
        const found = await findingsAfter(
          (db) => void db.exec(`UPDATE "${table.name}" SET "${column}" = ${value} WHERE ${where}`),
        );
        nEdits += 1;
        const what = table.key.includes(column) ? 'removed' : 'changed';
        const told = found['Records']?.split('; ') ?? [];
        if (!told.includes(`${table.name} ${key}: ${what} outside Assay`)) {
          missed.push(`${table.name}.${column}: ${found['Records'] ?? 'nothing'}`);
        }
      }
    }
    console.log(`${nEdits - missed.length} of ${nEdits} columns of ${tables.length} tables found`);
    expect(missed).toEqual([]);
    expect(tables.length).toBeGreaterThanOrEqual(14);
  }, 120_000);

  it('is found when it is a row that was put in or taken out, in every table', async () => {
    const missed: string[] = [];
    for (const table of tables) {
      const { name, columns } = table;
      const { key, where } = firstRow(workspace.db, table);
      const list = columns.map((column) => `"${column}"`).join(', ');
      const values = columns.map((column) => otherValue(workspace.db, name, column)).join(', ');
      const inserted = await findingsAfter(
        (db) =>
          void db.exec(
            `INSERT INTO "${name}" (${list}) SELECT ${values} FROM "${name}" WHERE ${where}`,
          ),
      );
      if (inserted['Records']?.endsWith(': inserted outside Assay') !== true)
        missed.push(`into ${name}`);
      const removed = await findingsAfter(
        (db) => void db.exec(`DELETE FROM "${name}" WHERE ${where}`),
      );
      if (removed['Records'] !== `${name} ${key}: removed outside Assay`) missed.push(name);
    }
    console.log(`rows inserted and removed in ${tables.length} tables: ${missed.length} missed`);
    expect(missed).toEqual([]);
  }, 120_000);

  it('is found when only the bytes differ, and never shown with its values', async () => {
    const found = await findingsAfter((db) => {
      db.exec("UPDATE drift_policy SET reason = CAST(CAST(reason AS BLOB) || x'ff' AS TEXT)");
    });
    expect(found['Records']).toMatch(/^drift_policy \["[-0-9a-f]{36}",1\]: changed outside Assay$/);
  });

  it('is told with the first few and the number of the rest', async () => {
    const found = await findingsAfter((db) => {
      db.exec('UPDATE person_key SET created_at_utc = created_at_utc || 1');
      db.exec("UPDATE drift_feature SET detail = detail || ' '");
      db.exec("UPDATE model SET owner = 'Eve'");
      db.exec("UPDATE alert SET rule = 'another' WHERE id = (SELECT min(id) FROM alert)");
    });
    expect(found['Records']).toMatch(
      /^alert .*; drift_feature .*; model .*; person_key .*; 1 more$/,
    );
  });
});

describe('a digest edited to match the record', () => {
  /** The state that the row would have had, if Assay had made the change. */
  function renameModel(db: Db): { sha256: Buffer; key: string } {
    db.exec("UPDATE model SET owner = 'Eve'");
    const [digest] = digestTouchedRows(db).filter(({ table }) => table === 'model');
    return { key: digest!.key, sha256: Buffer.from(digest!.sha256, 'hex') };
  }
  beforeAll(() => {
    noteTouchedRows(workspace.db);
  });

  it('is found through the event that names it', async () => {
    const found = await findingsAfter((db) => {
      const { sha256 } = renameModel(db);
      db.prepare("UPDATE record_digest SET sha256 = ? WHERE table_name = 'model'").run(sha256);
    });
    expect(found).toEqual({
      Records: 'event 3: the digests of records under it are not those it names',
    });
  });

  it.each([
    ['under an event that names others', 'SELECT max(seq) FROM record_digest'],
    [
      'under an event that names none',
      'SELECT max(seq) FROM audit_event WHERE seq NOT IN (SELECT seq FROM record_digest)',
    ],
    ['under an event that does not exist', 'SELECT max(seq) + 1 FROM audit_event'],
    ['before all events', 'SELECT -9007199254740995'],
  ])('is found %s', async (_name, seqSql) => {
    const found = await findingsAfter((db) => {
      const { sha256, key } = renameModel(db);
      const insert = `INSERT INTO record_digest VALUES ('model', ?, (${seqSql}), ?)`;
      if (seqSql.includes('-')) db.exec("DELETE FROM record_digest WHERE table_name = 'model'");
      db.prepare(insert).run(key, sha256);
    });
    expect(found['Records']).toMatch(/event -?\d+: the digests of records under it are not those/);
  });

  it('is found in the log when the event is edited too', async () => {
    const found = await findingsAfter((db) => {
      const { key, sha256 } = renameModel(db);
      db.prepare('UPDATE record_digest SET sha256 = ? WHERE row_key = ?').run(sha256, key);
      db.exec(`UPDATE audit_event SET body = CAST(json_set(CAST(body AS TEXT), '$.recordsSha256',
        '${'0'.repeat(64)}') AS BLOB) WHERE seq = 3`);
    });
    expect(found['Audit log']).toBe('event 3: its text was changed');
  });

  it('is found when a state is taken back together with its digest', async () => {
    const found = await findingsAfter((db) => {
      db.exec("UPDATE alert SET state = 'new', revision = 0");
      db.exec(`DELETE FROM record_digest
        WHERE seq = (SELECT max(seq) FROM record_digest WHERE table_name = 'alert_step')`);
    });
    expect(found['Records']).toMatch(
      /^alert_step .*: inserted outside Assay; event \d+: the digests of its records are missing$/,
    );
  });

  it('is found when the digests of a table that is not there are added', async () => {
    const found = await findingsAfter((db) => {
      db.exec(
        "INSERT INTO record_digest SELECT 'ghost', '[1]', max(seq), zeroblob(32) FROM audit_event",
      );
    });
    expect(found['Records']).toMatch(/^ghost \[1\]: removed outside Assay; event \d+: the digests/);
  });

  it('is found when the whole table of digests is gone', async () => {
    const found = await findingsAfter((db) => db.exec('DROP TABLE record_digest'));
    expect(found['Records']).toBe('event 1: the digests of its records are missing');
  });
});
