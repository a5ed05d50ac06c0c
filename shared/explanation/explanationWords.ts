import { formatCount, formatShare, formatStatistic } from '../base/formatNumber';
import type { Additivity, ExplainedOutput, ExplainedSpace } from './explanation';

export const SPACE_WORDS: Readonly<Record<ExplainedSpace, string>> = {
  identity: 'unit of the prediction',
  logit: 'log-odds',
};

/** What moves this output most, how sure that is, and whether the contributions can be believed. */
export function importanceSentence({ features, additivity }: ExplainedOutput): string {
  const [top, second] = features;
  if (top === undefined) return 'There is no feature in this explanation.';
  const unit = additivity.space === 'logit' ? ' log-odds' : '';
  const span =
    top.interval === null ? '' : ` [${top.interval.map(formatStatistic).join(', ')}, 95 %]`;
  const next =
    second === undefined
      ? ''
      : `, then \`${second.name}\` by ${formatStatistic(second.meanAbsolute)}`;
  return `\`${top.name}\` moves the prediction most of ${formatCount(features.length)} features: by ${formatStatistic(top.meanAbsolute)}${unit} on average${span}${next}, n = ${formatCount(additivity.nCases)} cases. ${additivitySentence(additivity)}`;
}

/** Whether contributions add up to the predictions, and what that was measured by. */
export function additivitySentence(additivity: Additivity): string {
  const { nCases, nFailed, tolerance } = additivity;
  const within = `within ${tolerance.absolute} + ${tolerance.relative} x |prediction|`;
  if (nFailed === 0)
    return `Base value and contributions add up to the prediction in every case (${within}).`;
  return `In ${formatCount(nFailed)} of ${formatCount(nCases)} cases (${formatShare(nFailed / nCases)}) base value and contributions do not add up to the prediction (${within}): do not explain a decision by them before you know why.`;
}
