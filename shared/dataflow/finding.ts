import { z } from 'zod';
import type { FeatureId } from '../base/ids';
import { ReasonText } from '../base/text';
import { CalendarDay, UtcInstant } from '../base/time';
import type { Flow, FlowElementId } from './flowMap';
import type { FlowView, ResolvedFlow } from './flowView';

/** How much a finding weighs: the law is broken as it stands, something is missing, worth a look. */
export type Severity = 'high' | 'medium' | 'low';

/** What a rule looks at: the map, and the day on which it is looked at. */
export interface RuleFacts {
  readonly view: FlowView;
  /** Calendar day in UTC. */
  readonly today: CalendarDay;
}

/** Where a rule is not met, and what is wrong there in one sentence. */
export interface Breach {
  /** The flow or node it is about; null: the map as a whole. */
  readonly elementId: FlowElementId | null;
  /** Where one feature is meant. */
  readonly featureId?: FeatureId;
  readonly text: string;
}

/** One rule about the map. Each stands in a file of its own with its legal source. */
export interface FindingRule {
  /** Stays for ever: acceptances name it. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Where the law says so. */
  readonly source: string;
  readonly explanation: string;
  readonly fix: string;
  /** Every place where it is not met. Cost: O(flows + nodes + features) */
  find(facts: RuleFacts): readonly Breach[];
}

/** A rule that is not met at one place. */
export interface Finding extends Breach {
  readonly rule: FindingRule;
  /** The same for the same rule at the same place. */
  readonly key: string;
  /** The decision that lets it stand; null while it is open. */
  readonly acceptance: Acceptance | null;
}

/** Somebody's decision to let a finding stand for some time. */
export const Acceptance = z.strictObject({
  findingKey: z.string().min(1).max(200),
  /** What the finding said; where it says something else, it is open again. */
  findingText: z.string().min(1).max(2000),
  reason: ReasonText,
  /** The last day on which it holds. */
  expiresOn: CalendarDay,
  acceptedAtUtc: UtcInstant,
  acceptedBy: z.string(),
});
export type Acceptance = z.infer<typeof Acceptance>;

/** A rule that asks something of every flow with data about people. */
export function personalFlowRule(
  rule: Omit<FindingRule, 'find'>,
  breach: (flow: ResolvedFlow, facts: RuleFacts) => string | null,
): FindingRule {
  return {
    ...rule,
    find: (facts) =>
      facts.view.flows.flatMap((one) => {
        const text = one.isPersonal ? breach(one, facts) : null;
        return text === null ? [] : [{ elementId: one.flow.id, text }];
      }),
  };
}

/** Whether a last day has passed. */
export function isOver(lastDay: CalendarDay | null, today: CalendarDay): boolean {
  return lastDay !== null && lastDay < today;
}

/** Whether a flow rests on people's consent, in either article. */
export function restsOnConsent({ lawfulBasis, specialCondition }: Flow): boolean {
  return lawfulBasis === 'consent' || specialCondition === 'explicitConsent';
}
