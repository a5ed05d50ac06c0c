import { CORRECTION_WORDS, type DriftPolicy } from '../../shared/drift/driftPolicy';
import { formatCount, formatNoun, formatShare } from '../ui/formatNumber';
import { formatThreshold } from './featureValue';
import { METHOD_WORDS } from './methodWords';

/**
 * Rows on each side at which a KS distance above the threshold happens by chance in a share alpha
 * of windows without any drift: n = 2 c^2 / threshold^2, c = sqrt(-ln(alpha / 2) / 2).
 */
export function rowsForChance(threshold: number, alpha: number): number {
  const c = Math.sqrt(-Math.log(alpha / 2) / 2);
  return Math.ceil((2 * c * c) / (threshold * threshold));
}

/** How a policy judges, in sentences. */
export function policySentences(policy: DriftPolicy): readonly string[] {
  const { threshold, alpha } = policy;
  const limit = formatThreshold(threshold);
  const numeric = METHOD_WORDS[policy.numericMethod].name;
  const categorical = METHOD_WORDS[policy.categoricalMethod].name;
  const nOverrides = Object.keys(policy.overrides).length;
  return [
    policy.thresholdFrom === 'reference'
      ? `A feature is past its threshold when ${numeric} (numbers and dates) or ${categorical} (categories) is above what the reference itself hardly exceeds: the mean over its chunks plus three standard deviations. Where that is not known, ${limit} holds.`
      : `A feature is past its threshold when ${numeric} (numbers and dates) or ${categorical} (categories) is above ${limit}.`,
    policy.rule === 'source'
      ? 'That alone makes it drifted: chance is not considered.'
      : `It counts as drifted when, besides, its p-value is at most ${alpha} after ${correctionWords(policy)}; otherwise it is inconclusive.`,
    `Fewer than ${formatNoun(policy.minValues, 'usable value')} on a side: not assessed. From ${formatShare(policy.datasetShare)} of its assessed features on, the whole batch counts as drifted.`,
    ...(nOverrides === 0
      ? []
      : [`${formatNoun(nOverrides, 'feature')} judged by a method or threshold of their own.`]),
  ];
}

export function correctionWords({ correction }: Pick<DriftPolicy, 'correction'>): string {
  return correction === 'none'
    ? 'no correction'
    : `the ${CORRECTION_WORDS[correction]} correction over the features of the report`;
}

/** What a bare KS threshold means at small numbers of rows. */
export function chanceSentence(policy: DriftPolicy): string {
  const rows = formatCount(rowsForChance(policy.threshold, policy.alpha));
  const percent = Number((policy.alpha * 100).toPrecision(3));
  return (
    `With about ${rows} rows a side or fewer, KS D is above ${formatThreshold(policy.threshold)} by chance ` +
    `alone in more than ${percent} % of windows; the p-value is what tells such a window apart.`
  );
}
