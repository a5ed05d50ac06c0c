import type { Db } from '../db/openDatabase';
import {
  hasKeySql,
  keyPartsSql,
  literal,
  quoted,
  recordTables,
  rowKeySql,
  valuesSql,
  type RecordTable,
} from './recordTables';
import { RecordsHash, rowDigester } from './rowDigest';

/** A record or an event that is not as the log says. */
export type RecordProblem =
  | {
      readonly table: string;
      /** JSON array of the primary key. */
      readonly key: string;
      readonly problem: 'changed' | 'inserted' | 'removed';
    }
  | { readonly seq: number; readonly problem: string };

export interface RecordSweep {
  readonly db: Db;
  /** Told everything that is wrong, as it is found. */
  report(problem: RecordProblem): void;
}

/** What a step of a sweep has looked at: rows, digests or events. */
export type Steps = Generator<number, number, void>;

/** Core answers other calls after at most this long, one large row excepted. */
const STEP_MS = 10;
const MOST_ROWS = 1000;
/** Below every number that SQLite keeps, so that no forged digest stands before the start. */
const LOWEST_SEQ = -(2n ** 63n);

/** What an event says of the digests under it; NULL when it says nothing, or is no JSON. */
const NAMED = `iif(json_valid(CAST(body AS TEXT)),
  json_extract(CAST(body AS TEXT), '$.recordsSha256'), NULL)`;

/** True when the file is of an Assay that binds records. */
export function hasDigestTable(db: Db): boolean {
  const sql = "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'record_digest'";
  return db.prepare(sql).get() !== undefined;
}

/** The first event that binds records, or null. Cost: O(events up to it) */
export function firstBindingEvent(db: Db): number | null {
  const sql = `SELECT seq FROM audit_event WHERE ${NAMED} IS NOT NULL ORDER BY seq LIMIT 1`;
  return db.prepare<[], number>(sql).pluck().get() ?? null;
}

/** Compares every row with its newest digest. @returns number of rows */
export function* sweepRows({ db, report }: RecordSweep): Steps {
  let nRows = 0;
  for (const table of recordTables(db)) {
    const compare = rowComparer(db, table);
    for (let after: string | null = null; ;) {
      const step = compare(after, (key, problem) => report({ table: table.name, key, problem }));
      nRows += step.nRows;
      yield step.nRows;
      if (step.last === null) break;
      after = step.last;
    }
  }
  return nRows;
}

interface RowStep {
  readonly nRows: number;
  /** Key of the last row that was looked at; null at the end of the table. */
  readonly last: string | null;
}

type Row = [key: string, newest: string | null, ...values: unknown[]];

function rowComparer(db: Db, table: RecordTable) {
  const columns = table.key.map((column) => `r.${quoted(column)}`).join(', ');
  const key = rowKeySql(table, 'r');
  const select = (where: string) =>
    db
      .prepare<string[], Row>(
        `SELECT ${key}, (SELECT lower(hex(d.sha256)) FROM record_digest d
           WHERE d.table_name = ${literal(table.name)} AND d.row_key = ${key}
           ORDER BY d.seq DESC LIMIT 1), ${valuesSql(table, 'r')}
         FROM main.${quoted(table.name)} r ${where} ORDER BY ${columns} LIMIT ${MOST_ROWS}`,
      )
      .raw()
      .safeIntegers();
  const first = select('');
  const next = select(`WHERE (${columns}) > (${keyPartsSql(table, '?').join(', ')})`);
  const digest = rowDigester(db, table);
  return (
    after: string | null,
    report: (key: string, problem: 'changed' | 'inserted') => void,
  ): RowStep => {
    const until = performance.now() + STEP_MS;
    let nRows = 0;
    const rows = after === null ? first.iterate() : next.iterate(...table.key.map(() => after));
    for (const [rowKey, newest, ...values] of rows) {
      nRows += 1;
      if (newest === null) report(rowKey, 'inserted');
      else if (digest(rowKey, values) !== newest) report(rowKey, 'changed');
      // Leaving the loop ends the statement; the next step begins after this row.
      if (nRows === MOST_ROWS || performance.now() > until) return { nRows, last: rowKey };
    }
    return { nRows, last: null };
  };
}

