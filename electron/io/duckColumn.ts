import { DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import type { ColumnHolds, SourceColumn } from './tableSource';

/** A column of a file as the engine sees it. */
export interface DuckColumn extends SourceColumn {
  /** Name to use in SQL, quoted. */
  readonly sql: string;
  readonly type: DuckDBType;
}

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

/** The value as a double, for number, boolean and date columns; missing is NaN. */
export function doubleSql(column: DuckColumn): string {
  return `coalesce(${numberSql(column)}, 'NaN'::DOUBLE)`;
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

/** The value as text, for text and 64-bit integer columns; missing is NULL. */
export function textSql({ sql, type }: DuckColumn): string {
  return type.typeId === DuckDBTypeId.VARCHAR ? sql : `CAST(${sql} AS VARCHAR)`;
}
