import { formatCount, formatPValue, formatStatistic } from '../base/formatNumber';
import { METHOD_NAMES } from './driftVerdict';
import type { DriftPolicy } from './driftPolicy';
import type { DriftSummary, FeatureDrift } from './driftReport';

/**
 * Sums up a report: how many features moved, whether the batch as a whole did, and the one sentence
 * that every page opens with. Predictions and labels are told apart from the features.
 *
 * @param ranked features as `judgeFeatures` ranks them
 */
export function summariseDrift(ranked: readonly FeatureDrift[], policy: DriftPolicy): DriftSummary {
  const features = ranked.filter(({ role }) => role === 'feature');
  const assessed = features.filter(({ verdict }) => verdict !== 'notAssessed');
  const drifted = features.filter(({ verdict }) => verdict === 'drifted');
  const shareDrifted = assessed.length === 0 ? 0 : drifted.length / assessed.length;
  const counts = {
    nFeatures: features.length,
    nAssessed: assessed.length,
    nDrifted: drifted.length,
    nInconclusive: features.filter(({ verdict }) => verdict === 'inconclusive').length,
    shareDrifted,
    isDatasetDrift: assessed.length > 0 && shareDrifted >= policy.datasetShare,
  };
  const sentence = [featureSentence(counts, drifted[0] ?? null), outputSentence(ranked)]
    .filter(Boolean)
    .join(' ');
  return { ...counts, topFeature: drifted[0]?.name ?? null, sentence };
}

function featureSentence(
  { nFeatures, nAssessed, nDrifted, nInconclusive }: Omit<DriftSummary, 'topFeature' | 'sentence'>,
  top: FeatureDrift | null,
): string {
  if (nFeatures === 0) return 'This batch has no feature to compare.';
  if (nAssessed === 0) return `None of the ${formatCount(nFeatures)} features could be assessed.`;
  const unclear =
    nInconclusive === 0
      ? ''
      : `; ${formatCount(nInconclusive)} more cannot be told from chance at these n`;
  const unassessed =
    nAssessed === nFeatures ? '' : `; ${formatCount(nFeatures - nAssessed)} could not be assessed`;
  if (nDrifted === 0 || top === null) {
    return `No drift found in ${formatCount(nAssessed)} of ${formatCount(nFeatures)} features${unclear}${unassessed}.`;
  }
  return `${formatCount(nDrifted)} of ${formatCount(nFeatures)} features moved; ${describe(top)}${unclear}${unassessed}.`;
}

function describe(top: FeatureDrift): string {
  const name = top.primary === 'ks' ? 'D' : METHOD_NAMES[top.primary];
  const log10P = top.ks?.log10PValue ?? top.chiSquare?.log10PValue;
  const p = top.adjustedPValue === null ? '' : `, p ${formatPValue(top.adjustedPValue, log10P)}`;
  return `\`${top.name}\` moved most, ${name} = ${formatStatistic(top.primaryValue ?? 0)}, n = ${formatCount(top.nReference)} / ${formatCount(top.nLive)}${p}`;
}

function outputSentence(ranked: readonly FeatureDrift[]): string {
  const moved = ranked.filter(
    ({ role, verdict }) => (role === 'prediction' || role === 'label') && verdict === 'drifted',
  );
  if (moved.length === 0) return '';
  return `${moved.map(({ role, name }) => `The ${role} \`${name}\` moved`).join('. ')}.`;
}
