import { DuckDBDoubleType, DuckDBVarCharType } from '@duckdb/node-api';
import type { AppFailure } from '../../shared/ipc/errors';
import { badData } from './badData';
import { readCsvHead, type CsvDialect, type CsvType } from './csvHead';
import { openDuckSession, quoteSql, type DuckSession } from './duckSession';
import { holdsOf, type DuckColumn } from './duckColumn';
import { createDuckReader } from './duckReader';
import type { ReadScope } from './fileHash';
import { MISSING_TOKENS } from './parseValue';
import { MAX_COLUMNS, MAX_LINE_BYTES } from './readLimits';

/** Enough to find every column of a wrong type in few attempts, small enough to hold. */
const REJECTS_KEPT = 10_000;
const MAX_ATTEMPTS = 4;

/** A record that does not fit, as the engine reports it. */
interface Reject {
  /** Counted from 1 below the line with the column names. */
  readonly row: number;
  readonly columnIndex: number | null;
  readonly type: string;
  readonly nFound: number | null;
}

/**
 * Reads a CSV file once into the engine's memory, where every row is checked.
 *
 * @throws AppFailure BAD_DATA with row and column when a record has too few or too many cells, a
 *   quote is not closed, or the text is not UTF-8
 */
export async function openCsv(path: string, head: Uint8Array, sizeBytes: number, scope: ReadScope) {
  const session = await openDuckSession(path, scope);
  try {
    const dialect = readCsvHead(session.file, head, head.length === sizeBytes);
    if (dialect.names.length > MAX_COLUMNS) {
      throw badData(session.file, `it has more than ${MAX_COLUMNS} columns.`);
    }
    const { types, warnings } = await importRows(session, dialect);
    const [count] = await session.rows('SELECT count(*) FROM csv');
    const nRows = Number(count?.[0]);
    const columns = dialect.names.map((name, index) => csvColumn(name, index, types[index]!));
    return {
      session,
      nRows,
      columns,
      warnings: [...dialect.warnings, ...warnings],
      ...createDuckReader(session, 'csv', columns, nRows),
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

function csvColumn(name: string, index: number, csvType: CsvType): DuckColumn {
  const type = csvType === 'DOUBLE' ? DuckDBDoubleType.instance : DuckDBVarCharType.instance;
  return { name, index, fileType: csvType, holds: holdsOf(type), sql: `c${index}`, type };
}

/** Reads all rows; a column whose later values are no numbers is read again as text. */
async function importRows(session: DuckSession, dialect: CsvDialect) {
  const types = [...dialect.types];
  const warnings: string[] = [];
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const isLast = attempt === MAX_ATTEMPTS;
    if (isLast) types.fill('VARCHAR');
    await session.run(importSql(session, dialect, types, attempt), `Reading ${session.file}`);
    const rejects = await readRejects(session, attempt);
    const fatal = rejects.find(({ type }) => type !== 'CAST');
    if (fatal !== undefined) throw explainReject(session.file, dialect, fatal);
    if (rejects.length === 0) return { types, warnings };
    for (const { columnIndex, row } of rejects) {
      if (columnIndex === null || types[columnIndex] === 'VARCHAR') continue;
      types[columnIndex] = 'VARCHAR';
      const name = dialect.names[columnIndex];
      warnings.push(`Column "${name}" is read as text: row ${row} does not hold a number.`);
    }
  }
  throw badData(session.file, 'the rows do not fit the columns.');
}

function importSql(
  session: DuckSession,
  dialect: CsvDialect,
  types: readonly CsvType[],
  attempt: number,
): string {
  const columns = types.map((type, index) => `c${index}: '${type}'`).join(', ');
  return `CREATE OR REPLACE TEMP TABLE csv AS SELECT * FROM read_csv(${session.pathSql},
    auto_detect = false, columns = {${columns}}, header = true, skip = 0,
    delim = ${quoteSql(dialect.delimiter)}, quote = '"', escape = '"', comment = '',
    decimal_separator = ${quoteSql(dialect.decimalSeparator)}, encoding = 'utf-8',
    nullstr = [${MISSING_TOKENS.map(quoteSql).join(', ')}], allow_quoted_nulls = true,
    strict_mode = true, null_padding = false, compression = 'none', hive_partitioning = false,
    max_line_size = ${MAX_LINE_BYTES}, buffer_size = ${4 * MAX_LINE_BYTES},
    store_rejects = true, rejects_limit = ${REJECTS_KEPT},
    rejects_table = 'reject_${attempt}', rejects_scan = 'reject_scan_${attempt}')`;
}

async function readRejects(session: DuckSession, attempt: number): Promise<readonly Reject[]> {
  const rows = await session.rows(
    `SELECT line, column_name, error_type::VARCHAR, error_message FROM reject_${attempt} ORDER BY line, column_idx`,
  );
  return rows.map(([line, column, type, message]) => {
    const counts = /Found: (\d+)/.exec(String(message));
    return {
      row: Number(line) - 1,
      columnIndex: column === null ? null : Number(String(column).slice(1)),
      type: String(type),
      nFound: counts === null ? null : Number(counts[1]),
    };
  });
}

function explainReject(file: string, dialect: CsvDialect, reject: Reject): AppFailure {
  const column = reject.columnIndex === null ? undefined : dialect.names[reject.columnIndex];
  switch (reject.type) {
    case 'MISSING COLUMNS':
    case 'TOO MANY COLUMNS': {
      const nColumns = dialect.names.length;
      // The engine stops counting at the first value too many.
      const problem =
        reject.type === 'TOO MANY COLUMNS'
          ? `the row has more values than the file has columns (${nColumns}).`
          : `the row has ${reject.nFound === 1 ? 'one value' : `${reject.nFound} values`} where the file has ${nColumns} columns.`;
      return badData(file, problem, { row: reject.row, column });
    }
    case 'UNQUOTED VALUE':
      return badData(file, 'a quotation mark is not closed.', { row: reject.row, column });
    case 'INVALID ENCODING':
      return badData(file, 'the text is not UTF-8. Save the file as CSV UTF-8.', {
        row: reject.row,
        column,
      });
    case 'LINE SIZE OVER MAXIMUM':
      return badData(file, 'the row is longer than 8 MiB.', { row: reject.row });
    default:
      return badData(file, 'the row cannot be read.', { row: reject.row, column });
  }
}
