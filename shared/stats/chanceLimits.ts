import { absoluteGaussianSum, gammaUpperQuantile } from './absoluteGaussians';
import { chiSquareUpperQuantile } from './distributions';
import type { EmpiricalDistribution } from './empiricalDistribution';

/** Cells into which the area of a distribution is grouped for the variance of its Wasserstein distance. */
const AREA_CELLS = 32;
/** With more categories the pairs of them cost more than the figure is worth. */
const MAX_PAIRED_CATEGORIES = 200;

/** What binned distances stay below by chance; a distance is left out where its law does not hold. */
export interface BinnedLimits {
  /** Nats. */
  readonly psi: number;
  /** Distance, base 2. */
  readonly jensenShannon: number;
  readonly totalVariation: number | null;
}

/**
 * What PSI, Jensen-Shannon distance and total variation stay below in a share 1 - alpha of windows
 * when nothing has moved.
 *
 * With shares p over B bins and c = 1/m + 1/n, PSI / c and 8 ln 2 JS^2 / c are chi-square with B - 1
 * degrees of freedom to first order; total variation is half a sum of absolute Gaussians with the
 * covariance of the multinomial.
 *
 * @param referenceCounts rows per bin, shape (k)
 * @param nLive rows of the live side, >= 1
 * @param alpha in (0, 0.5]
 * @returns null where the counts are too small for it: a bin with less than 1 expected row on the
 *   smaller side, or more than a fifth of the bins with less than 5 (Cochran's rule)
 * @source Yurdakul, Statistical Properties of Population Stability Index (2018) for PSI; Lin, IEEE
 *   Trans. Inf. Theory 37 (1991) 145 for the expansion of JS; simulated in test/golden/chance
 * Cost: O(k^2), at most 200^2.
 */
export function binnedChanceLimits(
  referenceCounts: readonly number[],
  nLive: number,
  alpha: number,
): BinnedLimits | null {
  const used = referenceCounts.filter((count) => count > 0);
  const m = used.reduce((sum, count) => sum + count, 0);
  if (used.length < 2 || nLive < 1) return null;
  const smaller = Math.min(m, nLive);
  const expected = used.map((count) => (count / m) * smaller);
  const nSparse = expected.filter((rows) => rows < 5).length;
  if (nSparse > used.length / 5 || expected.some((rows) => rows < 1)) return null;
  const scale = 1 / m + 1 / nLive;
  const chi = chiSquareUpperQuantile(alpha, used.length - 1);
  return {
    psi: scale * chi,
    jensenShannon: Math.min(1, Math.sqrt((scale * chi) / (8 * Math.LN2))),
    totalVariation:
      used.length > MAX_PAIRED_CATEGORIES ? null : variationLimit(used, m, scale, alpha),
  };
}

function variationLimit(
  counts: readonly number[],
  m: number,
  scale: number,
  alpha: number,
): number {
  const shares = counts.map((count) => count / m);
  const odds = shares.map((share) => share / (1 - share));
  const weights = shares.map((share) => Math.sqrt(share * (1 - share) * scale) / 2);
  const moments = absoluteGaussianSum(weights, (i, j) => -Math.sqrt(odds[i]! * odds[j]!));
  return Math.min(1, gammaUpperQuantile(moments, alpha));
}

/**
 * What the Wasserstein-1 distance stays below in a share 1 - alpha of windows when nothing has moved.
 *
 * sqrt(mn / (m + n)) W1 tends to the integral of |B(F(x))| dx with a Brownian bridge B; its mean and
 * variance are known, and its upper tail is taken from the gamma law with these two.
 *
 * @param reference shape (k), n >= 1
 * @param nLive rows of the live side, >= 1
 * @param alpha in (0, 0.5]
 * @returns in the unit of the column; 0 for a constant reference
 * @source del Barrio, Gine & Matran, Ann. Probab. 27 (1999) 1009 (the limit law); simulated in
 *   test/golden/chance
 * Cost: O(k).
 */
export function wassersteinChanceLimit(
  reference: EmpiricalDistribution,
  nLive: number,
  alpha: number,
): number {
  const { values, cumulative, n: m } = reference;
  const areas = new Float64Array(Math.max(0, values.length - 1));
  let total = 0;
  for (let i = 0; i < areas.length; i++) {
    const below = cumulative[i]! / m;
    areas[i] = (values[i + 1]! - values[i]!) * Math.sqrt(below * (1 - below));
    total += areas[i]!;
  }
  if (!(total > 0) || !Number.isFinite(total)) return 0;
  const { weights, levels } = groupAreas(areas, cumulative, m, total);
  const moments = absoluteGaussianSum(weights, (i, j) =>
    Math.sqrt((levels[i]! * (1 - levels[j]!)) / (levels[j]! * (1 - levels[i]!))),
  );
  return Math.sqrt(1 / m + 1 / nLive) * gammaUpperQuantile(moments, alpha);
}

/** Joins neighbouring areas into cells of about equal weight, each at its mean level of F. */
function groupAreas(
  areas: Float64Array,
  cumulative: Float64Array,
  m: number,
  total: number,
): { readonly weights: number[]; readonly levels: number[] } {
  const weights: number[] = [];
  const levels: number[] = [];
  let weight = 0;
  let moment = 0;
  for (let i = 0; i < areas.length; i++) {
    weight += areas[i]!;
    moment += areas[i]! * (cumulative[i]! / m);
    if (weight < total / AREA_CELLS && i + 1 < areas.length) continue;
    if (weight > 0) {
      weights.push(weight);
      levels.push(moment / weight);
    }
    weight = 0;
    moment = 0;
  }
  return { weights, levels };
}
