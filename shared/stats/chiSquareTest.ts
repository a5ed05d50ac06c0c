import { deviance } from './deviance';
import { chiSquareSf, log10ChiSquareSf } from './distributions';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import { assertAligned } from './shares';

/** Contingency test of two columns of counts, with its effect size and its warnings. */
export interface ChiSquareTest {
  readonly status: 'ok';
  /** Pearson's statistic without continuity correction, >= 0. */
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Finite where pValue underflows to 0. */
  readonly log10PValue: number;
  /** Smallest expected count, in rows: below 5 the p-value is rough. */
  readonly minExpected: number;
  readonly cellsExpectedBelow5: number;
  /** 0..1; does not grow with n. */
  readonly cramersV: number;
  /** 0..1; corrected for the V that chance alone produces. */
  readonly cramersVBiasCorrected: number;
  /** Likelihood-ratio statistic, >= 0. */
  readonly gStatistic: number;
  readonly gPValue: number;
  /** With Yates' continuity correction; only for two categories. */
  readonly yates: { readonly chiSquare: number; readonly pValue: number } | null;
}

/**
 * Chi-square test of independence on a 2 x k table: reference counts against live counts.
 *
 * A contingency test, because the reference is a sample too; a goodness-of-fit test that takes it
 * for the truth gives four times too many alarms.
 *
 * @param reference rows per category, shape (k)
 * @param live rows per category in the same order, shape (k)
 * @returns no result: empty when a side has no rows, one category when only one is in use
 * @throws RangeError when the shapes differ
 * @source Agresti, Categorical Data Analysis (2013), 3.2; Bergsma, J. Korean Stat. Soc. 42 (2013)
 *   323 (bias correction); golden values in test/golden (categorical)
 * Cost: O(k).
 */
export function chiSquareTest(
  reference: readonly number[],
  live: readonly number[],
): ChiSquareTest | NoResult {
  assertAligned(reference, live);
  const rows = [sum(reference), sum(live)] as const;
  if (rows[0] === 0 || rows[1] === 0) return noResult('empty');
  const cells = usedCells(reference, live, rows);
  const categories = cells.length / 2;
  if (categories < 2) return noResult('one category');
  const n = rows[0] + rows[1];
  const degreesOfFreedom = categories - 1;
  const chiSquare = pearson(cells, 0);
  const gStatistic = 2 * sum(cells.map((cell) => deviance(cell.observed, cell.expected)));
  return {
    status: 'ok',
    chiSquare,
    degreesOfFreedom,
    pValue: chiSquareSf(chiSquare, degreesOfFreedom),
    log10PValue: log10ChiSquareSf(chiSquare, degreesOfFreedom),
    minExpected: cells.reduce((least, cell) => Math.min(least, cell.expected), Infinity),
    cellsExpectedBelow5: cells.filter((cell) => cell.expected < 5).length,
    cramersV: Math.min(1, Math.sqrt(chiSquare / n)),
    cramersVBiasCorrected: biasCorrectedV(chiSquare, n, categories),
    gStatistic,
    gPValue: chiSquareSf(gStatistic, degreesOfFreedom),
    yates: categories === 2 ? yates(cells) : null,
  };
}

interface Cell {
  readonly observed: number;
  readonly expected: number;
}

function usedCells(
  reference: readonly number[],
  live: readonly number[],
  rows: readonly [number, number],
): readonly Cell[] {
  const n = rows[0] + rows[1];
  return reference.flatMap((count, i) => {
    const total = count + live[i]!;
    if (total === 0) return [];
    return [
      { observed: count, expected: (total * rows[0]) / n },
      { observed: live[i]!, expected: (total * rows[1]) / n },
    ];
  });
}

function pearson(cells: readonly Cell[], correction: number): number {
  return sum(
    cells.map(({ observed, expected }) => {
      const gap = Math.abs(observed - expected);
      return (gap - Math.min(correction, gap)) ** 2 / expected;
    }),
  );
}

function yates(cells: readonly Cell[]): { chiSquare: number; pValue: number } {
  const chiSquare = pearson(cells, 0.5);
  return { chiSquare, pValue: chiSquareSf(chiSquare, 1) };
}

function biasCorrectedV(chiSquare: number, n: number, categories: number): number {
  const excess = Math.max(0, chiSquare / n - (categories - 1) / (n - 1));
  const sides = 2 - 1 / (n - 1);
  const columns = categories - (categories - 1) ** 2 / (n - 1);
  const limit = Math.min(sides - 1, columns - 1);
  return limit > 0 ? Math.min(1, Math.sqrt(excess / limit)) : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
