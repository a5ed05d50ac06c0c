import { z } from 'zod';
import { formatCount, formatStatistic } from '../base/formatNumber';
import type { ColumnSpec } from './column';
import { DriftMethod } from './driftPolicy';

/** Chunks that a reference is cut into when nobody says how many rows a batch has. */
export const DEFAULT_CHUNKS = 10;
/** With fewer, their standard deviation says little: at 6 it is off by a third as a rule. */
export const MIN_CHUNKS = 6;
export const MAX_CHUNKS = 200;
/** Usable values that each chunk must have. */
export const MIN_CHUNK_VALUES = 30;
/** How many standard deviations above the mean of the chunks the threshold lies. */
export const CHUNK_DEVIATIONS = 3;

/** One statistic over the chunks of a reference, each against the rest of it. */
export const ChunkSpread = z.strictObject({
  mean: z.number(),
  /** Sample standard deviation (n - 1). */
  sd: z.number().nonnegative(),
  largest: z.number(),
});
export type ChunkSpread = z.infer<typeof ChunkSpread>;

/** How much a column differs within its own reference. */
export const ReferenceVariability = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    /** Chunks with enough usable values. */
    nChunks: z.number().int().positive(),
    /** Rows of a chunk, on average. */
    rowsPerChunk: z.number().positive(),
    /** The column that put the rows in order; null: the order of the file. */
    timeColumn: z.string().nullable(),
    /** Only statistics that every chunk could carry. */
    spread: z.partialRecord(DriftMethod, ChunkSpread),
  }),
  z.strictObject({ status: z.literal('notAssessed'), reason: z.string() }),
]);
export type ReferenceVariability = z.infer<typeof ReferenceVariability>;

/** How a reference was cut, as the person asked for it. */
export const ChunkChoice = z.strictObject({
  /** Rows that a live batch usually has; null: a tenth of the reference. */
  rowsPerChunk: z.number().int().min(MIN_CHUNK_VALUES).max(20_000_000).nullable(),
  /** A date column to order the rows by; null: as they stand in the file. */
  timeColumn: z.string().min(1).max(1024).nullable(),
});
export type ChunkChoice = z.infer<typeof ChunkChoice>;

/** Ten chunks in the order of the first date column there is. */
export function defaultChunkChoice(columns: readonly ColumnSpec[]): ChunkChoice {
  const dated = columns.find(({ kind }) => kind === 'datetime');
  return { rowsPerChunk: null, timeColumn: dated?.name ?? null };
}

/** Mean of the chunks plus three standard deviations: what the reference itself hardly exceeds. */
export function upperThreshold({ mean, sd }: ChunkSpread): number {
  return mean + CHUNK_DEVIATIONS * sd;
}

/** Mean minus three standard deviations; null where a distance cannot be that small. */
export function lowerThreshold({ mean, sd }: ChunkSpread): number | null {
  const lower = mean - CHUNK_DEVIATIONS * sd;
  return lower > 0 ? lower : null;
}

/** `mean 0.021 and sd 0.004 over 10 chunks of about 1,500 rows, in the order of \`date\`` */
export function variabilityWords(
  variability: Extract<ReferenceVariability, { status: 'measured' }>,
  spread: ChunkSpread,
): string {
  const { nChunks, rowsPerChunk, timeColumn } = variability;
  const order = timeColumn === null ? 'as they stand in the file' : `in the order of ${timeColumn}`;
  return (
    `mean ${formatStatistic(spread.mean)} and standard deviation ${formatStatistic(spread.sd)} over ` +
    `${formatCount(nChunks)} chunks of about ${formatCount(Math.round(rowsPerChunk))} rows, ${order}`
  );
}
