import type { CanaryVerdictHead } from '../../shared/canary/channels';
import type { IncidentHappening } from '../../shared/incident/incident';
import type { ModelHistory } from '../../shared/registry/lifecycleChannels';
import { changeSentence, requestSentence } from './lifecycleWords';

/** One thing that happened to a model, in a sentence. */
export interface TimelineEntry {
  readonly key: string;
  readonly atUtc: string;
  readonly sentence: string;
  readonly who: string;
  readonly reason: string;
  /** Where the sentence leads; null where the version was taken away from an alias. */
  readonly path: string | null;
  readonly kind: 'step' | 'request' | 'alias' | 'verdict' | 'incident';
}

const VERDICTS = { promote: 'promote', hold: 'hold', rollBack: 'roll back' } as const;

const HAPPENED: Readonly<Record<IncidentHappening['what'], string>> = {
  open: 'was opened',
  detection: 'detection',
  decision: 'decision',
  rollback: 'rollback',
  retraining: 'retraining',
  restoration: 'restoration',
  note: 'note',
  close: 'was closed',
  reopen: 'was reopened',
};

/** What a model's timeline is made of. */
export interface ModelRecords {
  readonly modelId: string;
  readonly history: ModelHistory;
  readonly verdicts: readonly CanaryVerdictHead[];
  readonly happenings: readonly IncidentHappening[];
}

/** Everything that happened to a model and its versions, newest first. */
export function timelineEntries(records: ModelRecords): TimelineEntry[] {
  const { modelId, history, verdicts, happenings } = records;
  const { changes, requests, aliases } = history;
  const toVersion = (versionId: string): string => `/models/${modelId}/versions/${versionId}`;
  const entries: TimelineEntry[] = [
    ...changes.map((change) => ({
      key: `step ${change.ordinal}`,
      atUtc: change.atUtc,
      sentence: changeSentence(change),
      who: change.changedBy,
      reason: change.reason,
      path: toVersion(change.versionId),
      kind: 'step' as const,
    })),
    ...requests.map((request) => ({
      key: `request ${request.id}`,
      atUtc: request.requestedAtUtc,
      sentence: requestSentence(request),
      who: request.requestedBy,
      reason: request.reason,
      path: toVersion(request.versionId),
      kind: 'request' as const,
    })),
    ...aliases.map(({ ordinal, alias, version, versionId, atUtc, changedBy, reason }) => ({
      key: `alias ${ordinal}`,
      atUtc,
      sentence:
        version === null
          ? `The alias ${alias} was taken away.`
          : `The alias ${alias} stands for version ${version}.`,
      who: changedBy,
      reason,
      path: versionId === null ? null : toVersion(versionId),
      kind: 'alias' as const,
    })),
    ...verdicts.map(({ id, verdict, candidate, control, ...one }) => ({
      key: `verdict ${id}`,
      atUtc: one.judgedAtUtc,
      sentence: `The canary of version ${candidate} against ${control} said ${VERDICTS[verdict]}.`,
      who: one.judgedBy,
      reason: one.sentence,
      path: `/canaries/${one.canaryId}`,
      kind: 'verdict' as const,
    })),
    ...happenings.map(({ incidentId, title, what, atUtc, text, who }, i) => ({
      key: `incident ${i}`,
      atUtc,
      sentence: isStep(what)
        ? `The incident “${title}” ${HAPPENED[what]}.`
        : `In the incident “${title}”: ${HAPPENED[what]}.`,
      who,
      reason: text,
      path: `/incidents/${incidentId}`,
      kind: 'incident' as const,
    })),
  ];
  // Of two at the same instant, the one recorded later comes first.
  return entries.reverse().sort((a, b) => (a.atUtc < b.atUtc ? 1 : a.atUtc > b.atUtc ? -1 : 0));
}

function isStep(what: IncidentHappening['what']): boolean {
  return what === 'open' || what === 'close' || what === 'reopen';
}
