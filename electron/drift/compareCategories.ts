import type { FeaturePicture, FeatureStatistics } from '../../shared/drift/driftReport';
import type { CategoricalProfile } from '../../shared/drift/referenceProfile';
import { categoricalDrift, type CategoricalDrift } from '../../shared/stats/categoricalDrift';
import { binnedChanceLimits } from '../../shared/stats/chanceLimits';
import { EMPTY_DETAIL, emptyStatistics, type ComparedColumn } from './comparedColumn';
import { missingChange } from './missingChange';

const SHOWN_CATEGORIES = 20;
const LISTED_CATEGORIES = 100;
/** Stands for the categories beyond the ones a profile names; no label can be it (labels are never empty). */
const OTHER = '';

/** Compares two sets of category counts, and draws them. */
export function compareCategories(
  reference: CategoricalProfile,
  live: CategoricalProfile,
  alpha: number,
): ComparedColumn {
  const base = {
    ...emptyStatistics(reference, live),
    missingChange: missingChange(reference, live),
  };
  const drift = categoricalDrift(toCounts(reference), toCounts(live));
  if (drift.status !== 'ok') {
    const side = base.nReference === 0 ? 'reference' : 'live batch';
    const statistics = { ...base, notAssessedReason: `No usable value in the ${side}.` };
    return { statistics, picture: null, detail: EMPTY_DETAIL };
  }
  return {
    statistics: { ...base, ...categoricalStatistics(drift, alpha) },
    picture: drawCategories(drift),
    detail: {
      ...EMPTY_DETAIL,
      newCategories: drift.newCategories.slice(0, LISTED_CATEGORIES),
      vanishedCategories: drift.vanishedCategories.slice(0, LISTED_CATEGORIES),
    },
  };
}

function toCounts({ labels, labelCounts, nOther }: CategoricalProfile): Map<string, number> {
  const counts = new Map(labels.map((label, i) => [label, labelCounts[i] ?? 0]));
  if (nOther > 0) counts.set(OTHER, nOther);
  return counts;
}

function categoricalStatistics(drift: CategoricalDrift, alpha: number): Partial<FeatureStatistics> {
  const { test } = drift;
  const limits = binnedChanceLimits(drift.referenceCounts, drift.nLive, alpha);
  return {
    psi: drift.psi,
    jensenShannon: drift.jensenShannonDistance,
    totalVariation: drift.totalVariation,
    chiSquare:
      test.status !== 'ok'
        ? null
        : {
            statistic: test.chiSquare,
            df: test.degreesOfFreedom,
            pValue: test.pValue,
            log10PValue: Math.min(0, test.log10PValue),
            cramersV: test.cramersV,
          },
    chanceLimits:
      limits === null
        ? {}
        : {
            psi: limits.psi,
            jensenShannon: limits.jensenShannon,
            ...(limits.totalVariation === null ? {} : { totalVariation: limits.totalVariation }),
          },
    nNewCategories: drift.newCategories.length,
    nVanishedCategories: drift.vanishedCategories.length,
    notAssessedReason:
      drift.categories.length === 1 ? 'Constant: one and the same category on both sides.' : null,
  };
}

/** The most frequent categories of either side; the rest is merged. */
function drawCategories({
  categories,
  referenceCounts,
  liveCounts,
}: CategoricalDrift): FeaturePicture {
  const rows = categories.map((label, i) => ({
    label,
    reference: referenceCounts[i] ?? 0,
    live: liveCounts[i] ?? 0,
  }));
  const named = rows
    .filter(({ label }) => label !== OTHER)
    .sort((a, b) => b.reference + b.live - (a.reference + a.live) || (a.label < b.label ? -1 : 1));
  const shown = named.slice(0, SHOWN_CATEGORIES);
  const rest = [...named.slice(SHOWN_CATEGORIES), ...rows.filter(({ label }) => label === OTHER)];
  return {
    type: 'categories',
    labels: shown.map(({ label }) => label),
    reference: shown.map(({ reference }) => reference),
    live: shown.map(({ live }) => live),
    otherReference: rest.reduce((sum, { reference }) => sum + reference, 0),
    otherLive: rest.reduce((sum, { live }) => sum + live, 0),
  };
}
