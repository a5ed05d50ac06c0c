import type { Timestamp } from '../../shared/audit/timestampChannels';
import { formatNoun, formatUtc } from '../ui/formatNumber';

/** How far back the log is vouched for from outside, and what is still waited for. */
export function timestampFinding(timestamps: readonly Timestamp[]): string {
  const newest = timestamps.find(({ stamp }) => stamp !== null) ?? null;
  const nPending = timestamps.filter(({ stamp }) => stamp === null).length;
  const waiting = `${formatNoun(nPending, 'request')} ${nPending === 1 ? 'waits' : 'wait'} for a response.`;
  const stamp = newest?.stamp ?? null;
  if (newest === null || stamp === null) return `No part of the log is stamped yet; ${waiting}`;
  const { logSize } = newest;
  const events = logSize === 1 ? 'The first event' : `The first ${formatNoun(logSize, 'event')}`;
  const stamped = `${events} existed by ${formatUtc(stamp.stampedAtUtc)}, as ${stamp.authority} states.`;
  return nPending === 0 ? stamped : `${stamped} ${waiting}`;
}
