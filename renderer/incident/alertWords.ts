import type { Alert, AlertAct, AlertOccurrence, AlertSource } from '../../shared/incident/alert';
import { formatUtc } from '../ui/formatNumber';
import type { State } from '../ui/theme';

/** What a person may do about an alert. */
export type PersonAct = Exclude<AlertAct, 'wake'>;

/** A person's act as it is offered and as it stands on record. */
export const ACT_WORDS: Readonly<
  Record<
    PersonAct,
    {
      readonly offer: string;
      readonly title: string;
      readonly submit: string;
      readonly why: string;
    }
  >
> = {
  acknowledge: {
    offer: 'Acknowledge…',
    title: 'Acknowledge alert',
    submit: 'Acknowledge',
    why: 'What you know about it and what follows. It goes on record with your name and the time, and cannot be changed later.',
  },
  own: {
    offer: 'Give it an owner…',
    title: 'Give the alert an owner',
    submit: 'Set owner',
    why: 'Why this person. It goes on record with your name and the time.',
  },
  explain: {
    offer: 'Explain…',
    title: 'Explain the alert',
    submit: 'Put on record',
    why: 'What caused it, as far as you know. A later explanation adds to this one and does not replace it.',
  },
  snooze: {
    offer: 'Put off…',
    title: 'Put the alert off',
    submit: 'Put off',
    why: 'Why it can wait. It comes back after the pause, or at once when it gets worse; gates stay closed meanwhile.',
  },
  close: {
    offer: 'Close…',
    title: 'Close the alert',
    submit: 'Close alert',
    why: 'Why nothing more needs to be done. When the rule is broken again, a new alert is raised.',
  },
};

/** A step that was taken, as a verb of the past. */
export const STEP_WORDS: Readonly<Record<AlertAct, string>> = {
  acknowledge: 'Acknowledged',
  own: 'Given an owner',
  explain: 'Explained',
  snooze: 'Put off',
  close: 'Closed',
  wake: 'Came back',
};

/** How the state of an alert looks. */
export function alertStateLook(
  { state, owner, snoozedUntilUtc }: Pick<Alert, 'state' | 'owner' | 'snoozedUntilUtc'>,
  nowUtc: string,
): { readonly state: State; readonly label: string } {
  if (state !== 'closed' && snoozedUntilUtc !== null && snoozedUntilUtc > nowUtc)
    return { state: 'unknown', label: `Put off until ${formatUtc(snoozedUntilUtc)}` };
  switch (state) {
    case 'new':
      return { state: 'watch', label: 'New' };
    case 'acknowledged':
      return { state: 'ok', label: 'Acknowledged' };
    case 'owned':
      return { state: 'watch', label: `Owned by ${owner?.printedName ?? 'somebody'}` };
    case 'explained':
      return { state: 'ok', label: 'Explained' };
    case 'closed':
      return { state: 'ok', label: 'Closed' };
  }
}

/** What the record behind an occurrence is called. */
export function sourceTitle({ source, label }: Pick<AlertOccurrence, 'source' | 'label'>): string {
  if (source.kind === 'packet') return 'Hand-off packet';
  if (source.kind === 'canary') return `Canary: ${label}`;
  return source.kind === 'performance' ? `Window: ${label}` : `Report: ${label}`;
}

/** Where the record behind an occurrence is shown; null where there is no page of its own. */
export function sourcePath(source: AlertSource): string | null {
  if (source.kind === 'drift') return `/reports/${source.reportId}`;
  if (source.kind === 'canary') return `/canaries/${source.canaryId}`;
  if (source.kind === 'packet') return `/handoffs/${source.packetId}`;
  if (source.kind === 'performance' && source.windowId !== null)
    return `/windows/${source.windowId}`;
  return null;
}
