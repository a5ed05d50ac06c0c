import type { DriftPolicy } from '../../shared/drift/driftPolicy';
import type { FeatureDrift } from '../../shared/drift/driftReport';
import { thresholdWords } from '../../shared/drift/featureThreshold';
import { isNumericKind } from '../../shared/drift/referenceProfile';
import { formatCount, formatPValue, formatStatistic } from '../ui/formatNumber';
import { formatThreshold } from './featureValue';
import { METHOD_WORDS } from './methodWords';

const NO_BREAK_SPACE = '\u00a0';

/** The statistic with its sign and its distance from the threshold, e.g. `D = 0.195 (threshold 0.1)`. */
function statisticWords(feature: FeatureDrift): string {
  const { symbol } = METHOD_WORDS[feature.primary];
  const value = formatStatistic(feature.primaryValue);
  const threshold =
    feature.thresholdOrigin === 'reference'
      ? thresholdWords(feature).replace(' (', ', ').replace(/\)$/u, '')
      : formatThreshold(feature.threshold);
  return `${symbol} = ${value} (threshold ${threshold})`;
}

function countWords({ nReference, nLive }: FeatureDrift): string {
  return `n = ${formatCount(nReference)} / ${formatCount(nLive)}`;
}

/** `p = 0.012`, or `p < 1e-300` where the number is a bound. */
export function pValueWords(formatted: string): string {
  const text = /^[<>]/.test(formatted) ? `p ${formatted}` : `p = ${formatted}`;
  return text.replaceAll(' ', NO_BREAK_SPACE);
}

/** What was found about one feature and how sure that is, from its figures. */
export function featureSentence(feature: FeatureDrift, policy: DriftPolicy): string {
  const { name, verdict, adjustedPValue } = feature;
  const facts = [
    statisticWords(feature),
    countWords(feature),
    ...(adjustedPValue === null ? [] : [`adjusted ${pValueWords(formatPValue(adjustedPValue))}`]),
  ].join(', ');
  switch (verdict) {
    case 'drifted':
      return policy.rule === 'source'
        ? `${name} moved past its threshold: ${facts}. The policy asks for the threshold alone.`
        : `${name} moved, and chance does not explain it: ${facts}.`;
    case 'inconclusive':
      return `${name} is past its threshold, but so few values cannot tell that from chance: ${facts}.`;
    case 'stable':
      return `${name} did not move past its threshold: ${facts}.`;
    case 'notAssessed':
      return `${name} was not assessed: ${lowerFirst(feature.notAssessedReason ?? feature.reason)}`;
  }
}

function lowerFirst(text: string): string {
  const ended = /[.!?]$/.test(text) ? text : `${text}.`;
  return /^[A-Z][a-z ]/.test(ended) ? ended.charAt(0).toLowerCase() + ended.slice(1) : ended;
}

/** Where the two distribution functions are furthest apart, in words. */
export function gapSentence(
  feature: FeatureDrift,
  gap: { readonly reference: number; readonly live: number } | null,
  value: string,
): string {
  if (gap === null || feature.ks === null || !isNumericKind(feature.kind)) {
    return 'No distribution functions to compare.';
  }
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return (
    `At ${value} the two are furthest apart: ${percent(gap.reference)} of the reference and ` +
    `${percent(gap.live)} of the live values are at or below it, D = ${formatStatistic(feature.ks.d)}.`
  );
}
