import type { CanaryVerdictHead } from '../../shared/canary/channels';
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
  readonly versionId: string | null;
  readonly kind: 'step' | 'request' | 'alias' | 'verdict';
}

const VERDICTS = { promote: 'promote', hold: 'hold', rollBack: 'roll back' } as const;

/** Everything that happened to the versions of a model, newest first. */
export function timelineEntries(
  { changes, requests, aliases }: ModelHistory,
  verdicts: readonly CanaryVerdictHead[],
): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...changes.map((change) => ({
      key: `step ${change.ordinal}`,
      atUtc: change.atUtc,
      sentence: changeSentence(change),
      who: change.changedBy,
      reason: change.reason,
      versionId: change.versionId,
      kind: 'step' as const,
    })),
    ...requests.map((request) => ({
      key: `request ${request.id}`,
      atUtc: request.requestedAtUtc,
      sentence: requestSentence(request),
      who: request.requestedBy,
      reason: request.reason,
      versionId: request.versionId,
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
      versionId,
      kind: 'alias' as const,
    })),
    ...verdicts.map(({ id, verdict, candidate, control, ...one }) => ({
      key: `verdict ${id}`,
      atUtc: one.judgedAtUtc,
      sentence: `The canary of version ${candidate} against ${control} said ${VERDICTS[verdict]}.`,
      who: one.judgedBy,
      reason: one.sentence,
      versionId: one.candidateVersionId,
      kind: 'verdict' as const,
    })),
  ];
  // Of two at the same instant, the one recorded later comes first.
  return entries.reverse().sort((a, b) => (a.atUtc < b.atUtc ? 1 : a.atUtc > b.atUtc ? -1 : 0));
}
