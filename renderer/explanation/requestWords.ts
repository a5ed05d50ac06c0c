import { isEraseDue, isOverdue, type RequestHead } from '../../shared/explanation/request';
import type { State } from '../ui/theme';

/** Today in UTC, as core counts days. */
export function todayUtc(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A request's state as word and colour. */
export function requestLook(
  head: RequestHead,
  today: string,
): { readonly state: State; readonly label: string } {
  if (isOverdue(head, today)) return { state: 'alert', label: 'Overdue' };
  if (isEraseDue(head, today)) return { state: 'alert', label: 'Erase now' };
  if (head.outcome === null)
    return head.letter === 'approved'
      ? { state: 'ok', label: 'Letter approved' }
      : { state: 'watch', label: head.letter === 'draft' ? 'Letter to approve' : 'Open' };
  return head.outcome === 'answered'
    ? { state: 'ok', label: 'Answered' }
    : { state: 'unknown', label: head.outcome === 'refused' ? 'Refused' : 'Withdrawn' };
}

/** How many requests are open, overdue and to be erased. */
export function requestsSentence(heads: readonly RequestHead[], today: string): string {
  const nOpen = heads.filter(({ outcome }) => outcome === null).length;
  const nOverdue = heads.filter((head) => isOverdue(head, today)).length;
  const nErase = heads.filter((head) => isEraseDue(head, today)).length;
  const next = heads.find((head) => head.outcome === null && !isOverdue(head, today));
  const soonest = next === undefined ? '' : ` The next answer is due on ${next.dueOn}.`;
  const erase =
    nErase === 0
      ? ''
      : ` What is kept of ${nErase === 1 ? 'one person' : `${nErase} people`} is to be erased now.`;
  return `${nOpen} of ${heads.length} ${heads.length === 1 ? 'request is' : 'requests are'} open, ${nOverdue} overdue.${soonest}${erase}`;
}
