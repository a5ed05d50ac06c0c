import { DuckDBTypeId, DuckDBVarCharVector, type DuckDBType } from '@duckdb/node-api';
import { badData } from './badData';
import type { DuckSession } from './duckSession';
import { MISSING_TOKENS } from './parseValue';
import { MAX_CELL_BYTES } from './readLimits';
import {
  MAX_SAMPLE_LABELS,
  type ColumnHolds,
  type RowNumbers,
  type RowTexts,
  type SourceColumn,
  type TextCounts,
} from './tableSource';
import { quoteSql } from './duckSession';

/** A column of a file as the engine sees it. */
export interface DuckColumn extends SourceColumn {
  /** Name to use in SQL, quoted. */
  readonly sql: string;
  readonly type: DuckDBType;
}

/** Up to this many distinct texts the engine does the coding, several times faster than we could. */
const MAX_ENUM_LABELS = 65_536;
/** Distinct texts are counted among this many rows. */
const MAX_ROWS_COUNTED = 2_000_000;

const holdsByType: ReadonlyMap<DuckDBTypeId, ColumnHolds> = new Map([
  [DuckDBTypeId.TINYINT, 'number'],
  [DuckDBTypeId.SMALLINT, 'number'],
  [DuckDBTypeId.INTEGER, 'number'],
  [DuckDBTypeId.UTINYINT, 'number'],
  [DuckDBTypeId.USMALLINT, 'number'],
  [DuckDBTypeId.UINTEGER, 'number'],
  [DuckDBTypeId.FLOAT, 'number'],
  [DuckDBTypeId.DOUBLE, 'number'],
  [DuckDBTypeId.DECIMAL, 'number'],
  [DuckDBTypeId.BIGINT, 'integer64'],
  [DuckDBTypeId.UBIGINT, 'integer64'],
  [DuckDBTypeId.HUGEINT, 'integer64'],
  [DuckDBTypeId.UHUGEINT, 'integer64'],
  [DuckDBTypeId.BOOLEAN, 'boolean'],
  [DuckDBTypeId.DATE, 'datetime'],
  [DuckDBTypeId.TIMESTAMP, 'datetime'],
  [DuckDBTypeId.TIMESTAMP_S, 'datetime'],
  [DuckDBTypeId.TIMESTAMP_MS, 'datetime'],
  [DuckDBTypeId.TIMESTAMP_NS, 'datetime'],
  [DuckDBTypeId.TIMESTAMP_TZ, 'datetime'],
  [DuckDBTypeId.VARCHAR, 'text'],
  [DuckDBTypeId.ENUM, 'text'],
  [DuckDBTypeId.UUID, 'text'],
  [DuckDBTypeId.SQLNULL, 'none'],
]);

export function holdsOf(type: DuckDBType): ColumnHolds {
  return holdsByType.get(type.typeId) ?? 'unreadable';
}

/** Types whose direct cast to a double would round twice. */
const castByDigits: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
]);

/** Reads columns of one table or file scan, each by its own query. */
export function createDuckReader(session: DuckSession, from: string, nRows: number) {
  return {
    async readNumbers(column: DuckColumn): Promise<RowNumbers> {
      const values = new Float64Array(new SharedArrayBuffer(nRows * 8));
      const sql = `SELECT coalesce(${numberSql(column)}, 'NaN'::DOUBLE) FROM ${from}`;
      await session.readNumbers(sql, values);
      return values;
    },
    async readTexts(column: DuckColumn): Promise<RowTexts> {
      const distinct = await session.rows(
        `SELECT count(*) FROM (SELECT DISTINCT ${textSql(column)} AS v FROM ${from} LIMIT ${MAX_ENUM_LABELS + 2})`,
      );
      const isFew = Number(distinct[0]?.[0]) <= MAX_ENUM_LABELS;
      return isFew
        ? readByEnum(session, from, column, nRows)
        : readOneByOne(session, from, column, nRows);
    },
    countTexts: (column: DuckColumn): Promise<TextCounts> =>
      countTexts(session, from, column, nRows),
  };
}

