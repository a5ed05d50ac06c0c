import { CORRECTION_WORDS } from '../drift/driftPolicy';
import { adjustPValues, type PAdjustMethod } from '../stats/adjustPValues';
import { normalSf } from '../stats/distributions';
import { judgeRule, measuredBy, type MeasuredWindow } from './judgePolicy';
import type { MetricRule, PerformancePolicy, RuleFinding } from './performancePolicy';

const METHODS: Readonly<Record<keyof typeof CORRECTION_WORDS, PAdjustMethod>> = {
  benjaminiHochberg: 'bh',
  holm: 'holm',
  bonferroni: 'bonferroni',
  none: 'none',
};
const Z_95 = 1.959963984540054;
/** One-sided: the whole 95 % interval lies beyond the limit. */
export const RULE_ALPHA = 0.025;

/** Judges one window by every rule that is on, corrected for how many are asked where the policy says so. */
export function judgeRules(
  policy: PerformancePolicy,
  window: MeasuredWindow,
  nBrokenBefore: (ruleId: string) => number,
): RuleFinding[] {
  const uncertain = uncertainRules(policy, window);
  return policy.rules
    .filter(({ isEnabled }) => isEnabled)
    .map((rule) =>
      judgeCorrected(rule, window, { nBrokenBefore: nBrokenBefore(rule.id), uncertain }),
    );
}

/** What the correction over all rules leaves of single ones in a window. */
export interface Corrected {
  readonly nBrokenBefore: number;
  /** See {@link uncertainRules}. */
  readonly uncertain: UncertainRules;
}

/** As {@link judgeRule}, but inconclusive where the correction takes the certainty away. */
export function judgeCorrected(
  rule: MetricRule,
  window: MeasuredWindow,
  { nBrokenBefore, uncertain }: Corrected,
): RuleFinding {
  const finding = judgeRule(rule, window, nBrokenBefore);
  const isBreach = finding.verdict === 'broken' || finding.verdict === 'pending';
  if (!isBreach || !uncertain.ids.has(rule.id)) return finding;
  const sentence = `${finding.sentence} Not certain after the correction over ${uncertain.nTested} rules (${uncertain.words}), so it does not count.`;
  return { ...finding, verdict: 'inconclusive', sentence };
}

export interface UncertainRules {
  readonly ids: ReadonlySet<string>;
  /** Rules that ask for certainty and could be judged. */
  readonly nTested: number;
  readonly words: string;
}

/**
 * The rules whose breach, if there is one, chance could give among so many rules.
 *
 * A rule for a segment is a rule of its own, so segments are corrected for as well. Rules that do not ask for
 * certainty take no part.
 */
export function uncertainRules(policy: PerformancePolicy, window: MeasuredWindow): UncertainRules {
  const correction = policy.correction ?? 'none';
  if (correction === 'none') return { ids: new Set(), nTested: 0, words: CORRECTION_WORDS.none };
  const tested = policy.rules.filter(asksForCertainty).flatMap((rule) => {
    const pValue = chanceOf(rule, window);
    return pValue === null ? [] : [{ id: rule.id, pValue }];
  });
  const adjusted = adjustPValues(
    tested.map(({ pValue }) => pValue),
    METHODS[correction],
  );
  const ids = tested.flatMap(({ id }, i) => ((adjusted[i] ?? 1) > RULE_ALPHA ? [id] : []));
  return { ids: new Set(ids), nTested: tested.length, words: CORRECTION_WORDS[correction] };
}

/** How many rules a correction counts; 1 without one. */
export function nCorrectedFor({ rules, correction = 'none' }: PerformancePolicy): number {
  return correction === 'none' ? 1 : Math.max(1, rules.filter(asksForCertainty).length);
}

function asksForCertainty({ isEnabled, certainty }: MetricRule): boolean {
  return isEnabled && certainty === 'significance';
}

/** Chance of a value at least as far beyond the limit if the metric truly lies on it; null where not assessed. */
function chanceOf(rule: MetricRule, window: MeasuredWindow): number | null {
  const { verdict, value, limit } = judgeRule(rule, window, 0);
  const interval = measuredBy(rule, window)?.interval ?? null;
  if (verdict === 'notAssessed' || value === null || limit === null || interval === null)
    return null;
  const beyond = rule.direction === 'below' ? limit - value : value - limit;
  const error = (interval[1] - interval[0]) / 2 / Z_95;
  return error > 0 ? normalSf(beyond / error) : Number(beyond <= 0);
}
