import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';
import { hasKeySql, literal, quoted, recordTables, rowKeySql, valuesSql } from './recordTables';
import type { RecordTable } from './recordTables';
import { rowDigester, type RowDigester } from './rowDigest';

/** The state of one row, by the table and the JSON array of its primary key. */
export interface RowDigest {
  readonly table: string;
  readonly key: string;
  /** Lowercase hex. */
  readonly sha256: string;
}

interface NotedTable {
  /** Key and values of every touched row. */
  readonly touchedSql: string;
  readonly digest: RowDigester;
}

const noted = new WeakMap<Db, ReadonlyMap<string, NotedTable>>();

/**
 * From now on, notes every row that this connection inserts or updates; a second call changes nothing.
 *
 * The notes are temporary triggers and a table in memory: they are rolled back with the write, leave no
 * trace in the file, and take no part in its schema. Deleting a row and changing its key are refused,
 * because records are retired and never deleted.
 *
 * @throws AppFailure INTEGRITY when a table has no key that its rows can be named by
 */
export function noteTouchedRows(db: Db): void {
  if (noted.has(db)) return;
  const tables = recordTables(db);
  db.exec('CREATE TEMP TABLE touched_row (table_name TEXT NOT NULL, row_key TEXT NOT NULL)');
  for (const table of tables) db.exec(triggersSql(table));
  noted.set(
    db,
    new Map(
      tables.map((table) => [
        table.name,
        { touchedSql: touchedSql(table), digest: rowDigester(db, table) },
      ]),
    ),
  );
}

/** Notes one row by hand, for a change that no trigger has seen. */
export function touchRow(db: Db, table: string, key: string): void {
  preparedStatement(db, 'INSERT INTO temp.touched_row (table_name, row_key) VALUES (?, ?)').run(
    table,
    key,
  );
}

/**
 * Hashes every row that was touched since the last {@link forgetTouchedRows}, each once, as it is now.
 *
 * @returns one digest per row, in byte order of table and key
 * @throws Error when the connection does not note what it touches
 * Cost: O(bytes of the touched rows), one row in memory at a time
 */
export function digestTouchedRows(db: Db): RowDigest[] {
  const tables = noted.get(db);
  if (tables === undefined) throw new Error('this connection does not note the rows it touches');
  const names = preparedStatement<[], string>(
    db,
    'SELECT DISTINCT table_name FROM temp.touched_row ORDER BY table_name',
  )
    .pluck()
    .all();
  return names.flatMap((name) => {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`the table ${name} was made after the start`);
    return digestsOf(db, name, table);
  });
}

export function forgetTouchedRows(db: Db): void {
  preparedStatement(db, 'DELETE FROM temp.touched_row').run();
}

function digestsOf(db: Db, table: string, { touchedSql, digest }: NotedTable): RowDigest[] {
  const rows = preparedStatement<[], [key: string, ...values: unknown[]]>(db, touchedSql)
    .raw()
    .safeIntegers()
    .iterate();
  const digests: RowDigest[] = [];
  for (const [key, ...values] of rows) digests.push({ table, key, sha256: digest(key, values) });
  return digests;
}

/** Each touched row once; CROSS JOIN, so that the table is looked up by the keys and not read through. */
function touchedSql(table: RecordTable): string {
  return `SELECT t.row_key, ${valuesSql(table, 'r')}
    FROM (SELECT DISTINCT row_key FROM temp.touched_row WHERE table_name = ${literal(table.name)}) t
    CROSS JOIN main.${quoted(table.name)} r ON ${hasKeySql(table, 'r', 't.row_key')}
    ORDER BY t.row_key`;
}

function triggersSql(table: RecordTable): string {
  const { name, key } = table;
  const target = `ON main.${quoted(name)}`;
  const note = `BEGIN INSERT INTO touched_row VALUES (${literal(name)}, ${rowKeySql(table, 'NEW')}); END`;
  const isOther = key.map((column) => `NEW.${quoted(column)} IS NOT OLD.${quoted(column)}`);
  // AFTER, so that the table's own triggers, which say it in its own words, speak first.
  return `
    CREATE TEMP TRIGGER ${quoted(`${name}_inserted`)} AFTER INSERT ${target} ${note};
    CREATE TEMP TRIGGER ${quoted(`${name}_updated`)} AFTER UPDATE ${target} ${note};
    CREATE TEMP TRIGGER ${quoted(`${name}_renamed`)} AFTER UPDATE ${target}
      WHEN ${isOther.join(' OR ')}
      BEGIN SELECT RAISE(ABORT, 'the key of a record never changes'); END;
    CREATE TEMP TRIGGER ${quoted(`${name}_deleted`)} AFTER DELETE ${target}
      BEGIN SELECT RAISE(ABORT, 'records are retired, never deleted'); END;`;
}
