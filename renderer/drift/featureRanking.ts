import type { FeatureDrift, Verdict } from '../../shared/drift/driftReport';

/** How many times the threshold the primary statistic is; null when there is no statistic. */
export function timesThreshold(
  feature: Pick<FeatureDrift, 'primaryValue' | 'threshold'>,
): number | null {
  return feature.primaryValue === null ? null : feature.primaryValue / feature.threshold;
}

/** Features whose name holds the text, of the wanted verdicts; an empty set wants all. */
export function filterFeatures(
  features: readonly FeatureDrift[],
  text: string,
  verdicts: ReadonlySet<Verdict>,
): readonly FeatureDrift[] {
  const wanted = text.trim().toLocaleLowerCase();
  return features.filter(
    (feature) =>
      (verdicts.size === 0 || verdicts.has(feature.verdict)) &&
      feature.name.toLocaleLowerCase().includes(wanted),
  );
}

/** How many features got each verdict. */
export function countVerdicts(
  features: readonly Pick<FeatureDrift, 'verdict'>[],
): Readonly<Record<Verdict, number>> {
  const counts = { drifted: 0, inconclusive: 0, stable: 0, notAssessed: 0 };
  for (const feature of features) counts[feature.verdict] += 1;
  return counts;
}

/**
 * The features before and after one of them, and its place from 1 on.
 *
 * @param features as the report ranks them
 */
export function neighbours(
  features: readonly Pick<FeatureDrift, 'name'>[],
  name: string,
): { readonly previous: string | null; readonly next: string | null; readonly rank: number } {
  const at = features.findIndex((feature) => feature.name === name);
  return {
    previous: at > 0 ? (features[at - 1]?.name ?? null) : null,
    next: at >= 0 ? (features[at + 1]?.name ?? null) : null,
    rank: at + 1,
  };
}
