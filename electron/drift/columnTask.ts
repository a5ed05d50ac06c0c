import type { ColumnRole } from '../../shared/drift/column';
import {
  isNumericProfile,
  MAX_CATEGORIES,
  type CategoricalProfile,
  type ColumnProfile,
  type NumericProfile,
} from '../../shared/drift/referenceProfile';
import { columnSummary } from '../../shared/stats/columnSummary';
import { distributionMoments } from '../../shared/stats/distributionMoments';
import { fromFinite } from '../../shared/stats/empiricalDistribution';
import { toGrid } from '../../shared/stats/quantileGrid';
import type { ColumnValues } from '../io/columnValues';
import { categoryVariability, numberVariability } from './chunkVariability';
import type { ChunkPlan } from './chunkPlan';
import { compareCategories } from './compareCategories';
import type { ComparedColumn } from './comparedColumn';
import { compareNumbers } from './compareNumbers';

type NumericColumn = Extract<ColumnValues, { readonly values: Float64Array }>;
type CategoricalColumn = Extract<ColumnValues, { readonly codes: Int32Array }>;

function isNumericColumn(column: ColumnValues): column is NumericColumn {
  return 'values' in column;
}

/**
 * Turns one column into its profile: a distribution, never rows. Owns and may reorder the values.
 *
 * @param input.maxDistinct distinct values kept exactly; beyond, a quantile grid
 * @param input.chunks how the rows are cut to measure how much the column differs within itself; null: not
 */
export function profileColumn(input: {
  readonly column: ColumnValues;
  readonly role: ColumnRole;
  readonly maxDistinct: number;
  readonly chunks: ChunkPlan | null;
}): ColumnProfile {
  const { column, role, maxDistinct, chunks } = input;
  if (isNumericColumn(column)) {
    const profile = profileNumbers(column, role, maxDistinct);
    return chunks === null
      ? profile
      : { ...profile, variability: numberVariability(column.values, profile, chunks) };
  }
  const profile = profileCategories(column, role);
  return chunks === null
    ? profile
    : { ...profile, variability: categoryVariability(column, profile, chunks) };
}

/** Compares one live column with its reference profile. Owns and may reorder the live values. */
export function compareColumn(input: {
  readonly reference: ColumnProfile;
  readonly column: ColumnValues;
  readonly alpha: number;
}): ComparedColumn {
  const { reference, column, alpha } = input;
  if (isNumericProfile(reference) && isNumericColumn(column)) {
    // The live side is always exact; only a stored reference can be a grid.
    return compareNumbers(reference, profileNumbers(column, reference.role, Infinity), alpha);
  }
  if (!isNumericProfile(reference) && !isNumericColumn(column)) {
    return compareCategories(reference, profileCategories(column, reference.role), alpha);
  }
  throw new Error(`column ${reference.name}: read as another kind than its reference`);
}

function profileNumbers(
  { name, kind, values }: NumericColumn,
  role: ColumnRole,
  maxDistinct: number,
): NumericProfile {
  const { counts, finite } = columnSummary(values);
  const exact = fromFinite(finite);
  const isGrid = exact.values.length > maxDistinct;
  const kept = isGrid ? toGrid(exact) : exact;
  const moments = distributionMoments(exact);
  return {
    name,
    kind,
    role,
    counts: {
      nRows: counts.n,
      nMissing: counts.nullCount + counts.nanCount,
      nInfinite: counts.infiniteCount,
    },
    values: kept.values,
    cumulative: kept.cumulative,
    isGrid,
    mean: moments?.mean ?? null,
    sd: moments?.standardDeviation ?? null,
    variability: null,
  };
}

function profileCategories(
  { name, kind, codes, labels }: CategoricalColumn,
  role: ColumnRole,
): CategoricalProfile {
  const perCode = new Float64Array(labels.length);
  let nMissing = 0;
  for (const code of codes) {
    if (code < 0) nMissing += 1;
    else perCode[code] = (perCode[code] ?? 0) + 1;
  }
  const used = labels
    .map((label, code) => ({ label, count: perCode[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  const kept = used.slice(0, MAX_CATEGORIES);
  return {
    name,
    kind,
    role,
    counts: { nRows: codes.length, nMissing, nInfinite: 0 },
    labels: kept.map(({ label }) => label),
    labelCounts: Float64Array.from(kept, ({ count }) => count),
    nOther: used.slice(MAX_CATEGORIES).reduce((sum, { count }) => sum + count, 0),
    variability: null,
  };
}
