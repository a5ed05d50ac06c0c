import { RecordBatchReader, type Field, type RecordBatch, type Schema } from 'apache-arrow';
import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import { registerArrowCodecs } from './arrowCodecs';
import { countArrowTexts, readArrowTexts } from './arrowCodes';
import { holdsOf, readArrowNumbers } from './arrowColumn';
import { BadRow, type Chunk } from './arrowValidity';
import { badData, stopIfCancelled } from './badData';
import { distinctColumnNames } from './columnNames';
import { readAndHash, type ReadScope } from './fileHash';
import { MAX_COLUMNS, MAX_ROWS } from './readLimits';
import type { SourceColumn, TableSource } from './tableSource';

/**
 * Opens an Arrow IPC file or stream on shared memory: uncompressed columns are views on the file.
 *
 * @throws AppFailure BAD_DATA when it is damaged, cut short or too large, CANCELLED
 */
export async function openArrow(path: string, scope: ReadScope): Promise<TableSource> {
  const file = basename(path);
  registerArrowCodecs();
  const { hashed, bytes } = await readAndHash(path, scope);
  stopIfCancelled(scope.signal);
  const { schema, batches } = explained(file, () => parse(bytes));
  if (schema.fields.length > MAX_COLUMNS)
    throw badData(file, `it has more than ${MAX_COLUMNS} columns.`);
  const nRows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  if (nRows > MAX_ROWS) throw badData(file, 'the table has more than 20,000,000 rows.');
  const { names, warnings } = distinctColumnNames(schema.fields.map(nameOf));
  const columns = schema.fields.map(({ type }, index): SourceColumn => ({
    name: names[index]!,
    index,
    fileType: String(type),
    holds: holdsOf(type),
  }));
  let chunksOf = columns.map(({ index }) => explained(file, () => chunksOfColumn(batches, index)));
  const read = async <T>(
    column: SourceColumn,
    decode: (chunks: readonly Chunk[]) => T,
  ): Promise<T> => {
    stopIfCancelled(scope.signal);
    return explained(file, () => decode(chunksOf[column.index] ?? []), column.name);
  };
  return {
    format: 'arrow',
    file: hashed.fingerprint,
    nRows,
    columns,
    warnings: [...warnings, ...warnAboutEnd(bytes)],
    readNumbers: (column) => read(column, (chunks) => readArrowNumbers(chunks, nRows)),
    readTexts: (column) => read(column, (chunks) => readArrowTexts(chunks, nRows)),
    countTexts: (column) => read(column, (chunks) => countArrowTexts(chunks, nRows)),
    close: () => {
      chunksOf = [];
    },
  };
}

function parse(bytes: Uint8Array): {
  readonly schema: Schema;
  readonly batches: readonly RecordBatch[];
} {
  const reader = RecordBatchReader.from(bytes);
  // Kept here because the reader forgets its schema at the end of the file.
  const { schema } = reader.open();
  const batches = [...reader];
  return { schema, batches };
}

function chunksOfColumn(batches: readonly RecordBatch[], index: number): readonly Chunk[] {
  return batches.map((batch) => {
    const data = batch.data.children[index];
    if (data === undefined || data.length !== batch.numRows) throw new RangeError('column length');
    return data;
  });
}

/** The decoder's types promise a name, but an empty one comes as null. */
function nameOf(field: Field): string {
  const name: string | null = field.name;
  return name ?? '';
}

/** Whatever the decoder stumbles over in a damaged file is said in the same words. */
function explained<T>(file: string, work: () => T, column?: string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppFailure) throw error;
    const row = error instanceof BadRow ? error.row : undefined;
    const problem =
      error instanceof BadRow
        ? error.message
        : 'the Arrow data is damaged, cut short, or of a kind that Assay cannot read.';
    throw badData(file, problem, { row, column });
  }
}

/** A stream may end anywhere between two batches, so only its end mark tells that it is whole. */
function warnAboutEnd(bytes: Uint8Array): readonly string[] {
  const isFile = bytes[0] === 0x41;
  const tail = bytes.subarray(bytes.length - 8);
  const hasEndMark =
    tail.every((byte, i) => byte === (i < 4 ? 0xff : 0)) ||
    tail.subarray(4).every((byte) => byte === 0);
  return isFile || hasEndMark ? [] : ['The Arrow stream has no end mark: rows may be missing.'];
}
