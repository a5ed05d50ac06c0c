import type { EmpiricalDistribution } from './empiricalDistribution';
import { countBelow } from './empiricalDistribution';
import { histogram } from './histogram';
import { jensenShannonDistance } from './jensenShannon';
import type { NoResult } from './noResult';
import { noResult } from './noResult';
import { quantile } from './quantile';
import { shares } from './shares';
import { totalVariation } from './totalVariation';

/** Shares below this are raised to it, so that an empty bin does not make PSI infinite. */
export const PSI_FLOOR = 1e-4;

/** How two numeric columns differ over bins drawn on the reference. */
export interface BinnedDrift {
  readonly status: 'ok';
  /** quantile: right-closed bins between edges; constant: below, equal to, above the one value. */
  readonly binning: 'quantile' | 'constant';
  /** Inner edges, ascending, in the unit of the column; the outer bins are open. */
  readonly edges: readonly number[];
  readonly referenceCounts: readonly number[];
  readonly liveCounts: readonly number[];
  readonly referenceShares: readonly number[];
  readonly liveShares: readonly number[];
  /** Nats, >= 0. */
  readonly psi: number;
  /** Base 2, 0..1, on the same bins, without a floor. */
  readonly jensenShannonDistance: number;
  /** 0..1, on the same bins, without a floor. */
  readonly totalVariation: number;
}

/**
 * Population stability index: how far a live distribution moved from its reference.
 *
 * PSI = sum over bins of (q - p) * ln(q / p), where p and q are the bin shares.
 *
 * @param reference bin counts in rows, shape (k), k >= 2, total > 0
 * @param live bin counts in rows on the same bin edges, shape (k), total > 0
 * @param floor shares below this are raised to it, without renormalising
 * @returns PSI in nats, >= 0; exactly 0 when the shares are equal
 * @throws AppFailure INSUFFICIENT_DATA when either side has no rows
 * @throws RangeError when the shapes differ or there are fewer than two bins
 * @source Siddiqi, Credit Risk Scorecards (2006); golden values in test/golden (psi)
 * Cost: O(k).
 */
export function psi(
  reference: readonly number[],
  live: readonly number[],
  floor = PSI_FLOOR,
): number {
  if (reference.length !== live.length || reference.length < 2) {
    throw new RangeError('psi: bin counts differ');
  }
  const p = shares(reference, floor);
  const q = shares(live, floor);
  return p.reduce((sum, share, i) => sum + (q[i]! - share) * Math.log(q[i]! / share), 0);
}

/**
 * PSI of a numeric column, with Jensen-Shannon distance and total variation on the same bins.
 *
 * Bins are cut at the reference's quantiles, so an outlier or a heavy tail cannot empty them; a
 * constant reference is compared as below, equal, above.
 *
 * @param bins wanted number of bins, >= 2; equal quantiles are merged, so there may be fewer
 * @param floor see {@link psi}
 * @returns no result (empty) when either side has no rows
 * @source as psi; type-7 quantiles, right-closed bins, edges at or above the maximum dropped
 * Cost: O(bins log k).
 */
export function psiFromDistributions(
  reference: EmpiricalDistribution,
  live: EmpiricalDistribution,
  bins = 10,
  floor = PSI_FLOOR,
): BinnedDrift | NoResult {
  if (reference.n === 0 || live.n === 0) return noResult('empty');
  const isConstant = reference.values.length === 1;
  const edges = isConstant ? [reference.values[0]!] : quantileEdges(reference, bins);
  const count = isConstant ? belowEqualAbove : histogram;
  const referenceCounts = count(reference, edges);
  const liveCounts = count(live, edges);
  return {
    status: 'ok',
    binning: isConstant ? 'constant' : 'quantile',
    edges,
    referenceCounts,
    liveCounts,
    referenceShares: shares(referenceCounts),
    liveShares: shares(liveCounts),
    psi: psi(referenceCounts, liveCounts, floor),
    jensenShannonDistance: jensenShannonDistance(referenceCounts, liveCounts),
    totalVariation: totalVariation(referenceCounts, liveCounts),
  };
}

/** Never empty: a reference that is not constant has a quantile below its maximum or gets its minimum. */
function quantileEdges(reference: EmpiricalDistribution, bins: number): number[] {
  const max = reference.values[reference.values.length - 1]!;
  const edges: number[] = [];
  for (let i = 1; i < bins; i++) {
    const edge = quantile(reference, i / bins)!;
    if (edge < max && edge !== edges.at(-1)) edges.push(edge);
  }
  // One value holds more than 9 of 10 rows at the top: the rare rows below it are the other bin.
  return edges.length > 0 ? edges : [reference.values[reference.values.length - 2]!];
}

function belowEqualAbove(distribution: EmpiricalDistribution, edges: readonly number[]): number[] {
  const below = countBelow(distribution, edges[0]!);
  const [atMost, above] = histogram(distribution, edges);
  return [below, atMost! - below, above!];
}