function numberSql(column: DuckColumn): string {
  const { sql, type } = column;
  if (column.holds === 'datetime') {
    const instant = type.typeId === DuckDBTypeId.DATE ? `CAST(${sql} AS TIMESTAMP)` : sql;
    return `CASE WHEN isfinite(${sql}) THEN epoch_us(${instant}) / 1000 END`;
  }
  return castByDigits.has(type.typeId)
    ? `CAST(CAST(${sql} AS VARCHAR) AS DOUBLE)`
    : `CAST(${sql} AS DOUBLE)`;
}

function textSql({ sql, type }: DuckColumn): string {
  return type.typeId === DuckDBTypeId.VARCHAR ? sql : `CAST(${sql} AS VARCHAR)`;
}

async function readByEnum(
  session: DuckSession,
  from: string,
  column: DuckColumn,
  nRows: number,
): Promise<RowTexts> {
  const text = textSql(column);
  await requireShortCells(session, from, column);
  await session.rows(
    `CREATE OR REPLACE TEMP TABLE label AS SELECT DISTINCT ${text} AS v FROM ${from} WHERE ${text} IS NOT NULL ORDER BY v`,
  );
  const labels = (await session.rows('SELECT v FROM label ORDER BY v')).map(([v]) => String(v));
  const codes = new Int32Array(new SharedArrayBuffer(nRows * 4)).fill(-1);
  if (labels.length === 0) return { codes, labels };
  await session.rows('CREATE TEMP TYPE label_code AS ENUM (SELECT v FROM label ORDER BY v)');
  try {
    const code = `CAST(enum_code(CAST(${text} AS label_code)) AS INTEGER)`;
    await session.readNumbers(`SELECT coalesce(${code}, -1) FROM ${from}`, codes);
  } finally {
    await session.rows('DROP TYPE label_code');
  }
  return { codes, labels };
}

async function readOneByOne(
  session: DuckSession,
  from: string,
  column: DuckColumn,
  nRows: number,
): Promise<RowTexts> {
  await requireShortCells(session, from, column);
  const codes = new Int32Array(new SharedArrayBuffer(nRows * 4)).fill(-1);
  const codeOf = new Map<string, number>();
  let row = 0;
  await session.eachChunk(`SELECT ${textSql(column)} FROM ${from}`, (chunk) => {
    const vector = chunk.getColumnVector(0);
    if (!(vector instanceof DuckDBVarCharVector)) throw new TypeError('expected VARCHAR');
    for (let i = 0; i < vector.itemCount; i++, row++) {
      const text = vector.getItem(i);
      if (text === null) continue;
      let code = codeOf.get(text);
      if (code === undefined) {
        code = codeOf.size;
        codeOf.set(text, code);
      }
      codes[row] = code;
    }
  });
  return { codes, labels: [...codeOf.keys()] };
}

async function countTexts(
  session: DuckSession,
  from: string,
  column: DuckColumn,
  nRows: number,
): Promise<TextCounts> {
  await requireShortCells(session, from, column);
  const tokens = MISSING_TOKENS.map(quoteSql).join(', ');
  const usable = `(SELECT ${textSql(column)} AS v FROM ${from})`;
  const [missing] = await session.rows(
    `SELECT count(*) FILTER (v IS NULL OR v IN (${tokens})) FROM ${usable}`,
  );
  const examined = `(SELECT v FROM ${usable} WHERE v NOT IN (${tokens}) LIMIT ${MAX_ROWS_COUNTED})`;
  const [counts] = await session.rows(`SELECT count(v), count(DISTINCT v) FROM ${examined}`);
  const sample = await session.rows(
    `SELECT DISTINCT v FROM ${examined} LIMIT ${MAX_SAMPLE_LABELS}`,
  );
  return {
    nMissing: Number(missing?.[0]),
    nDistinct: Number(counts?.[1]),
    isDistinctCapped: nRows > MAX_ROWS_COUNTED,
    nExamined: Number(counts?.[0]),
    sample: sample.map(([v]) => String(v)),
  };
}

async function requireShortCells(
  session: DuckSession,
  from: string,
  column: DuckColumn,
): Promise<void> {
  const [row] = await session.rows(`SELECT max(strlen(${textSql(column)})) FROM ${from}`);
  if (Number(row?.[0] ?? 0) <= MAX_CELL_BYTES) return;
  throw badData(session.file, 'a value is longer than 1 MiB.', { column: column.name });
}
