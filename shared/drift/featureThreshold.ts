import { formatCount, formatStatistic } from '../base/formatNumber';
import type { DriftMethod, DriftPolicy } from './driftPolicy';
import type { FeatureDrift, FeatureStatistics } from './driftReport';
import { CHUNK_DEVIATIONS, upperThreshold, type ReferenceVariability } from './variability';

/** The threshold of a feature and where it comes from. */
export type FeatureThreshold = Pick<FeatureDrift, 'threshold' | 'thresholdOrigin'>;

/**
 * The threshold that a policy sets for one statistic of a feature.
 *
 * Where the policy asks for the reference's own variability and it is not known, is 0 because every chunk is
 * the same, or reaches the largest value that the statistic can have, which nothing could exceed, the fixed
 * threshold holds and the origin says so.
 */
export function thresholdOf(
  { name, variability }: Pick<FeatureStatistics, 'name' | 'variability'>,
  method: DriftMethod,
  policy: DriftPolicy,
): FeatureThreshold {
  const own = Object.hasOwn(policy.overrides, name) ? policy.overrides[name] : undefined;
  const fixed = own?.threshold ?? policy.threshold;
  const isFixed = own?.threshold !== undefined && own.thresholdFrom === undefined;
  const wanted = isFixed ? 'fixed' : (own?.thresholdFrom ?? policy.thresholdFrom ?? 'fixed');
  if (wanted === 'fixed') return { threshold: fixed, thresholdOrigin: 'fixed' };
  const measured = chunkThreshold(variability, method);
  return measured === null
    ? { threshold: fixed, thresholdOrigin: 'fallback' }
    : { threshold: measured, thresholdOrigin: 'reference' };
}

/** Largest values of distances that have one. */
const LARGEST: Readonly<Record<DriftMethod, number>> = {
  ks: 1,
  jensenShannon: 1,
  totalVariation: 1,
  wasserstein: Infinity,
  psi: Infinity,
};

function chunkThreshold(
  variability: ReferenceVariability | null,
  method: DriftMethod,
): number | null {
  const spread = variability?.status === 'measured' ? variability.spread[method] : undefined;
  const upper = spread === undefined ? 0 : upperThreshold(spread);
  return upper > 0 && upper < LARGEST[method] ? upper : null;
}

/** `0.1`, or `0.0312 (mean + 3 sd of 10 reference chunks)`. */
export function thresholdWords({
  threshold,
  thresholdOrigin,
  variability,
}: FeatureThreshold & Pick<FeatureStatistics, 'variability'>): string {
  if (thresholdOrigin === 'fixed') return String(threshold);
  if (thresholdOrigin === 'fallback') {
    const why = whyNoVariability(variability);
    return `${String(threshold)} (fixed, because the reference's own variability cannot be used: ${why})`;
  }
  const nChunks = variability?.status === 'measured' ? variability.nChunks : 0;
  return `${formatStatistic(threshold)} (mean + ${CHUNK_DEVIATIONS} sd of ${formatCount(nChunks)} reference chunks)`;
}

/** Why the reference's variability cannot be used, as the end of a sentence. */
export function whyNoVariability(variability: ReferenceVariability | null): string {
  if (variability === null) return 'this reference was frozen without cutting it into chunks';
  if (variability.status === 'measured')
    return 'it is 0, reaches the largest value there is, or is not defined in its chunks';
  const reason = variability.reason.replace(/\.$/u, '');
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}
