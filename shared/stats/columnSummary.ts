/** How many rows of a column hold what; `n` is the sum of the other four. */
export interface ColumnCounts {
  /** Rows. */
  readonly n: number;
  /** Rows without a value (null). */
  readonly nullCount: number;
  /** Rows with NaN; null and NaN both count as missing. */
  readonly nanCount: number;
  /** Rows with plus or minus infinity: not missing, but left out of every statistic. */
  readonly infiniteCount: number;
  /** Rows with a finite value. */
  readonly finiteCount: number;
}

/** A column split into counts and the values that statistics may use. */
export interface ColumnSummary {
  readonly counts: ColumnCounts;
  /** Finite values in row order, +0 for -0; an own array, shape (finiteCount). */
  readonly finite: Float64Array;
}

/**
 * Counts the null, NaN and infinite rows of a column and copies out its finite values.
 *
 * @param values shape (n); what stands at a null row is ignored
 * @param validity bitmap as in Arrow: bit i (least significant first) is 1 when row i has a value;
 *   null when every row has one
 * @param bitOffset position of row 0 in the bitmap, in bits
 */
export function columnSummary(
  values: Float64Array,
  validity: Uint8Array | null = null,
  bitOffset = 0,
): ColumnSummary {
  const kept = new Float64Array(values.length);
  let finiteCount = 0;
  let nullCount = 0;
  let nanCount = 0;
  for (let i = 0; i < values.length; i++) {
    const bit = i + bitOffset;
    if (validity !== null && ((validity[bit >>> 3]! >>> (bit & 7)) & 1) === 0) {
      nullCount++;
      continue;
    }
    const value = values[i]!;
    // The difference is 0 only for finite values: NaN and both infinities give NaN.
    if (value - value === 0) kept[finiteCount++] = value + 0;
    else if (value !== value) nanCount++;
  }
  const infiniteCount = values.length - nullCount - nanCount - finiteCount;
  const counts = { n: values.length, nullCount, nanCount, infiniteCount, finiteCount };
  // A view on a mostly empty array would hold the memory of the whole column.
  const isRoomy = finiteCount < values.length / 2;
  return { counts, finite: isRoomy ? kept.slice(0, finiteCount) : kept.subarray(0, finiteCount) };
}

/**
 * The same for values that carry their nulls themselves, as text readers give them.
 *
 * @param values shape (n); null and undefined are null rows
 */
export function columnSummaryOf(values: readonly (number | null | undefined)[]): ColumnSummary {
  const validity = new Uint8Array(Math.ceil(values.length / 8));
  const numbers = Float64Array.from(values, (value, i) => {
    if (value === null || value === undefined) return 0;
    validity[i >>> 3]! |= 1 << (i & 7);
    return value;
  });
  return columnSummary(numbers, validity);
}

/** Counts of two parts of one column together, for columns that arrive in batches. */
export function mergeColumnCounts(a: ColumnCounts, b: ColumnCounts): ColumnCounts {
  return {
    n: a.n + b.n,
    nullCount: a.nullCount + b.nullCount,
    nanCount: a.nanCount + b.nanCount,
    infiniteCount: a.infiniteCount + b.infiniteCount,
    finiteCount: a.finiteCount + b.finiteCount,
  };
}
