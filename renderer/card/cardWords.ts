import type { Card, CardState } from '../../shared/card/channels';
import { ownCompleteness } from '../../shared/card/frameworks';
import type { SliceVerdict } from '../../shared/card/sliceShares';
import { formatNoun } from '../ui/formatNumber';
import type { State } from '../ui/theme';

const STATE_LOOKS: Readonly<Record<CardState, { readonly state: State; readonly label: string }>> =
  {
    draft: { state: 'watch', label: 'Draft' },
    approved: { state: 'ok', label: 'Approved' },
    stale: { state: 'alert', label: 'Stale' },
  };

/** A card's state as a badge shows it. */
export function cardLook(state: CardState | null): {
  readonly state: State;
  readonly label: string;
} {
  return state === null ? { state: 'unknown', label: 'No card' } : STATE_LOOKS[state];
}

export const SLICE_LOOKS: Readonly<
  Record<SliceVerdict, { readonly state: State; readonly label: string }>
> = {
  reference: { state: 'unknown', label: 'Reference' },
  within: { state: 'ok', label: 'Within 0.8 to 1.25' },
  outside: { state: 'alert', label: 'Outside 0.8 to 1.25' },
  tooFew: { state: 'watch', label: 'Too few rows to say' },
};

/** How the card stands, in one sentence from its figures. */
export function cardSentence(card: Card): string {
  const { head, approved, comments, content } = card;
  if (head === null) return 'Nobody has written a card for this version yet.';
  const { nMet, nPoints } = ownCompleteness(content);
  const nOpen = comments.filter(({ resolved }) => resolved === null).length;
  const parts = [
    `${nMet} of ${nPoints} fields are filled`,
    figureWords(card),
    nOpen === 0 ? 'no comment is open' : `${formatNoun(nOpen, 'comment')} open`,
  ];
  return `${standing(card)} ${approved === null ? 'Draft' : 'Newest'} revision ${head.revision}: ${parts.join(', ')}.`;
}

function standing({ state, approved, head, approvedStale }: Card): string {
  if (approved === null || head === null) return 'Not approved yet.';
  const by = `revision ${approved.revision} was approved by ${approved.approval?.approvedBy ?? 'somebody'}`;
  const draft = head.revision > approved.revision ? '; a newer draft is being written' : '';
  if (state === 'stale')
    return `Stale: ${by}, and ${formatNoun(approvedStale.length, 'figure')} of it ${approvedStale.length === 1 ? 'is' : 'are'} not what the evidence says now${draft}.`;
  return `Approved: ${by}${draft}.`;
}

function figureWords({ content, stale }: Card): string {
  const n = content.figures.length;
  if (n === 0) return 'no figure';
  const nBound = content.figures.filter(({ evidence }) => evidence !== null).length;
  const bound = `${nBound} of ${formatNoun(n, 'figure')} bound to evidence`;
  return stale.length === 0 ? bound : `${bound}, ${stale.length} stale`;
}
