import { sampleMoments } from '../stats/sampleMoments';
import { quantileSorted } from '../stats/quantile';
import { sortFloat64 } from '../stats/sortFloat64';
import { SMALLEST_GROUP, type Dependence, type DependenceBin } from './explanation';

const MOST_BINS = 20;

/**
 * How contributions depend on the value of a numeric feature: means in bins of about equally many cases.
 *
 * Bins are right-closed at unique type-7 quantiles; the outer ones are open, so that no extreme value is told.
 * A bin of fewer than ten cases is left out and counted.
 *
 * @param values of the feature, shape (n); NaN is missing, infinities lie in the outer bins
 * @param shap contributions of the same cases, shape (n), finite
 * @returns at most 20 bins, ascending; spread as sample standard deviation in the unit of the contributions
 * Cost: O(n log n).
 */
export function numericDependence(values: Float64Array, shap: Float64Array): Dependence {
  const sorted = sortFloat64(values.filter((value) => !Number.isNaN(value)));
  const edges = innerEdges(sorted);
  const groups = edges.concat(Infinity).map((): number[] => []);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    groups[binOf(edges, value)]!.push(i);
  }
  return keepLarge('numeric', values.length - sorted.length, groups, (rows, bin) => ({
    label: null,
    low: edges[bin - 1] ?? null,
    high: edges[bin] ?? null,
    at: finiteMean(rows.map((row) => values[row]!)),
    ...contributionsOf(rows, shap),
  }));
}

/**
 * How contributions depend on a category: means per category, the most frequent ones first.
 *
 * @param codes positions in `labels`, -1 is missing, shape (n)
 * @param shap contributions of the same cases, shape (n), finite
 * @returns at most 20 categories of ten cases or more; the others are counted
 */
export function categoryDependence(
  codes: Int32Array,
  labels: readonly string[],
  shap: Float64Array,
): Dependence {
  const groups = labels.map((): number[] => []);
  let nMissing = 0;
  for (let i = 0; i < codes.length; i++) {
    const group = groups[codes[i]!];
    if (group === undefined) nMissing += 1;
    else group.push(i);
  }
  const order = labels.map((_label, code) => code);
  order.sort((a, b) => groups[b]!.length - groups[a]!.length || a - b);
  const shown = order.slice(0, MOST_BINS);
  const rest = order.slice(MOST_BINS).flatMap((code) => groups[code]!);
  const kept = keepLarge(
    'categorical',
    nMissing,
    shown.map((code) => groups[code]!),
    (rows, at) => ({
      label: labels[shown[at]!]!,
      low: null,
      high: null,
      at: null,
      ...contributionsOf(rows, shap),
    }),
  );
  return {
    ...kept,
    nSmallGroups: kept.nSmallGroups + Math.max(0, order.length - MOST_BINS),
    nSmallCases: kept.nSmallCases + rest.length,
  };
}

function innerEdges(sorted: Float64Array): number[] {
  if (sorted.length === 0) return [];
  const nBins = Math.min(MOST_BINS, Math.floor(sorted.length / SMALLEST_GROUP));
  const last = sorted.at(-1)!;
  const edges = Array.from({ length: Math.max(0, nBins - 1) }, (_none, i) =>
    quantileSorted(sorted, (i + 1) / nBins)!,
  );
  return [...new Set(edges)].filter((edge) => edge < last && Number.isFinite(edge));
}

/** Position of the first edge that the value does not exceed. */
function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

function keepLarge(
  kind: Dependence['kind'],
  nMissing: number,
  groups: readonly (readonly number[])[],
  toBin: (rows: readonly number[], at: number) => DependenceBin,
): Dependence {
  const filled = groups.filter(({ length }) => length > 0);
  const small = filled.filter(({ length }) => length < SMALLEST_GROUP);
  return {
    kind,
    bins: groups.flatMap((rows, at) => (rows.length < SMALLEST_GROUP ? [] : [toBin(rows, at)])),
    nSmallGroups: small.length,
    nSmallCases: small.reduce((sum, { length }) => sum + length, 0),
    nMissing,
  };
}

function contributionsOf(rows: readonly number[], shap: Float64Array) {
  const { n, mean, variance } = sampleMoments(rows.map((row) => shap[row]!));
  return { n, meanShap: mean, sd: Math.sqrt(variance) };
}

function finiteMean(values: readonly number[]): number | null {
  const finite = values.filter((value) => Number.isFinite(value));
  return finite.length === 0 ? null : sampleMoments(finite).mean;
}
