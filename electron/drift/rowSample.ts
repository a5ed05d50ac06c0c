import type { CategoricalProfile } from '../../shared/drift/referenceProfile';
import { SAMPLE_SEED } from '../../shared/drift/multivariate';
import { seededSample } from '../../shared/stats/seededSample';
import type { ColumnValues } from '../io/columnValues';

/** Some rows of a column, in the order of the file. Lives in the job process only. */
export type SampledColumn =
  | { readonly name: string; readonly numbers: Float64Array }
  | { readonly name: string; readonly codes: Int32Array; readonly labels: readonly string[] };

/** The same rows of every column that passes by. */
export class RowSampler {
  readonly rows: Uint32Array;
  readonly #taken = new Map<string, SampledColumn>();

  constructor(nRows: number, size: number) {
    this.rows = seededSample(nRows, size, SAMPLE_SEED);
  }

  /** To be called before a task that may reorder the values. */
  take(column: ColumnValues): void {
    const { name } = column;
    const { rows } = this;
    if ('values' in column) {
      const numbers = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) numbers[i] = column.values[rows[i]!]!;
      this.#taken.set(name, { name, numbers });
      return;
    }
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
    this.#taken.set(name, { name, codes, labels: column.labels });
  }

  find(name: string): SampledColumn | undefined {
    return this.#taken.get(name);
  }
}

/**
 * A sampled column as numbers: a category as its place among those of the reference (1 when new), so that two
 * of them are never the same; missing and infinite values as NaN.
 */
export function encodeColumn(
  column: SampledColumn,
  profile: CategoricalProfile | null,
): Float64Array {
  if ('numbers' in column) {
    return column.numbers.map((value) => (Number.isFinite(value) ? value : NaN));
  }
  const places = profile === null ? new Map<string, number>() : placesOf(profile);
  const placeOf = column.labels.map((label) => places.get(label) ?? 1);
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : placeOf[code]!));
}

/** A category's place: the share of rows in more frequent categories plus half its own (a ridit). */
function placesOf({ labels, labelCounts, nOther }: CategoricalProfile): Map<string, number> {
  const total = labelCounts.reduce((sum, count) => sum + count, nOther);
  let before = 0;
  return new Map(
    labels.map((label, i) => {
      const count = labelCounts[i]!;
      const place = (before + count / 2) / total;
      before += count;
      return [label, place];
    }),
  );
}