/** Looks for digests whose row is gone. @returns number of rows that have digests */
export function* sweepDigestedRows({ db, report }: RecordSweep): Steps {
  const tables = new Map(recordTables(db).map((table) => [table.name, table]));
  const nextTable = db
    .prepare<[string], string | null>(
      'SELECT min(table_name) FROM record_digest WHERE table_name > ?',
    )
    .pluck();
  let nRows = 0;
  for (let name = nextTable.get(''); typeof name === 'string'; name = nextTable.get(name)) {
    const table = tables.get(name);
    const isThere =
      table === undefined
        ? '0'
        : `EXISTS (SELECT 1 FROM main.${quoted(name)} r WHERE ${hasKeySql(table, 'r', 'd.row_key')})`;
    const page = db.prepare<[string, string], { key: string; isThere: number }>(
      `SELECT DISTINCT d.row_key AS key, ${isThere} AS isThere FROM record_digest d
       WHERE d.table_name = ? AND d.row_key > ? ORDER BY d.row_key LIMIT ${MOST_ROWS}`,
    );
    for (let after = ''; ;) {
      const rows = page.all(name, after);
      for (const row of rows) {
        if (row.isThere === 0) report({ table: name, key: row.key, problem: 'removed' });
      }
      nRows += rows.length;
      yield rows.length;
      if (rows.length < MOST_ROWS) break;
      after = rows.at(-1)?.key ?? after;
    }
  }
  return nRows;
}

interface DigestGroup {
  readonly seq: bigint;
  readonly hash: RecordsHash;
}

/** Compares the digests under every event with what the event says of them. @returns number of events */
export function* sweepDigests({ db, report }: RecordSweep): Steps {
  const page = db
    .prepare<[bigint, string, string], [seq: bigint, table: string, key: string, sha256: string]>(
      `SELECT seq, table_name, row_key, lower(hex(sha256)) FROM record_digest
       WHERE (seq, table_name, row_key) > (?, ?, ?)
       ORDER BY seq, table_name, row_key LIMIT ${MOST_ROWS}`,
    )
    .raw()
    .safeIntegers();
  const named = db
    .prepare<[bigint], string | null>(`SELECT ${NAMED} FROM audit_event WHERE seq = ?`)
    .pluck();
  let nEvents = 0;
  const end = ({ seq, hash }: DigestGroup): void => {
    nEvents += 1;
    if (named.get(seq) === hash.hex()) return;
    const problem = 'the digests of records under it are not those it names';
    report({ seq: Number(seq), problem });
  };
  let group: DigestGroup | null = null;
  for (let [seq, table, key] = [LOWEST_SEQ, '', '']; ;) {
    const rows = page.all(seq, table, key);
    for (const row of rows) {
      [seq, table, key] = row;
      if (group !== null && group.seq !== seq) {
        end(group);
        group = null;
      }
      group ??= { seq, hash: new RecordsHash() };
      group.hash.add(table, key, row[3]);
    }
    yield rows.length;
    if (rows.length < MOST_ROWS) break;
  }
  if (group !== null) end(group);
  return nEvents;
}

/** Looks for events whose digests are gone. @returns number of events */
export function* sweepEvents({ db, report }: RecordSweep): Steps {
  const page = db.prepare<[number, number], { seq: number; isBare: number }>(
    `SELECT seq, ${NAMED} IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM record_digest d WHERE d.seq = audit_event.seq) AS isBare
     FROM audit_event WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  let nEvents = 0;
  for (let after = 0; ;) {
    const rows = page.all(after, MOST_ROWS);
    for (const { seq, isBare } of rows) {
      if (isBare === 1) report({ seq, problem: 'the digests of its records are missing' });
    }
    nEvents += rows.length;
    yield rows.length;
    if (rows.length < MOST_ROWS) return nEvents;
    after = rows.at(-1)?.seq ?? after;
  }
}
