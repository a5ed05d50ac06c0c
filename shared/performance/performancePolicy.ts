import { z } from 'zod';
import { CORRECTIONS } from '../drift/driftPolicy';
import { METRIC_FACTS, Metric, formatMetric } from './metric';

export const SEVERITIES = ['warning', 'critical'] as const;
export const RULE_ACTIONS = [
  'alert',
  'openIncident',
  'recommendRollback',
  'rollBack',
  'retrain',
] as const;
export const COMPARISONS = ['absolute', 'relativeToBaseline', 'differenceToBaseline'] as const;

/** Predictions that share a value of one column; null is all of them. */
export const Segment = z.strictObject({
  column: z.string().min(1).max(1024),
  value: z.string().max(1024),
});
export type Segment = z.infer<typeof Segment>;

/** When one metric counts as broken. */
export const MetricRule = z.strictObject({
  id: z.string().min(1).max(60),
  metric: Metric,
  segment: Segment.nullable(),
  /** On which side of the limit it is broken. */
  direction: z.enum(['below', 'above']),
  /** Whether the threshold is the limit itself, or how far the metric may move from its baseline. */
  comparison: z.enum(COMPARISONS),
  threshold: z.number().min(-1e9).max(1e9),
  /** Windows with fewer rows are not assessed. */
  minN: z.number().int().min(1).max(10_000_000),
  /** Broken windows in a row before it counts. */
  consecutive: z.number().int().min(1).max(12),
  /** `significance` also asks that the whole interval lies beyond the limit; `source` is the bare rule. */
  certainty: z.enum(['significance', 'source']),
  severity: z.enum(SEVERITIES),
  action: z.enum(RULE_ACTIONS),
  isEnabled: z.boolean(),
});
export type MetricRule = z.infer<typeof MetricRule>;

export const PerformancePolicy = z
  .strictObject({
    rules: z.array(MetricRule).max(60).readonly(),
    /** Over the rules that ask for certainty, those for segments included. Not said: none. */
    correction: z.enum(CORRECTIONS).optional(),
  })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    message: 'two rules have the same identifier',
  });
export type PerformancePolicy = z.infer<typeof PerformancePolicy>;

export const RULE_VERDICTS = ['broken', 'pending', 'inconclusive', 'holds', 'notAssessed'] as const;

/** What a rule found in one window. */
export const RuleFinding = z.strictObject({
  ruleId: z.string(),
  metric: Metric,
  segment: Segment.nullable(),
  /**
   * pending: broken here, but not yet often enough in a row; inconclusive: beyond the limit, but these
   * rows cannot tell it from chance.
   */
  verdict: z.enum(RULE_VERDICTS),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  baseline: z.number().nullable(),
  n: z.number().int().nonnegative(),
  sentence: z.string(),
});
export type RuleFinding = z.infer<typeof RuleFinding>;

const usual = {
  segment: null,
  consecutive: 1,
  certainty: 'significance',
  severity: 'warning',
  action: 'alert',
  isEnabled: true,
} as const;
const drop = {
  ...usual,
  direction: 'below',
  comparison: 'relativeToBaseline',
  threshold: 0.05,
  minN: 100,
  severity: 'critical',
} as const;
const above = { ...usual, direction: 'above', comparison: 'absolute', minN: 30 } as const;

/** The default rules; the fifth, how far features move, is the drift policy. */
export const DEFAULT_PERFORMANCE_POLICY: PerformancePolicy = {
  rules: [
    { ...drop, id: 'accuracy', metric: 'accuracy' },
    { ...drop, id: 'auc', metric: 'auc' },
    { ...above, id: 'latency', metric: 'latencyP95', threshold: 500 },
    { ...above, id: 'errors', metric: 'errorRate', threshold: 0.01 },
    { ...above, id: 'cost', metric: 'costPerPrediction', threshold: 0.0001 },
  ],
};

/**
 * The value beyond which a rule is broken.
 *
 * @returns null when it needs a baseline and there is none
 */
export function limitOf(rule: MetricRule, baseline: number | null): number | null {
  if (rule.comparison === 'absolute') return rule.threshold;
  if (baseline === null) return null;
  const move =
    rule.comparison === 'relativeToBaseline' ? Math.abs(baseline) * rule.threshold : rule.threshold;
  return rule.direction === 'below' ? baseline - move : baseline + move;
}

/** True when a value lies strictly on the broken side of the limit. */
export function isBeyond(rule: MetricRule, value: number, limit: number): boolean {
  return rule.direction === 'below' ? value < limit : value > limit;
}

/** A rule as people read it, e.g. `Accuracy more than 5 % below its baseline`. */
export function ruleWords(rule: MetricRule, currency: string | null): string {
  const { label } = METRIC_FACTS[rule.metric];
  const side = rule.direction;
  const where =
    rule.segment === null ? '' : ` where ${rule.segment.column} is ${rule.segment.value}`;
  if (rule.comparison === 'absolute')
    return `${label} ${side} ${formatMetric(rule.metric, rule.threshold, currency)}${where}`;
  const far =
    rule.comparison === 'relativeToBaseline'
      ? `${Number((rule.threshold * 100).toPrecision(3))} %`
      : formatMetric(rule.metric, rule.threshold, currency);
  return `${label} more than ${far} ${side} its baseline${where}`;
}
