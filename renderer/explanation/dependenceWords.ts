import type { Dependence, DependenceBin } from '../../shared/explanation/explanation';
import { formatCount, formatNoun, formatStatistic } from '../ui/formatNumber';

/** Which values a bin holds. */
export function binWords({ label, low, high }: DependenceBin): string {
  if (label !== null) return label;
  if (low === null && high === null) return 'all values';
  if (low === null) return `up to ${formatStatistic(high)}`;
  if (high === null) return `above ${formatStatistic(low)}`;
  return `above ${formatStatistic(low)} to ${formatStatistic(high)}`;
}

/** Where the contribution is highest and lowest, and what is not shown. */
export function dependenceSentence(feature: string, dependence: Dependence): string {
  const { bins, nSmallGroups, nSmallCases, nMissing } = dependence;
  const [first] = bins;
  if (first === undefined) return `No group of \`${feature}\` is large enough to be shown.`;
  const highest = bins.reduce((most, bin) => (bin.meanShap > most.meanShap ? bin : most), first);
  const lowest = bins.reduce((least, bin) => (bin.meanShap < least.meanShap ? bin : least), first);
  const small =
    nSmallGroups === 0
      ? ''
      : ` ${formatNoun(nSmallGroups, 'group')} with ${formatNoun(nSmallCases, 'case')} of fewer than 10 each, or beyond the 20 most frequent, left out.`;
  const missing = nMissing === 0 ? '' : ` ${formatCount(nMissing)} cases have no value.`;
  return `\`${feature}\` raises the prediction most at ${binWords(highest)} (${formatStatistic(highest.meanShap)}, n = ${formatCount(highest.n)}) and least at ${binWords(lowest)} (${formatStatistic(lowest.meanShap)}, n = ${formatCount(lowest.n)}).${small}${missing}`;
}
