import {
  formatDuration,
  type Duration,
  type EntryKind,
  type Evidence,
  type IncidentHead,
} from '../../shared/incident/incident';
import { formatCount, formatNoun } from '../ui/formatNumber';
import type { State } from '../ui/theme';

export const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  detection: 'Detection',
  decision: 'Decision',
  rollback: 'Rollback',
  retraining: 'Retraining',
  restoration: 'Restoration',
  note: 'Note',
};

/** How an incident looks in a list. */
export function incidentLook({ state, severity }: Pick<IncidentHead, 'state' | 'severity'>): {
  readonly state: State;
  readonly label: string;
} {
  if (state === 'closed') return { state: 'ok', label: 'Closed' };
  return severity === 'critical'
    ? { state: 'alert', label: 'Open, critical' }
    : { state: 'watch', label: 'Open' };
}

/** A duration beside its target, as a state. */
export function durationLook({ durationMs, targetMs }: Duration): {
  readonly state: State;
  readonly label: string;
} {
  const target = formatDuration(targetMs);
  if (durationMs === null) return { state: 'unknown', label: `Target ${target}` };
  return durationMs <= targetMs
    ? { state: 'ok', label: `Within ${target}` }
    : { state: 'alert', label: `Past ${target}` };
}

/** How many incidents there are and how they stand, in one sentence. */
export function incidentsSentence(incidents: readonly IncidentHead[], nowUtc: string): string {
  if (incidents.length === 0) return 'No incident was opened so far.';
  const open = incidents.filter(({ state }) => state === 'open');
  if (open.length === 0) return `${formatNoun(incidents.length, 'incident')}, all closed.`;
  const nPast = open.filter(
    ({ detectedAtUtc, timeToRestore }) =>
      Date.parse(nowUtc) - Date.parse(detectedAtUtc) > timeToRestore.targetMs,
  ).length;
  const past = nPast === 0 ? 'none past its target' : `${formatCount(nPast)} past the target`;
  return `${formatNoun(open.length, 'open incident')} of ${formatCount(incidents.length)}, ${past}.`;
}

/** Where a record that serves as evidence is shown. */
export function evidencePath(evidence: Evidence, modelId: string): string {
  switch (evidence.kind) {
    case 'driftReport':
      return `/reports/${evidence.reportId}`;
    case 'performance':
      return `/windows/${evidence.logId}`;
    case 'canary':
      return `/canaries/${evidence.canaryId}`;
    case 'version':
      return `/models/${modelId}/versions/${evidence.versionId}`;
    case 'stageChange':
      return `/models/${modelId}`;
    case 'signature':
    case 'auditEvent':
      return '/audit';
  }
}
