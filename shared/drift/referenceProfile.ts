import type { ColumnKind, ColumnRole } from './column';
import type { ReferenceStructure } from './multivariate';
import type { ReferenceVariability } from './variability';

/** Categories kept by name; rarer ones are counted together. */
export const MAX_CATEGORIES = 10_000;

/** How many values of a column could not be used, and why. All are counts of rows. */
export interface ColumnCounts {
  readonly nRows: number;
  readonly nMissing: number;
  readonly nInfinite: number;
}

/** Numeric values (dates: milliseconds since 1970 UTC) as a distribution, never as rows. */
export interface NumericProfile {
  readonly name: string;
  readonly kind: 'numeric' | 'datetime';
  readonly role: ColumnRole;
  readonly counts: ColumnCounts;
  /** Strictly ascending finite values, shape (k). */
  readonly values: Float64Array;
  /** Cumulative counts, shape (k), non-decreasing; the last is the number of usable rows. */
  readonly cumulative: Float64Array;
  /** True when `values` is a quantile grid, so that distances against it are approximate. */
  readonly isGrid: boolean;
  readonly mean: number | null;
  /** Population standard deviation, null when there is no value. */
  readonly sd: number | null;
  /** Null when the reference was not cut into chunks. */
  readonly variability: ReferenceVariability | null;
}

/** Counts per category, most frequent first, ties by code point. */
export interface CategoricalProfile {
  readonly name: string;
  readonly kind: 'categorical' | 'boolean';
  readonly role: ColumnRole;
  readonly counts: ColumnCounts;
  readonly labels: readonly string[];
  readonly labelCounts: Float64Array;
  /** Rows in categories beyond {@link MAX_CATEGORIES}, counted together. */
  readonly nOther: number;
  /** Null when the reference was not cut into chunks. */
  readonly variability: ReferenceVariability | null;
}

export type ColumnProfile = NumericProfile | CategoricalProfile;

/** The frozen baseline of a model version: per column a distribution, never rows. */
export interface ReferenceProfile {
  readonly nRows: number;
  readonly columns: readonly ColumnProfile[];
  /** How the features go together; null when that was not looked at. */
  readonly structure: ReferenceStructure | null;
}

export function isNumericProfile(profile: ColumnProfile): profile is NumericProfile {
  return profile.kind === 'numeric' || profile.kind === 'datetime';
}

/** Kinds whose values are compared on a line; the others are compared category by category. */
export function isNumericKind(kind: ColumnKind): kind is NumericProfile['kind'] {
  return kind === 'numeric' || kind === 'datetime';
}
