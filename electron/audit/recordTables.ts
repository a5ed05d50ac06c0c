import { AppFailure } from '../../shared/ipc/errors';
import type { Db } from '../db/openDatabase';

/** A table whose rows are bound to the log. */
export interface RecordTable {
  readonly name: string;
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[];
  /** Every stored column in byte order of the names: the order in which a row is hashed. */
  readonly columns: readonly string[];
}

/** The log itself, which its own links and signatures protect, and the digests it vouches for. */
const NOT_RECORDS = ['audit_event', 'audit_frontier', 'record_digest'];
/** What a row can be named by for ever: `VACUUM` renumbers the rows of a table without a key. */
const KEY_TYPES = ['TEXT', 'INTEGER'];

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  /** Position in the primary key from 1; 0 outside it. */
  readonly pk: number;
}

/**
 * Every table of records, in byte order of the names.
 *
 * @throws AppFailure INTEGRITY when a table has no primary key of text or whole numbers
 */
export function recordTables(db: Db): RecordTable[] {
  const columnsOf = db.prepare<[string], ColumnRow>(
    "SELECT name, type, pk FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0 ORDER BY name",
  );
  return db
    .prepare<[], string>(
      `SELECT name FROM main.sqlite_schema
       WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .pluck()
    .all()
    .filter((name) => !NOT_RECORDS.includes(name))
    .map((name) => toRecordTable(name, columnsOf.all(name)));
}

function toRecordTable(name: string, columns: readonly ColumnRow[]): RecordTable {
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  if (key.length === 0 || !key.every(({ type }) => KEY_TYPES.includes(type))) {
    throw new AppFailure(
      'INTEGRITY',
      `The table ${name} has no primary key of text or whole numbers, so its rows cannot be bound to the audit log. No table that Assay makes is like that.`,
      { step: 'recordKey', table: name },
    );
  }
  return { name, key: key.map((c) => c.name), columns: columns.map((c) => c.name) };
}

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** SQL for the key of a row as a JSON array; `row` is the alias of the table, or NEW. */
export function rowKeySql({ key }: RecordTable, row: string): string {
  return `json_array(${key.map((column) => `${row}.${quoted(column)}`).join(', ')})`;
}

/** SQL for the parts of a key that was made by {@link rowKeySql}; `json` stands once in each part. */
export function keyPartsSql({ key }: RecordTable, json: string): string[] {
  return key.map((_column, i) => `json_extract(${json}, '$[${i}]')`);
}

/** SQL condition: the row has this key. */
export function hasKeySql(table: RecordTable, row: string, json: string): string {
  const parts = keyPartsSql(table, json);
  return table.key.map((column, i) => `${row}.${quoted(column)} = ${parts[i]}`).join(' AND ');
}

/** SQL for the values of a row, in the order of {@link RecordTable.columns}. */
export function valuesSql({ columns }: RecordTable, row: string): string {
  return columns.map((column) => `${row}.${quoted(column)}`).join(', ');
}
