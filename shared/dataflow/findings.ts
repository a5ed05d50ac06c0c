import type { CalendarDay } from '../base/time';
import type { Acceptance, Breach, Finding, FindingRule, Severity } from './finding';
import type { FlowView } from './flowView';
import { adequacyUnknown } from './rules/adequacyUnknown';
import { consentNotAsked } from './rules/consentNotAsked';
import { consentRecordMissing } from './rules/consentRecordMissing';
import { contractExpired } from './rules/contractExpired';
import { criminalWithoutLaw } from './rules/criminalWithoutLaw';
import { featureNotAssessed } from './rules/featureNotAssessed';
import { featureNotOnMap } from './rules/featureNotOnMap';
import { lawfulBasisMissing } from './rules/lawfulBasisMissing';
import { measuresMissing } from './rules/measuresMissing';
import { needlessFeature } from './rules/needlessFeature';
import { placeMissing } from './rules/placeMissing';
import { processorWithoutContract } from './rules/processorWithoutContract';
import { purposeMissing } from './rules/purposeMissing';
import { purposeNotCovered } from './rules/purposeNotCovered';
import { retentionMissing } from './rules/retentionMissing';
import { specialConditionMissing } from './rules/specialConditionMissing';
import { transferExpired } from './rules/transferExpired';
import { transferMissing } from './rules/transferMissing';
import { transferUndocumented } from './rules/transferUndocumented';

/** Every rule about the map, in the order in which its findings are shown within a severity. */
export const FINDING_RULES: readonly FindingRule[] = [
  specialConditionMissing,
  criminalWithoutLaw,
  lawfulBasisMissing,
  purposeMissing,
  transferMissing,
  transferExpired,
  processorWithoutContract,
  contractExpired,
  consentRecordMissing,
  consentNotAsked,
  purposeNotCovered,
  retentionMissing,
  placeMissing,
  transferUndocumented,
  adequacyUnknown,
  featureNotOnMap,
  needlessFeature,
  featureNotAssessed,
  measuresMissing,
];

const WEIGHT: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/**
 * Every rule that the map does not meet, the heaviest first.
 *
 * An acceptance counts while it has not expired and the finding says what it said then; of several, the newest.
 *
 * @param acceptances in any order
 * @param today calendar day in UTC
 * Cost: O(rules x (flows + nodes + features))
 */
export function findingsOf(
  view: FlowView,
  acceptances: readonly Acceptance[],
  today: CalendarDay,
): readonly Finding[] {
  const standing = newestByKey(acceptances);
  return FINDING_RULES.flatMap((rule) =>
    rule.find({ view, today }).map((breach) => {
      const key = keyOf(rule, breach);
      const acceptance = standing.get(key);
      const isAccepted =
        acceptance !== undefined &&
        acceptance.findingText === breach.text &&
        acceptance.expiresOn >= today;
      return { ...breach, rule, key, acceptance: isAccepted ? acceptance : null };
    }),
  ).toSorted((a, b) => WEIGHT[a.rule.severity] - WEIGHT[b.rule.severity]);
}

function keyOf({ id }: FindingRule, { elementId, featureId }: Breach): string {
  return [id, elementId ?? 'map', ...(featureId === undefined ? [] : [featureId])].join(':');
}

function newestByKey(acceptances: readonly Acceptance[]): ReadonlyMap<string, Acceptance> {
  const newest = new Map<string, Acceptance>();
  for (const one of acceptances) {
    const before = newest.get(one.findingKey);
    if (before === undefined || before.acceptedAtUtc <= one.acceptedAtUtc)
      newest.set(one.findingKey, one);
  }
  return newest;
}
