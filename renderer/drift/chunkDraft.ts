import type { ColumnSpec } from '../../shared/drift/column';
import {
  DEFAULT_CHUNKS,
  defaultChunkChoice,
  MAX_CHUNKS,
  MIN_CHUNKS,
  MIN_CHUNK_VALUES,
  type ChunkChoice,
} from '../../shared/drift/variability';
import { formatCount } from '../ui/formatNumber';

/** How the reference is to be cut, as it is being typed. */
export interface ChunkDraft {
  /** Empty: a tenth of the rows. */
  readonly rowsPerChunk: number | string;
  /** A date column, or `file`; null: not chosen yet, so the first date column. */
  readonly order: string | null;
}

/** Stands for the order of the file; no column can be called so in the list, its value is `column:name`. */
export const FILE_ORDER = 'file';

/** The order that holds now: `file` or `column:` and the name. */
export function orderOf({ order }: ChunkDraft, columns: readonly ColumnSpec[]): string {
  if (order !== null) return order;
  const { timeColumn } = defaultChunkChoice(columns);
  return timeColumn === null ? FILE_ORDER : `column:${timeColumn}`;
}

/** What keeps the draft from being used; null when nothing does. */
export function problemWithChunks({ rowsPerChunk }: ChunkDraft, nRows: number): string | null {
  if (rowsPerChunk === '') return null;
  if (typeof rowsPerChunk !== 'number' || !Number.isInteger(rowsPerChunk))
    return 'Rows per chunk: a whole number, or nothing.';
  if (rowsPerChunk < MIN_CHUNK_VALUES || rowsPerChunk > Math.max(nRows, MIN_CHUNK_VALUES))
    return `Rows per chunk: from ${MIN_CHUNK_VALUES} to ${formatCount(nRows)}.`;
  return null;
}

export function chunkChoiceOf(
  draft: ChunkDraft,
  columns: readonly ColumnSpec[],
  nRows: number,
): ChunkChoice {
  const order = orderOf(draft, columns);
  const isUsable = problemWithChunks(draft, nRows) === null && draft.rowsPerChunk !== '';
  return {
    rowsPerChunk: isUsable ? Number(draft.rowsPerChunk) : null,
    timeColumn: order === FILE_ORDER ? null : order.slice('column:'.length),
  };
}

/** What the choice comes to, in a sentence. */
export function chunkSentence({ rowsPerChunk }: ChunkChoice, nRows: number): string {
  const wanted = rowsPerChunk === null ? DEFAULT_CHUNKS : Math.round(nRows / rowsPerChunk);
  const nChunks = Math.min(MAX_CHUNKS, Math.max(1, wanted));
  const size = Math.round(nRows / nChunks);
  const base = `${formatCount(nChunks)} chunks of about ${formatCount(size)} rows`;
  return nChunks < MIN_CHUNKS || size < MIN_CHUNK_VALUES
    ? `${base}: too few to measure the reference's own variability (at least ${MIN_CHUNKS} chunks of ${MIN_CHUNK_VALUES} usable values). Thresholds stay fixed.`
    : `${base}. Chance moves small chunks more than large ones, so let them be as large as a live batch.`;
}
