import { z } from 'zod';
import { normalQuantile, normalSf } from '../stats/distributions';
import { judgeRule, measuredBy, type MeasuredWindow } from './judgePolicy';
import {
  judgeCorrected,
  nCorrectedFor,
  RULE_ALPHA,
  uncertainRules,
  type UncertainRules,
} from './judgeRules';
import {
  isBeyond,
  limitOf,
  type MetricRule,
  type PerformancePolicy,
  type RuleFinding,
} from './performancePolicy';

const DAYS_PER_MONTH = 30.4375;
const Z_95 = 1.959963984540054;

/** A past window, for replaying a policy over it. */
export interface PastWindow extends MeasuredWindow {
  readonly label: string;
  /** First and last day it covers; null when not said. */
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
}

/** What a rule would have done, and how often chance alone would set it off. */
export const RuleReplay = z.strictObject({
  ruleId: z.string(),
  nWindows: z.number().int().nonnegative(),
  nAssessed: z.number().int().nonnegative(),
  nAlerts: z.number().int().nonnegative(),
  /** Labels of the windows in which it would have fired. */
  firedIn: z.array(z.string()).readonly(),
  /** Windows whose whole interval lies beyond the limit, in which it would have kept silent. */
  missed: z.array(z.string()).readonly(),
  /** Null while the windows do not say what days they cover. */
  alertsPerMonth: z.number().nonnegative().nullable(),
  /** Chance that one window of the usual size fires though nothing changed; null without an interval. */
  falseAlarmShare: z.number().min(0).max(1).nullable(),
  /** Rows of the window that this chance is for. */
  typicalN: z.number().int().nonnegative().nullable(),
});
export type RuleReplay = z.infer<typeof RuleReplay>;

/**
 * Replays the rules of a policy over the windows of a model, as if they had always held.
 *
 * @param windows in the order of time
 * @returns one entry per rule, in their order
 */
export function replayRules(
  policy: PerformancePolicy,
  windows: readonly PastWindow[],
): readonly RuleReplay[] {
  const uncertain = windows.map((window) => uncertainRules(policy, window));
  return policy.rules.map((rule) =>
    replayRule(rule, windows, { uncertain, nRules: nCorrectedFor(policy) }),
  );
}

interface Correction {
  /** Per window. */
  readonly uncertain: readonly UncertainRules[];
  readonly nRules: number;
}

function replayRule(
  rule: MetricRule,
  windows: readonly PastWindow[],
  { uncertain, nRules }: Correction,
): RuleReplay {
  const findings: RuleFinding[] = [];
  let nInARow = 0;
  for (const [i, window] of windows.entries()) {
    const corrected = { nBrokenBefore: nInARow, uncertain: uncertain[i]! };
    const finding = judgeCorrected(rule, window, corrected);
    nInARow = isBreach(finding) ? nInARow + 1 : 0;
    findings.push(finding);
  }
  const labelsWhere = (is: (finding: RuleFinding, at: number) => boolean): string[] =>
    windows.flatMap(({ label }, at) => (is(findings[at]!, at) ? [label] : []));
  const firedIn = labelsWhere(({ verdict }) => verdict === 'broken');
  const nMonths = monthsCovered(windows);
  return {
    ruleId: rule.id,
    nWindows: windows.length,
    nAssessed: findings.filter(({ verdict }) => verdict !== 'notAssessed').length,
    nAlerts: firedIn.length,
    firedIn,
    missed: labelsWhere(
      ({ verdict }, at) => verdict !== 'broken' && isSurelyBeyond(rule, windows[at]!),
    ),
    alertsPerMonth: nMonths === null ? null : firedIn.length / nMonths,
    ...chanceOfFiring(rule, windows, nRules),
  };
}

function isBreach({ verdict }: RuleFinding): boolean {
  return verdict === 'broken' || verdict === 'pending';
}

/** The drop is there beyond the interval, whatever the rule asks for beside it. */
function isSurelyBeyond(rule: MetricRule, window: PastWindow): boolean {
  const bare = { ...rule, minN: 1, consecutive: 1, certainty: 'significance' } as const;
  return judgeRule(bare, window, 0).verdict === 'broken';
}

function monthsCovered(windows: readonly PastWindow[]): number | null {
  const days = windows.flatMap(({ periodStart, periodEnd }) =>
    periodStart === null ? [] : [Date.parse(periodStart), Date.parse(periodEnd ?? periodStart)],
  );
  if (days.length === 0) return null;
  const span = (Math.max(...days) - Math.min(...days)) / 86_400_000 + 1;
  return Math.max(1, span) / DAYS_PER_MONTH;
}

/**
 * Chance that a window of the usual size sets the rule off while the metric truly stays where it was:
 * at its baseline, or without one where the middle window of the history lies.
 */
function chanceOfFiring(
  rule: MetricRule,
  windows: readonly PastWindow[],
  nRules: number,
): Pick<RuleReplay, 'falseAlarmShare' | 'typicalN'> {
  const usable = windows.flatMap((window) => {
    const { value, n, limit, baseline } = judgeRule({ ...rule, minN: 1 }, window, 0);
    const interval = measuredBy(rule, window)?.interval ?? null;
    if (value === null || limit === null || interval === null) return [];
    return [{ n, value, limit, baseline, error: (interval[1] - interval[0]) / 2 / Z_95 }];
  });
  const middle = usable.toSorted((a, b) => a.n - b.n)[Math.floor(usable.length / 2)];
  if (middle === undefined) return { falseAlarmShare: null, typicalN: null };
  const centre =
    middle.baseline ??
    usable.map(({ value }) => value).toSorted((a, b) => a - b)[Math.floor(usable.length / 2)]!;
  const limit = limitOf(rule, centre) ?? middle.limit;
  const away = rule.direction === 'below' ? centre - limit : limit - centre;
  // Among so many rules that hold, Holm and Benjamini-Hochberg ask the first for as much as Bonferroni does.
  const asked = rule.certainty === 'significance' ? -normalQuantile(RULE_ALPHA / nRules) : 0;
  const once =
    middle.error > 0
      ? normalSf(away / middle.error + asked)
      : Number(isBeyond(rule, centre, limit));
  return { falseAlarmShare: once ** rule.consecutive, typicalN: middle.n };
}
