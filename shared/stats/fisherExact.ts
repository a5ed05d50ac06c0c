/** Rows by arm, columns by outcome. */
export type TwoByTwo = readonly [readonly [number, number], readonly [number, number]];

/** Exact comparison of two shares, for counts too small for a normal approximation. */
export interface FisherExact {
  /** Sum over all tables at most as probable as the observed one. */
  readonly pValue: number;
  /** First cell at most as observed. */
  readonly pLess: number;
  /** First cell at least as observed. */
  readonly pGreater: number;
  /** Of the sample, not the conditional estimate; null when it is not finite. */
  readonly oddsRatio: number | null;
}

/** Tables whose probabilities differ by rounding only count as equally probable. */
const SAME = 1 + 1e-7;

/**
 * Fisher's exact test of a 2 x 2 table.
 *
 * @param table counts, integers >= 0
 * @source Fisher, Statistical Methods (1934), section 21.02; golden values in test/golden (fisher_exact)
 * Cost: O(smallest margin).
 */
export function fisherExact([[a, b], [c, d]]: TwoByTwo): FisherExact {
  const [row, column, n] = [a + b, a + c, a + b + c + d];
  const least = Math.max(0, row + column - n);
  const most = Math.min(row, column);
  const weights = hypergeometricWeights({ row, column, n, least, most });
  const observed = weights[a - least]!;
  let [total, less, greater, unlikely] = [0, 0, 0, 0];
  weights.forEach((weight, i) => {
    total += weight;
    if (i + least <= a) less += weight;
    if (i + least >= a) greater += weight;
    if (weight <= observed * SAME) unlikely += weight;
  });
  const odds = (a * d) / (b * c);
  return {
    pValue: Math.min(1, unlikely / total),
    pLess: Math.min(1, less / total),
    pGreater: Math.min(1, greater / total),
    oddsRatio: Number.isFinite(odds) ? odds : null,
  };
}

interface Margins {
  readonly row: number;
  readonly column: number;
  readonly n: number;
  readonly least: number;
  readonly most: number;
}

/** Relative to the most probable table, by the ratio of neighbours: no factorial, no cancellation. */
function hypergeometricWeights({ row, column, n, least, most }: Margins): Float64Array {
  const weights = new Float64Array(most - least + 1);
  const mode = Math.floor(((row + 1) * (column + 1)) / (n + 2));
  const start = Math.min(most, Math.max(least, mode));
  weights[start - least] = 1;
  const ratio = (k: number) => ((row - k) * (column - k)) / ((k + 1) * (n - row - column + k + 1));
  for (let k = start; k < most; k++) weights[k + 1 - least] = weights[k - least]! * ratio(k);
  for (let k = start; k > least; k--) weights[k - 1 - least] = weights[k - least]! / ratio(k - 1);
  return weights;
}
