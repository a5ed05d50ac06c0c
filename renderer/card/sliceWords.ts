import type { SliceTable } from '../../shared/card/cardContent';
import type { SliceShare } from '../../shared/card/sliceShares';
import { formatNoun, formatStatistic } from '../ui/formatNumber';

/** What a table of groups shows, in one sentence from its figures. */
export function sliceSentence(table: SliceTable, shares: readonly SliceShare[]): string {
  const compared = shares.filter(({ verdict }) => verdict !== 'reference');
  if (compared.length === shares.length)
    return `${table.metric}: choose the group that the others are compared with.`;
  const outside = compared.filter(({ verdict }) => verdict === 'outside');
  const nFew = compared.filter(({ verdict }) => verdict === 'tooFew').length;
  const few =
    nFew === 0
      ? ''
      : ` For ${formatNoun(nFew, 'group')} there are too few rows to say; that is no sign of fairness.`;
  const named = outside
    .map(({ group, ratio }) => `${group} (${formatStatistic(ratio)})`)
    .join(', ');
  return outside.length === 0
    ? `${table.metric}: no group is shown to lie outside 0.8 to 1.25 times that of ${table.referenceGroup}.${few}`
    : `${table.metric}: ${formatNoun(outside.length, 'group')} outside 0.8 to 1.25 times that of ${table.referenceGroup}: ${named}.${few}`;
}
