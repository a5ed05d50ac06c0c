import type { InspectedBackup, LastBackup } from '../../shared/vault/backupChannels';
import { formatNoun, formatUtc } from '../ui/formatNumber';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How old the newest backup is, e.g. `Last backup: 3 days ago, backup-2026-11-26.assaybackup.` */
export function lastBackupSentence(last: LastBackup | null, nowMs: number): string {
  if (last === null) return 'Last backup: never.';
  return `Last backup: ${ageOf(nowMs - Date.parse(last.backedUpAtUtc))}, ${last.fileName}.`;
}

/** What a backup holds, as it says itself; names stand between backticks. */
export function backupSentence(backup: InspectedBackup): string {
  const { workspaceName, createdAtUtc, nEvents, people } = backup;
  // A backtick in a name would end the mark-up around it.
  const name = workspaceName.replaceAll('`', "'");
  const who = formatNoun(people.length, 'person', 'people');
  return `\`${name}\` as it was at ${formatUtc(createdAtUtc)}: ${formatNoun(nEvents, 'audit event')}, and keys for ${who}.`;
}

/** A clock that was set back makes an age negative: then it is as good as now. */
function ageOf(ageMs: number): string {
  if (ageMs < HOUR_MS) return 'less than an hour ago';
  if (ageMs < DAY_MS) return `${formatNoun(Math.floor(ageMs / HOUR_MS), 'hour')} ago`;
  return `${formatNoun(Math.floor(ageMs / DAY_MS), 'day')} ago`;
}
