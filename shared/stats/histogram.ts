import type { EmpiricalDistribution } from './empiricalDistribution';
import { countAtMost } from './empiricalDistribution';
import { quantile } from './quantile';

/**
 * Counts the rows of a distribution between edges.
 *
 * @param edges inner edges, strictly ascending, shape (k), any k >= 0
 * @returns rows per bin, shape (k + 1); bin i is (edges[i-1], edges[i]], the outer bins are open
 * Cost: O(k log distinct).
 */
export function histogram(distribution: EmpiricalDistribution, edges: readonly number[]): number[] {
  const atMost = edges.map((edge) => countAtMost(distribution, edge));
  return [...atMost, distribution.n].map((rows, i) => rows - (i === 0 ? 0 : atMost[i - 1]!));
}

/**
 * Edges for a picture of two distributions: equal widths over the middle 99 % of both together,
 * and an open bin on either side, so that one outlier cannot squeeze everything into one bar.
 *
 * Columns of whole numbers get edges halfway between them, so bars do not alias.
 *
 * @param reference n >= 0
 * @param live n >= 0
 * @param maxBins most bins, open ones included, >= 4
 * @returns inner edges for {@link histogram}, ascending, at most maxBins - 1; empty when there are
 *   no rows
 * Cost: O(distinct) at most, to see whether the values are whole numbers.
 */
export function displayBins(
  reference: EmpiricalDistribution,
  live: EmpiricalDistribution,
  maxBins = 30,
): readonly number[] {
  const sides = [reference, live].filter((side) => side.n > 0);
  if (sides.length === 0) return [];
  const low = pooledQuantile(sides, 0.005);
  const high = pooledQuantile(sides, 0.995);
  const closedBins = maxBins - 2;
  if (sides.every((side) => side.values.every(Number.isInteger)) && high - low < 2 ** 50) {
    return wholeNumberEdges(low, high, closedBins);
  }
  if (low === high) return ascending([low - Math.max(1, Math.abs(low)) / 100, low]);
  const width = high / closedBins - low / closedBins;
  return ascending(Array.from({ length: closedBins + 1 }, (_, i) => low + i * width));
}

/** Each side counts the same, however many rows it has: a small window must not vanish. */
function pooledQuantile(sides: readonly EmpiricalDistribution[], q: number): number {
  const values = sides.map((side) => quantile(side, q)!);
  return q < 0.5 ? Math.min(...values) : Math.max(...values);
}

function wholeNumberEdges(low: number, high: number, closedBins: number): readonly number[] {
  const first = Math.floor(low);
  const last = Math.ceil(high);
  const width = Math.ceil((last - first + 1) / closedBins);
  const bins = Math.ceil((last - first + 1) / width);
  return ascending(Array.from({ length: bins + 1 }, (_, i) => first - 0.5 + i * width));
}

/** Drops edges that rounding made equal to their neighbour. */
function ascending(edges: readonly number[]): readonly number[] {
  return edges.filter((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!));
}
