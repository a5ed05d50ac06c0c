import type { ChiSquareTest } from './chiSquareTest';
import { chiSquareTest } from './chiSquareTest';
import { hellingerDistance } from './hellinger';
import { jensenShannonDistance } from './jensenShannon';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import { PSI_FLOOR, psi } from './psi';
import { largestShareChange, totalVariation } from './totalVariation';

/** Rows per category. A Map, because labels are data: one may be called `__proto__`. */
export type CategoryCounts = ReadonlyMap<string, number>;

/** How two categorical columns differ. */
export interface CategoricalDrift {
  readonly status: 'ok';
  /** Categories in use on either side: the reference's in its order, then the new ones. */
  readonly categories: readonly string[];
  /** Rows per category, same order. */
  readonly referenceCounts: readonly number[];
  readonly liveCounts: readonly number[];
  readonly nReference: number;
  readonly nLive: number;
  /** Base 2, 0..1. */
  readonly jensenShannonDistance: number;
  /** 0..1. */
  readonly totalVariation: number;
  /** 0..1: the largest change of one category's share. */
  readonly largestShareChange: number;
  /** 0..1. */
  readonly hellinger: number;
  /** Nats, >= 0; 0 when only one category is in use. */
  readonly psi: number;
  /** In the live batch only. */
  readonly newCategories: readonly string[];
  /** In the reference only. */
  readonly vanishedCategories: readonly string[];
  readonly test: ChiSquareTest | NoResult;
}

/**
 * Compares two categorical columns by every measure that a drift report shows.
 *
 * Labels are compared code unit by code unit: nothing is normalised or trimmed. A category with no
 * rows on either side is left out.
 *
 * @param reference rows per category, each >= 0
 * @param live rows per category, each >= 0
 * @returns no result (empty) when either side has no rows
 * @source see each statistic; golden values in test/golden (categorical)
 * Cost: O(categories).
 */
export function categoricalDrift(
  reference: CategoryCounts,
  live: CategoryCounts,
): CategoricalDrift | NoResult {
  const categories = [...new Set([...reference.keys(), ...live.keys()])].filter(
    (label) => rowsIn(reference, label) + rowsIn(live, label) > 0,
  );
  const referenceCounts = categories.map((label) => rowsIn(reference, label));
  const liveCounts = categories.map((label) => rowsIn(live, label));
  const nReference = sum(referenceCounts);
  const nLive = sum(liveCounts);
  if (nReference === 0 || nLive === 0) return noResult('empty');
  return {
    status: 'ok',
    categories,
    referenceCounts,
    liveCounts,
    nReference,
    nLive,
    jensenShannonDistance: jensenShannonDistance(referenceCounts, liveCounts),
    totalVariation: totalVariation(referenceCounts, liveCounts),
    largestShareChange: largestShareChange(referenceCounts, liveCounts),
    hellinger: hellingerDistance(referenceCounts, liveCounts),
    psi: categories.length < 2 ? 0 : psi(referenceCounts, liveCounts, PSI_FLOOR),
    newCategories: categories.filter((label) => rowsIn(reference, label) === 0),
    vanishedCategories: categories.filter((label) => rowsIn(live, label) === 0),
    test: chiSquareTest(referenceCounts, liveCounts),
  };
}

function rowsIn(counts: CategoryCounts, label: string): number {
  return counts.get(label) ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
