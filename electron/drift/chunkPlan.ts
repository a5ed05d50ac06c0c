import { DEFAULT_CHUNKS, MAX_CHUNKS, type ChunkChoice } from '../../shared/drift/variability';
import { sortFloat64 } from '../../shared/stats/sortFloat64';
import { firstIndex } from '../../shared/stats/empiricalDistribution';
import type { OpenTable } from '../io/tableReader';

/** Rows without a time belong to no chunk. */
export const NO_CHUNK = 65_535;

/** Which chunk of the reference every row belongs to. */
export interface ChunkPlan {
  readonly nChunks: number;
  readonly rowsPerChunk: number;
  /** The column that put the rows in order; null: the order of the file. */
  readonly timeColumn: string | null;
  /** Shape (rows), 0..nChunks - 1 or {@link NO_CHUNK}. */
  readonly chunkOf: Uint16Array<SharedArrayBuffer>;
}

/**
 * Cuts the rows of a reference into chunks that follow each other, in the order of a date column when there
 * is one, else as they stand in the file.
 *
 * Rows of the same instant follow each other as they stand in the file.
 *
 * @throws AppFailure BAD_DATA when the date column cannot be read as dates
 * Cost: O(rows), and sorting the dates.
 */
export async function planChunks(
  table: Pick<OpenTable, 'nRows' | 'readColumn'>,
  { rowsPerChunk, timeColumn }: ChunkChoice,
): Promise<ChunkPlan> {
  const { nRows } = table;
  const wanted = rowsPerChunk === null ? DEFAULT_CHUNKS : Math.round(nRows / rowsPerChunk);
  const nChunks = Math.min(MAX_CHUNKS, Math.max(1, wanted));
  const facts = { nChunks, rowsPerChunk: nRows / nChunks, timeColumn };
  if (timeColumn === null) return { ...facts, chunkOf: chunksByRow(nRows, nChunks) };
  const times = await table.readColumn(timeColumn, 'datetime');
  if (!('values' in times)) throw new Error(`column ${timeColumn}: not read as dates`);
  return { ...facts, chunkOf: chunksByTime(times.values, nChunks) };
}

function emptyChunks(nRows: number): Uint16Array<SharedArrayBuffer> {
  return new Uint16Array(new SharedArrayBuffer(nRows * Uint16Array.BYTES_PER_ELEMENT));
}

function chunksByRow(nRows: number, nChunks: number): Uint16Array<SharedArrayBuffer> {
  const chunkOf = emptyChunks(nRows);
  for (let row = 0; row < nRows; row++) chunkOf[row] = Math.floor((row * nChunks) / nRows);
  return chunkOf;
}

function chunksByTime(times: Float64Array, nChunks: number): Uint16Array<SharedArrayBuffer> {
  const chunkOf = emptyChunks(times.length);
  const sorted = sortFloat64(times.filter(Number.isFinite));
  const n = sorted.length;
  const starts = Float64Array.from(
    { length: nChunks - 1 },
    (_none, i) => sorted[Math.ceil(((i + 1) * n) / nChunks)] ?? Infinity,
  );
  // Of an instant that a chunk starts in, the rank of the next row that has it.
  const nextRank = new Map(
    [...new Set(starts)].map((start) => [start, firstIndex(sorted, (time) => time >= start)]),
  );
  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (!Number.isFinite(time)) {
      chunkOf[row] = NO_CHUNK;
      continue;
    }
    const chunk = firstIndex(starts, (start) => start > time);
    chunkOf[row] = chunk;
    if (starts[chunk - 1] !== time) continue;
    const rank = nextRank.get(time)!;
    nextRank.set(time, rank + 1);
    chunkOf[row] = Math.floor((rank * nChunks) / n);
  }
  return chunkOf;
}
