import {
  DOMAIN_LIMIT,
  judgeDomain,
  SAMPLE_SEED,
  type DomainDrift,
} from '../../shared/drift/multivariate';
import { domainClassifier } from '../../shared/stats/domainClassifier';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import type { SampledColumn } from './rowSample';

/** Rows a side below which no classifier is fitted. */
const MIN_ROWS = 100;
/** With up to this many numbers, every product of two of them is a column, too. */
const MAX_PRODUCT_COLUMNS = 16;
const MAX_DESIGN_COLUMNS = 400;
/** The most frequent categories get a column each. */
const MAX_CATEGORY_COLUMNS = 15;
/** An outlier must not decide by its square: values are cut at this many standard deviations. */
const CUT = 5;

/** The same column of both sides. */
export interface ColumnPair {
  readonly reference: SampledColumn;
  readonly live: SampledColumn;
}

/**
 * Tells live from reference rows by a cross-validated linear discriminant on numbers, their squares and
 * products, single categories and what is missing.
 *
 * Cost: O(rows x columns^2) over up to 400 columns.
 */
export function classifyDomain(input: { readonly pairs: readonly ColumnPair[] }): DomainDrift {
  const { pairs } = input;
  const [nReference, nLive] = [sizeOf(pairs[0]?.reference), sizeOf(pairs[0]?.live)];
  if (Math.min(nReference, nLive) < MIN_ROWS) {
    return {
      status: 'notAssessed',
      reason: `${nReference} reference and ${nLive} live rows; at least ${MIN_ROWS} a side are needed.`,
    };
  }
  const design = designColumns(pairs).slice(0, MAX_DESIGN_COLUMNS);
  const columns = design.flatMap(standardised);
  if (columns.length === 0) return { status: 'notAssessed', reason: 'No feature varies.' };
  const n = nReference + nLive;
  const d = columns.length;
  const rows = new Float64Array(n * d);
  for (const [i, column] of columns.entries())
    for (let row = 0; row < n; row++) rows[row * d + i] = column[row]!;
  const isLive = Uint8Array.from({ length: n }, (_none, row) => Number(row >= nReference));
  const found = domainClassifier(rows, d, isLive, SAMPLE_SEED);
  const interval = found.status === 'ok' ? (found.logitInterval ?? found.waldInterval) : null;
  if (found.status !== 'ok' || interval === null)
    return { status: 'notAssessed', reason: 'The AUC has no interval.' };
  return {
    status: 'measured',
    auc: found.auc,
    interval: [interval[0], interval[1]],
    limit: DOMAIN_LIMIT,
    nReference,
    nLive,
    nColumns: pairs.length,
    seed: SAMPLE_SEED,
    verdict: judgeDomain(found.auc, [interval[0], interval[1]]),
  };
}

function sizeOf(column: SampledColumn | undefined): number {
  if (column === undefined) return 0;
  return 'numbers' in column ? column.numbers.length : column.codes.length;
}

/** Plain columns first, then squares, then products: the last are the first to be left out. */
function designColumns(pairs: readonly ColumnPair[]): Float64Array[] {
  const numbers = pairs.flatMap((pair) => pairedNumbers(pair));
  const z = numbers.map((column) => standardised(column)[0] ?? new Float64Array(column.length));
  const squares = z.map((column) => column.map((value) => value * value));
  const products =
    z.length > MAX_PRODUCT_COLUMNS
      ? []
      : z.flatMap((a, i) => z.slice(i + 1).map((b) => a.map((value, row) => value * b[row]!)));
  const missing = numbers.map((column) => column.map((value) => Number(Number.isNaN(value))));
  return [...z, ...pairs.flatMap(categoryColumns), ...missing, ...squares, ...products];
}

function pairedNumbers({ reference, live }: ColumnPair): Float64Array[] {
  if (!('numbers' in reference) || !('numbers' in live)) return [];
  const both = new Float64Array(reference.numbers.length + live.numbers.length);
  both.set(reference.numbers);
  both.set(live.numbers, reference.numbers.length);
  return [both.map((value) => (Number.isFinite(value) ? value : NaN))];
}

function categoryColumns({ reference, live }: ColumnPair): Float64Array[] {
  if (!('codes' in reference) || !('codes' in live)) return [];
  const labels = [...textsOf(reference), ...textsOf(live)];
  const counts = new Map<string | null, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
    .slice(0, MAX_CATEGORY_COLUMNS)
    .map(([wanted]) => Float64Array.from(labels, (label) => Number(label === wanted)));
}

function textsOf(column: Extract<SampledColumn, { codes: Int32Array }>): (string | null)[] {
  return Array.from(column.codes, (code) => column.labels[code] ?? null);
}

/** In standard deviations, cut, missing at the mean; nothing when it does not vary. */
function standardised(column: Float64Array): Float64Array[] {
  const known = sampleMoments(column.filter((value) => !Number.isNaN(value)));
  const sd = Math.sqrt(known.variance);
  if (!(sd > 0) || !Number.isFinite(sd)) return [];
  return [
    column.map((value) => {
      if (Number.isNaN(value)) return 0;
      return Math.min(CUT, Math.max(-CUT, (value - known.mean) / sd));
    }),
  ];
}
