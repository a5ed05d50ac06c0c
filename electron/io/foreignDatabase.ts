import { copyFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { badData, stopIfCancelled } from './badData';
import { hashFile, openForReading, type ReadScope } from './fileHash';

/** An SQLite file of another program, or rather a private copy of it: the file itself is only read. */
export interface ForeignDatabase {
  /** SHA-256 of each file that belongs to it, by name. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** Rows of one table with the columns that it has; the others are NULL. None when there is no such table. */
  rows(table: string, columns: readonly string[], where?: Where): Iterable<ForeignRow>;
  hasTable(name: string): boolean;
  /** Makes looking rows up by a column fast; in the copy. */
  indexBy(table: string, column: string): void;
  close(): void;
}

export type ForeignRow = Readonly<Record<string, unknown>>;

export interface Where {
  readonly column: string;
  readonly value: string;
}

/** The write-ahead log or rollback journal may hold what the file does not. */
const SUFFIXES = ['', '-wal', '-journal'] as const;
const MAX_BYTES = 32 * 1024 ** 3;

/** Whether a file begins like an SQLite database. */
export async function isSqliteFile(path: string): Promise<boolean> {
  const handle = await openForReading(path);
  try {
    const start = Buffer.alloc(16);
    await handle.read(start, 0, 16, 0);
    return start.toString('latin1') === 'SQLite format 3\u0000';
  } finally {
    await handle.close();
  }
}

/**
 * Copies a database with its side files, hashes the copy, and opens it.
 *
 * @param workFolder an empty private folder; whoever made it removes it
 * @throws AppFailure BAD_DATA when it cannot be read, is no database, or changes meanwhile; CANCELLED
 */
export async function openForeignDatabase(
  path: string,
  workFolder: string,
  scope: ReadScope,
): Promise<ForeignDatabase> {
  const name = basename(path);
  const before = await statesOf(path);
  const files: { path: string; sha256: string }[] = [];
  for (const suffix of SUFFIXES.filter((one) => before.has(one))) {
    stopIfCancelled(scope.signal);
    const copy = join(workFolder, `${name}${suffix}`);
    await copyFile(`${path}${suffix}`, copy).catch(() => {
      throw badData(
        `${name}${suffix}`,
        'the file cannot be copied to be read; it may not be read, or the disk is full.',
      );
    });
    const { sha256 } = await hashFile(copy, scope);
    files.push({ path: `${name}${suffix}`, sha256 });
  }
  const after = await statesOf(path);
  if (SUFFIXES.some((suffix) => before.get(suffix) !== after.get(suffix))) {
    throw badData(
      name,
      'the database was written to while it was being read. Stop the server that uses it, and try again.',
    );
  }
  return wrap(connect(join(workFolder, name), name), name, files);
}

/** Size and time of each file that is there. */
async function statesOf(path: string): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  for (const suffix of SUFFIXES) {
    const found = await stat(`${path}${suffix}`, { bigint: true }).catch(() => null);
    if (found?.isFile() !== true) continue;
    if (found.size > MAX_BYTES) throw badData(basename(path), 'the file is too large to be read.');
    states.set(suffix, `${found.size} ${found.mtimeNs}`);
  }
  if (!states.has('')) throw badData(basename(path), 'there is no such file.');
  return states;
}

function connect(copy: string, name: string): Database.Database {
  const nativeBinding = process.env['ASSAY_SQLITE_BINDING'];
  try {
    const db = new Database(copy, {
      fileMustExist: true,
      ...(nativeBinding ? { nativeBinding } : {}),
    });
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('temp_store = MEMORY');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch {
    throw badData(name, 'this is not an SQLite database, or it is damaged.');
  }
}

function wrap(
  db: Database.Database,
  name: string,
  files: ForeignDatabase['files'],
): ForeignDatabase {
  const statements = new Map<string, Database.Statement>();
  const known = new Map<string, readonly string[]>();
  const attempt = <T>(work: () => T): T => orDamaged(name, work);
  /** Columns of a real table; a view would run what its maker wrote. */
  function columnsOf(table: string): readonly string[] {
    const cached = known.get(table);
    if (cached !== undefined) return cached;
    const found = attempt(() => {
      const isTable = db
        .prepare(
          "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql NOT LIKE 'CREATE VIRTUAL%'",
        )
        .get(table);
      if (isTable === undefined) return [];
      return db
        .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
        .pluck()
        .all(table);
    });
    known.set(table, found);
    return found;
  }
  return {
    files,
    hasTable: (table) => columnsOf(table).length > 0,
    *rows(table, columns, where) {
      const there = columnsOf(table);
      if (there.length === 0 || (where !== undefined && !there.includes(where.column))) return;
      const picked = columns.map((column) =>
        there.includes(column) ? `"${column}"` : `NULL AS "${column}"`,
      );
      const sql = `SELECT ${picked.join(', ')} FROM "${table}"${where === undefined ? '' : ` WHERE "${where.column}" = ?`}`;
      const statement = statements.get(sql) ?? attempt(() => db.prepare(sql));
      statements.set(sql, statement);
      const rows = attempt(() => statement.all(...(where === undefined ? [] : [where.value])));
      for (const row of rows) yield row as ForeignRow; // columns by name
    },
    indexBy(table, column) {
      if (!columnsOf(table).includes(column)) return;
      const sql =
        "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql LIKE ?";
      attempt(() => {
        if (db.prepare(sql).get(table, `%(${column})`) !== undefined) return;
        db.exec(
          `CREATE INDEX IF NOT EXISTS "assay_${table}_${column}" ON "${table}" ("${column}")`,
        );
      });
    },
    close: () => void db.close(),
  };
}

function orDamaged<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Database.SqliteError)
      throw badData(name, `the database is damaged (${error.code}).`);
    throw error;
  }
}
