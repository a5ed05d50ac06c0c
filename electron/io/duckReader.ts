import { createBlockReader } from './duckBlocks';
import type { DuckColumn } from './duckColumn';
import { createScanReader } from './duckScans';
import type { DuckSession } from './duckSession';
import type { ColumnReader } from './tableSource';

/** Below this a table is read in blocks of columns, above it column by column. */
const MAX_ROWS_IN_BLOCKS = 50_000;

/** Reads the columns of one table or file in the way that suits its size. */
export function createDuckReader(
  session: DuckSession,
  from: string,
  columns: readonly DuckColumn[],
  nRows: number,
): ColumnReader<DuckColumn> {
  return nRows <= MAX_ROWS_IN_BLOCKS
    ? createBlockReader(session, from, columns, nRows)
    : createScanReader(session, from, nRows);
}
