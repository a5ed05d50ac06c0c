import { adjustPValues } from '../stats/adjustPValues';
import { formatCount, formatPValue, formatStatistic } from '../base/formatNumber';
import { isNumericKind } from './referenceProfile';
import {
  CATEGORICAL_METHODS,
  NUMERIC_METHODS,
  type DriftMethod,
  type DriftPolicy,
} from './driftPolicy';
import type { FeatureDrift, FeaturePicture, FeatureStatistics, Verdict } from './driftReport';
import { thresholdOf, thresholdWords } from './featureThreshold';

/** A feature's statistics with its small picture, as a job computes them. */
export interface MeasuredFeature {
  readonly statistics: FeatureStatistics;
  readonly picture: FeaturePicture | null;
}

export const METHOD_NAMES: Readonly<Record<DriftMethod, string>> = {
  ks: 'KS D',
  wasserstein: 'normalised Wasserstein distance',
  psi: 'PSI',
  jensenShannon: 'Jensen-Shannon distance',
  totalVariation: 'total variation',
};

const ADJUSTMENTS = {
  benjaminiHochberg: 'bh',
  holm: 'holm',
  bonferroni: 'bonferroni',
} as const;

/**
 * Judges every feature of a report by a policy and ranks them: drifted first, then inconclusive,
 * stable and not assessed; within a verdict by how far the statistic is above its threshold.
 *
 * A feature is *drifted* when its statistic is strictly above the threshold and its p-value, corrected
 * over the assessed features, is at most alpha; *inconclusive* when only the first holds.
 *
 * @param measured one entry per feature, any order
 * @param policy how to judge; `rule: 'source'` looks at the threshold alone
 * @returns one entry per feature
 */
export function judgeFeatures(
  measured: readonly MeasuredFeature[],
  policy: DriftPolicy,
): FeatureDrift[] {
  const candidates = measured.map(({ statistics, picture }) => {
    const primary = chosenMethod(statistics, policy);
    const limit = thresholdOf(statistics, primary, policy);
    const primaryValue = primaryStatistic(statistics, primary);
    const whyNot = whyNotAssessed(statistics, primaryValue, policy);
    return { statistics, picture, primary, limit, primaryValue, whyNot };
  });
  const pValues = candidates.map(({ statistics, whyNot }) =>
    whyNot === null ? rawPValue(statistics) : null,
  );
  const adjusted =
    policy.correction === 'none' ? pValues : adjustPValues(pValues, ADJUSTMENTS[policy.correction]);
  return candidates
    .map(({ statistics, picture, primary, limit, primaryValue, whyNot }, i): FeatureDrift => {
      const adjustedPValue = adjusted[i] ?? null;
      const verdict = verdictOf(primaryValue, limit.threshold, adjustedPValue, whyNot, policy);
      const judged = {
        ...statistics,
        picture,
        primary,
        ...limit,
        primaryValue,
        adjustedPValue,
        verdict,
      };
      return { ...judged, reason: whyNot ?? explain(judged, policy) };
    })
    .sort(byRank);
}

function chosenMethod(statistics: FeatureStatistics, policy: DriftPolicy): DriftMethod {
  const override = Object.hasOwn(policy.overrides, statistics.name)
    ? policy.overrides[statistics.name]
    : undefined;
  const isNumeric = isNumericKind(statistics.kind);
  const allowed: readonly DriftMethod[] = isNumeric ? NUMERIC_METHODS : CATEGORICAL_METHODS;
  const byDefault = isNumeric ? policy.numericMethod : policy.categoricalMethod;
  return override?.method !== undefined && allowed.includes(override.method)
    ? override.method
    : byDefault;
}

function primaryStatistic(statistics: FeatureStatistics, primary: DriftMethod): number | null {
  if (primary === 'ks') return statistics.ks?.d ?? null;
  if (primary === 'wasserstein') return statistics.wasserstein?.normalised ?? null;
  return statistics[primary];
}

/** The KS test carries the p-value of a numeric feature whatever its primary statistic is. */
function rawPValue(statistics: FeatureStatistics): number | null {
  return statistics.ks?.pValue ?? statistics.chiSquare?.pValue ?? null;
}

function whyNotAssessed(
  statistics: FeatureStatistics,
  primaryValue: number | null,
  policy: DriftPolicy,
): string | null {
  const { nReference, nLive, notAssessedReason } = statistics;
  if (notAssessedReason !== null) return notAssessedReason;
  if (Math.min(nReference, nLive) < policy.minValues) {
    return `Too few usable values: ${formatCount(nReference)} in the reference and ${formatCount(nLive)} in the live batch; at least ${formatCount(policy.minValues)} on each side are needed.`;
  }
  if (primaryValue === null) return 'The chosen statistic is not defined for this feature.';
  return null;
}

function verdictOf(
  value: number | null,
  threshold: number,
  adjustedPValue: number | null,
  whyNot: string | null,
  policy: DriftPolicy,
): Verdict {
  if (whyNot !== null || value === null) return 'notAssessed';
  if (!(value > threshold)) return 'stable';
  if (policy.rule === 'source') return 'drifted';
  return adjustedPValue !== null && adjustedPValue <= policy.alpha ? 'drifted' : 'inconclusive';
}

function explain(feature: Omit<FeatureDrift, 'reason'>, policy: DriftPolicy): string {
  const name = METHOD_NAMES[feature.primary];
  const value = formatStatistic(feature.primaryValue ?? 0);
  const threshold = thresholdWords(feature);
  const p =
    feature.adjustedPValue === null ? '' : ` (corrected p ${formatPValue(feature.adjustedPValue)})`;
  if (feature.verdict === 'stable')
    return `${name} ${value} is not above the threshold ${threshold}.`;
  if (feature.verdict === 'inconclusive') {
    const critical =
      feature.ks === null
        ? ''
        : `, for which D below ${formatStatistic(feature.ks.criticalD)} happens by chance`;
    return `${name} ${value} is above the threshold ${threshold}, but ${formatCount(feature.nReference)} and ${formatCount(feature.nLive)} values cannot tell it from chance${p}${critical}.`;
  }
  if (policy.rule === 'source')
    return `${name} ${value} is above the threshold ${threshold} (threshold alone decides).`;
  return `${name} ${value} is above the threshold ${threshold} and hardly chance${p}.`;
}

const VERDICT_RANK: Readonly<Record<Verdict, number>> = {
  drifted: 0,
  inconclusive: 1,
  stable: 2,
  notAssessed: 3,
};

function byRank(a: FeatureDrift, b: FeatureDrift): number {
  return (
    VERDICT_RANK[a.verdict] - VERDICT_RANK[b.verdict] ||
    excess(b) - excess(a) ||
    (a.name < b.name ? -1 : 1)
  );
}

function excess({ primaryValue, threshold }: FeatureDrift): number {
  return primaryValue === null ? -1 : primaryValue / threshold;
}
