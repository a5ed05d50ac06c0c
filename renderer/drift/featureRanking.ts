import type { FeatureDrift, Verdict } from '../../shared/drift/driftReport';

const VERDICT_ORDER: Readonly<Record<Verdict, number>> = {
  drifted: 0,
  inconclusive: 1,
  stable: 2,
  notAssessed: 3,
};

/** How many times the threshold the primary statistic is; null when there is no statistic. */
export function timesThreshold(
  feature: Pick<FeatureDrift, 'primaryValue' | 'threshold'>,
): number | null {
  return feature.primaryValue === null ? null : feature.primaryValue / feature.threshold;
}

/** What asks for attention first: by verdict, then by how far past the threshold, then by name. */
export function rankFeatures(features: readonly FeatureDrift[]): readonly FeatureDrift[] {
  return features.toSorted(
    (a, b) =>
      VERDICT_ORDER[a.verdict] - VERDICT_ORDER[b.verdict] ||
      (timesThreshold(b) ?? -1) - (timesThreshold(a) ?? -1) ||
      a.name.localeCompare(b.name),
  );
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
  features: readonly FeatureDrift[],
): Readonly<Record<Verdict, number>> {
  const counts = { drifted: 0, inconclusive: 0, stable: 0, notAssessed: 0 };
  for (const feature of features) counts[feature.verdict] += 1;
  return counts;
}

/** The features before and after one of them in the ranking. */
export function neighbours(
  features: readonly FeatureDrift[],
  name: string,
): { readonly previous: string | null; readonly next: string | null; readonly rank: number } {
  const ranked = rankFeatures(features);
  const at = ranked.findIndex((feature) => feature.name === name);
  return {
    previous: at > 0 ? (ranked[at - 1]?.name ?? null) : null,
    next: at >= 0 ? (ranked[at + 1]?.name ?? null) : null,
    rank: at + 1,
  };
}
