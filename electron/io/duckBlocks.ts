import { DuckDBDoubleVector, DuckDBVarCharVector, type DuckDBVector } from '@duckdb/node-api';
import { badData } from './badData';
import { doubleSql, textSql, type DuckColumn } from './duckColumn';
import { createScanReader } from './duckScans';
import type { DuckSession } from './duckSession';
import { MAX_CELL_BYTES } from './readLimits';
import { countCodes } from './textCounts';
import { createTextCoder, type TextCoder } from './textCoder';
import type { ColumnReader, RowNumbers, RowTexts } from './tableSource';

const COLUMNS_PER_BLOCK = 100;

/** What a block keeps of each of its columns, by the column's position. */
interface Block {
  readonly numbers: ReadonlyMap<number, RowNumbers>;
  readonly texts: ReadonlyMap<number, RowTexts>;
}

/**
 * Reads a short table in blocks of many columns.
 *
 * To plan one query takes longer the more columns the table has; with thousands of columns of a few
 * rows each, planning one query per column would be nearly all of the time.
 *
 * @param columns all columns of the table
 */
export function createBlockReader(
  session: DuckSession,
  from: string,
  columns: readonly DuckColumn[],
  nRows: number,
): ColumnReader<DuckColumn> {
  let block: Block = { numbers: new Map(), texts: new Map() };
  const blockWith = async (column: DuckColumn): Promise<Block> => {
    if (block.numbers.has(column.index) || block.texts.has(column.index)) return block;
    const start = column.index - (column.index % COLUMNS_PER_BLOCK);
    const members = columns
      .slice(start, start + COLUMNS_PER_BLOCK)
      .filter(({ holds }) => holds !== 'none' && holds !== 'unreadable');
    block = await readBlock(session, from, members, nRows);
    return block;
  };
  const scan = createScanReader(session, from, nRows);
  const textsOf = async (column: DuckColumn): Promise<RowTexts | undefined> =>
    (await blockWith(column)).texts.get(column.index);
  return {
    async readNumbers(column) {
      const found = (await blockWith(column)).numbers.get(column.index);
      return found === undefined ? scan.readNumbers(column) : copyNumbers(found);
    },
    async readTexts(column) {
      // Integers asked for as categories are in the block as numbers only.
      const found = await textsOf(column);
      return found === undefined
        ? scan.readTexts(column)
        : { codes: copyCodes(found.codes), labels: found.labels };
    },
    async countTexts(column) {
      const found = await textsOf(column);
      return found === undefined ? scan.countTexts(column) : countCodes(found.codes, found.labels);
    },
  };
}

async function readBlock(
  session: DuckSession,
  from: string,
  members: readonly DuckColumn[],
  nRows: number,
): Promise<Block> {
  const numbers = new Map<number, RowNumbers>();
  const coders = new Map<number, TextCoder>();
  const takers = members.map((column) => {
    if (column.holds === 'text') {
      const coder = createTextCoder(nRows);
      coders.set(column.index, coder);
      return takeTexts(coder, session.file, column.name);
    }
    const values = new Float64Array(new SharedArrayBuffer(nRows * 8));
    numbers.set(column.index, values);
    return takeNumbers(values);
  });
  const expressions = members.map((column) =>
    column.holds === 'text' ? textSql(column) : doubleSql(column),
  );
  let row = 0;
  await session.eachChunk(`SELECT ${expressions.join(', ')} FROM ${from}`, (chunk) => {
    takers.forEach((take, position) => take(chunk.getColumnVector(position), row));
    row += chunk.rowCount;
  });
  const texts = new Map([...coders].map(([index, coder]) => [index, coder.finish()]));
  return { numbers, texts };
}

type TakeVector = (vector: DuckDBVector, firstRow: number) => void;

function takeNumbers(values: RowNumbers): TakeVector {
  return (vector, firstRow) => {
    if (!(vector instanceof DuckDBDoubleVector)) throw new TypeError('expected DOUBLE');
    for (let i = 0; i < vector.itemCount; i++) values[firstRow + i] = vector.getItem(i)!; // no NULL left
  };
}

function takeTexts(coder: TextCoder, file: string, column: string): TakeVector {
  return (vector, firstRow) => {
    if (!(vector instanceof DuckDBVarCharVector)) throw new TypeError('expected VARCHAR');
    for (let i = 0; i < vector.itemCount; i++) {
      const text = vector.getItem(i);
      if (text !== null && text.length > MAX_CELL_BYTES) {
        throw badData(file, 'the value is longer than 1 MiB.', { row: firstRow + i + 1, column });
      }
      coder.add(text);
    }
  };
}

function copyNumbers(values: RowNumbers): RowNumbers {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

function copyCodes(codes: RowTexts['codes']): RowTexts['codes'] {
  const copy = new Int32Array(new SharedArrayBuffer(codes.byteLength));
  copy.set(codes);
  return copy;
}
