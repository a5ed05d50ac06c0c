import type { FileFingerprint } from '../../shared/base/files';
import type { TableFormat } from './tableFormat';

/**
 * What a column holds in the file, whatever its exact type is called there.
 *
 * `integer64` is apart from `number` because a double cannot tell all of its values from each other;
 * `none` is a column without any value; `unreadable` has a type that Assay does not compare.
 */
export type ColumnHolds =
  'number' | 'integer64' | 'boolean' | 'datetime' | 'text' | 'none' | 'unreadable';

export interface SourceColumn {
  readonly name: string;
  /** Position in the file, from 0. */
  readonly index: number;
  /** The type as the file calls it. */
  readonly fileType: string;
  readonly holds: ColumnHolds;
}

/** One value per row: numbers; 0 and 1 for booleans; milliseconds since 1970 UTC. Missing is NaN. */
export type RowNumbers = Float64Array<SharedArrayBuffer>;

/** One code per row into distinct labels; -1 is missing. Missing tokens are labels still. */
export interface RowTexts {
  readonly codes: Int32Array<SharedArrayBuffer>;
  readonly labels: readonly string[];
}

/** What is known of a text column without handing out its rows. */
export interface TextCounts {
  readonly nMissing: number;
  readonly nDistinct: number;
  readonly isDistinctCapped: boolean;
  /** Rows with a value among which the distinct ones were counted. */
  readonly nExamined: number;
  /** Up to {@link MAX_SAMPLE_LABELS} distinct values, in no particular order. */
  readonly sample: readonly string[];
}

/** Distinct texts looked at one by one to find out what a column means. */
export const MAX_SAMPLE_LABELS = 2_000;
/** Counting distinct values stops here. */
export const MAX_DISTINCT_COUNTED = 100_000;

/** Reads single columns; what it hands out belongs to the caller. */
export interface ColumnReader<Column> {
  /** For number, integer64, boolean and datetime columns. */
  readNumbers(column: Column): Promise<RowNumbers>;
  /** For text and integer64 columns. */
  readTexts(column: Column): Promise<RowTexts>;
  /** For text columns. */
  countTexts(column: Column): Promise<TextCounts>;
}

/** An open file of any format, column by column. */
export interface TableSource extends ColumnReader<SourceColumn> {
  readonly format: TableFormat;
  readonly file: FileFingerprint;
  readonly nRows: number;
  readonly columns: readonly SourceColumn[];
  readonly warnings: readonly string[];
  close(): void;
}
