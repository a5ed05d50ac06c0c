import { formatCount, formatPValue, formatStatistic } from '../base/formatNumber';
import { METHOD_NAMES } from './driftVerdict';
import type { DriftPolicy } from './driftPolicy';
import type { DriftSummary, FeatureDrift, OutputFinding } from './driftReport';
import { thresholdWords } from './featureThreshold';

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
  const outputs = ranked.flatMap(describeOutput).sort(byRole);
  const sentence = [featureSentence(counts, drifted[0] ?? null), outputSentence(outputs)]
    .filter(Boolean)
    .join(' ');
  return { ...counts, topFeature: drifted[0]?.name ?? null, outputs, sentence };
}

function featureSentence(
  {
    nFeatures,
    nAssessed,
    nDrifted,
    nInconclusive,
  }: Omit<DriftSummary, 'topFeature' | 'outputs' | 'sentence'>,
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
  const limit = top.thresholdOrigin === 'reference' ? `, threshold ${thresholdWords(top)}` : '';
  return `\`${top.name}\` moved most, ${figures(top)}${limit}`;
}

/** The statistic with n and p, e.g. `D = 0.560, n = 15,000 / 5,000, p < 1e-300`. */
function figures(feature: FeatureDrift): string {
  const { primary, primaryValue, adjustedPValue, nReference, nLive } = feature;
  const name = primary === 'ks' ? 'D' : METHOD_NAMES[primary];
  const log10P = feature.ks?.log10PValue ?? feature.chiSquare?.log10PValue;
  const p = adjustedPValue === null ? '' : `, p ${formatPValue(adjustedPValue, log10P)}`;
  return `${name} = ${formatStatistic(primaryValue ?? 0)}, n = ${formatCount(nReference)} / ${formatCount(nLive)}${p}`;
}

const OUTPUT_ROLES = { prediction: 'Prediction', label: 'Label' } as const;

/** What happened to what the model says, and to what came true: one sentence each. */
function describeOutput(feature: FeatureDrift): OutputFinding[] {
  const { name, role, verdict } = feature;
  if (role !== 'prediction' && role !== 'label') return [];
  const subject = `${OUTPUT_ROLES[role]} \`${name}\``;
  const limit = `threshold ${thresholdWords(feature)}`;
  const sentence = {
    drifted: `${subject} moved: ${figures(feature)}; ${limit}.`,
    inconclusive: `${subject} is past its threshold, but these n cannot tell that from chance: ${figures(feature)}; ${limit}.`,
    stable: `${subject} did not move past its threshold: ${figures(feature)}; ${limit}.`,
    notAssessed: `${subject} was not assessed. ${feature.reason}`,
  }[verdict];
  return [{ name, role, verdict, sentence }];
}

function byRole(a: OutputFinding, b: OutputFinding): number {
  return Number(a.role === 'label') - Number(b.role === 'label');
}

function outputSentence(outputs: readonly OutputFinding[]): string {
  return outputs
    .filter(({ verdict }) => verdict === 'drifted')
    .map(({ role, name }) => `The ${role} \`${name}\` moved.`)
    .join(' ');
}
