import { formatCount } from '../base/formatNumber';
import { METRIC_FACTS, formatMetric } from './metric';
import {
  isBeyond,
  limitOf,
  ruleWords,
  type MetricRule,
  type RuleFinding,
  type Segment,
} from './performancePolicy';
import type { BaselineValue, MetricValue, SegmentFigures } from './performanceReport';

/** What a rule looks at in one window. */
export interface MeasuredWindow {
  readonly metrics: readonly MetricValue[];
  readonly segments: readonly Pick<SegmentFigures, 'column' | 'value' | 'metrics'>[];
  readonly baseline: readonly BaselineValue[];
  readonly currency: string | null;
}

/**
 * Judges one window by one rule.
 *
 * @param nBrokenBefore windows directly before this one that were broken as well
 */
export function judgeRule(
  rule: MetricRule,
  window: MeasuredWindow,
  nBrokenBefore: number,
): RuleFinding {
  const found = measuredBy(rule, window);
  const baseline =
    window.baseline.find(
      ({ metric, segment }) => metric === rule.metric && isSameSegment(segment, rule.segment),
    )?.value ?? null;
  const limit = limitOf(rule, baseline);
  const facts = {
    ruleId: rule.id,
    metric: rule.metric,
    segment: rule.segment,
    value: found?.value ?? null,
    limit,
    baseline,
    n: found?.n ?? 0,
  };
  const obstacle = obstacleTo(rule, found, limit);
  if (obstacle !== null || found === undefined || found.value === null || limit === null) {
    return { ...facts, verdict: 'notAssessed', sentence: obstacle ?? 'Not measured.' };
  }
  const verdict = verdictOf(rule, found.value, found.interval, limit, nBrokenBefore);
  return { ...facts, verdict, sentence: sentenceOf(rule, found, limit, verdict, window.currency) };
}

function isSameSegment(a: Segment | null, b: Segment | null): boolean {
  return a?.column === b?.column && a?.value === b?.value;
}

/** What a window has of the metric and segment that a rule is about. */
export function measuredBy(rule: MetricRule, window: MeasuredWindow): MetricValue | undefined {
  const { segment } = rule;
  const metrics =
    segment === null
      ? window.metrics
      : window.segments.find(
          ({ column, value }) => column === segment.column && value === segment.value,
        )?.metrics;
  return metrics?.find(({ metric }) => metric === rule.metric);
}

function obstacleTo(
  rule: MetricRule,
  found: MetricValue | undefined,
  limit: number | null,
): string | null {
  const { label, needs } = METRIC_FACTS[rule.metric];
  if (found === undefined) {
    return needs === 'outcomes'
      ? `${label} is not measured in this window.`
      : `${label} is not in this log.`;
  }
  if (found.value === null) return found.reason ?? `${label} cannot be measured.`;
  if (found.n < rule.minN)
    return `${formatCount(found.n)} rows; the rule asks for ${formatCount(rule.minN)}.`;
  if (limit === null) return `There is no baseline of ${label} to compare with.`;
  return null;
}

function verdictOf(
  rule: MetricRule,
  value: number,
  interval: MetricValue['interval'],
  limit: number,
  nBrokenBefore: number,
): RuleFinding['verdict'] {
  if (!isBeyond(rule, value, limit)) return 'holds';
  if (rule.certainty === 'significance') {
    if (interval === null) return 'inconclusive';
    const nearest = rule.direction === 'below' ? interval[1] : interval[0];
    if (!isBeyond(rule, nearest, limit)) return 'inconclusive';
  }
  return nBrokenBefore + 1 >= rule.consecutive ? 'broken' : 'pending';
}

function sentenceOf(
  rule: MetricRule,
  { value, interval, n }: MetricValue,
  limit: number,
  verdict: RuleFinding['verdict'],
  currency: string | null,
): string {
  const write = (figure: number): string => formatMetric(rule.metric, figure, currency);
  const where =
    rule.segment === null ? '' : ` where \`${rule.segment.column}\` is \`${rule.segment.value}\``;
  const between =
    interval === null ? '' : `, 95 % interval ${write(interval[0])} to ${write(interval[1])}`;
  const measured = `${METRIC_FACTS[rule.metric].label}${where} is ${write(value ?? 0)} (n = ${formatCount(n)}${between})`;
  const beyond = `${rule.direction} the limit of ${write(limit)}`;
  if (verdict === 'holds') return `${measured}, not ${beyond}.`;
  if (verdict === 'inconclusive')
    return `${measured}, ${beyond}, but so few rows cannot tell that from chance.`;
  if (verdict === 'pending')
    return `${measured}, ${beyond}; the rule asks for ${rule.consecutive} such windows in a row.`;
  return `${measured}, ${beyond}: ${ruleWords(rule, currency)}.`;
}

/** How many of the newest windows in a row a rule found broken; `findings` newest first. */
export function brokenInARow(
  ruleId: string,
  findings: readonly (readonly RuleFinding[])[],
): number {
  const first = findings.findIndex((window) => {
    const verdict = window.find((finding) => finding.ruleId === ruleId)?.verdict;
    return verdict !== 'broken' && verdict !== 'pending';
  });
  return first < 0 ? findings.length : first;
}
