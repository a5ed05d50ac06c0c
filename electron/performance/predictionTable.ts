/** A column by which predictions are told apart; codes into labels, 255 where it is missing. */
export interface SegmentColumn {
  readonly name: string;
  readonly labels: readonly string[];
  readonly codes: Uint8Array;
}

export const NO_SEGMENT = 255;
/** What a row without a day carries. */
export const NO_DAY = -2_147_483_648;

/** Predictions, one per identifier. In a job process, or sealed in the database; nowhere else. */
export interface PredictionTable {
  readonly n: number;
  /** Keyed hashes of the identifiers, ascending and distinct, so that the file's order is gone. */
  readonly keys: Float64Array;
  /** Probability of the positive class, or the predicted number; null when only classes are known. */
  readonly scores: Float64Array | null;
  /** Predicted classes as codes into `labels`; null when there are only scores. */
  readonly classes: Int32Array | null;
  readonly labels: readonly string[];
  /** Days since 1970 UTC, NO_DAY where unknown; null without a time column. */
  readonly days: Int32Array | null;
  readonly segments: readonly SegmentColumn[];
}

/** Outcomes as they came, one entry per row with an identifier and an outcome. */
export interface OutcomeTable {
  readonly n: number;
  readonly keys: Float64Array;
  /** Codes into `labels`, or the true number. */
  readonly values: Float64Array;
  /** Null: the values are numbers. */
  readonly labels: readonly string[] | null;
  readonly days: Int32Array | null;
}
