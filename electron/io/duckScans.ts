import { DuckDBVarCharVector } from '@duckdb/node-api';
import { badData } from './badData';
import { doubleSql, textSql, type DuckColumn } from './duckColumn';
import { quoteSql, type DuckSession } from './duckSession';
import { MISSING_TOKENS } from './parseValue';
import { MAX_CELL_BYTES } from './readLimits';
import { createTextCoder } from './textCoder';
import {
  MAX_SAMPLE_LABELS,
  type ColumnReader,
  type RowNumbers,
  type RowTexts,
  type TextCounts,
} from './tableSource';

/** Up to this many distinct texts the engine does the coding, several times faster than we could. */
const MAX_ENUM_LABELS = 65_536;
/** Distinct texts are counted among this many rows. */
const MAX_ROWS_COUNTED = 2_000_000;

/** Reads columns of one table or file, each by a query of its own. */
export function createScanReader(
  session: DuckSession,
  from: string,
  nRows: number,
): ColumnReader<DuckColumn> {
  return {
    async readNumbers(column): Promise<RowNumbers> {
      const values = new Float64Array(new SharedArrayBuffer(nRows * 8));
      await session.readNumbers(`SELECT ${doubleSql(column)} FROM ${from}`, values);
      return values;
    },
    async readTexts(column): Promise<RowTexts> {
      await requireShortCells(session, from, column);
      const [distinct] = await session.rows(
        `SELECT count(*) FROM (SELECT DISTINCT ${textSql(column)} AS v FROM ${from} LIMIT ${MAX_ENUM_LABELS + 2})`,
      );
      return Number(distinct?.[0]) <= MAX_ENUM_LABELS
        ? readByEnum(session, from, column, nRows)
        : readOneByOne(session, from, column, nRows);
    },
    countTexts: (column) => countTexts(session, from, column, nRows),
  };
}

async function readByEnum(
  session: DuckSession,
  from: string,
  column: DuckColumn,
  nRows: number,
): Promise<RowTexts> {
  const text = textSql(column);
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
  const coder = createTextCoder(nRows);
  await session.eachChunk(`SELECT ${textSql(column)} FROM ${from}`, (chunk) => {
    const vector = chunk.getColumnVector(0);
    if (!(vector instanceof DuckDBVarCharVector)) throw new TypeError('expected VARCHAR');
    for (let i = 0; i < vector.itemCount; i++) coder.add(vector.getItem(i));
  });
  return coder.finish();
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
