import { z } from 'zod';
import { GROUP_DESIGNS } from '../stats/groupDesigns';

/** Rules of the judge; a change of what a verdict means raises it. */
export const CANARY_POLICY_VERSION = 1;

export const METRIC_KINDS = ['binary', 'continuous', 'ranked'] as const;
export const MetricKind = z.enum(METRIC_KINDS);
export type MetricKind = z.infer<typeof MetricKind>;

const ColumnName = z.string().min(1).max(1024);
const Share = z.number().gt(0).lt(1);
export const Direction = z.enum(['higherIsBetter', 'lowerIsBetter']);
export type Direction = z.infer<typeof Direction>;

/** How much worse is still acceptable. */
const Margin = z.strictObject({
  value: z.number().gt(0).max(1e12),
  /** Relative: a share of the control's value; absolute: in the unit of the metric. */
  scale: z.enum(['relative', 'absolute']),
});
export type Margin = z.infer<typeof Margin>;

/** What decides: one column of the data. */
const PrimaryMetric = z.strictObject({
  column: ColumnName,
  kind: MetricKind,
  /** Ranked only: the column that holds the class; `column` is the score then. */
  labelColumn: ColumnName.nullable(),
  direction: Direction,
});

const GuardrailBase = z.strictObject({
  column: ColumnName,
  /** A critical one alone is reason to roll back. */
  isCritical: z.boolean(),
});

/** What must not get worse beside the primary metric. */
export const Guardrail = z.discriminatedUnion('kind', [
  GuardrailBase.extend({ kind: z.literal('rate'), direction: Direction, margin: Margin }),
  GuardrailBase.extend({ kind: z.literal('mean'), direction: Direction, margin: Margin }),
  GuardrailBase.extend({
    kind: z.literal('quantile'),
    quantile: Share,
    direction: Direction,
    margin: Margin,
  }),
  /** The candidate's rate against a fixed ceiling, whatever the control does. */
  GuardrailBase.extend({ kind: z.literal('rateLimit'), limit: Share }),
]);
export type Guardrail = z.infer<typeof Guardrail>;

/** Whether one may look as often as one likes, or at planned looks only. */
const Design = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alwaysValid') }),
  z.strictObject({
    kind: z.literal('fixedLooks'),
    bounds: z.enum(GROUP_DESIGNS),
    looks: z.number().int().min(1).max(20),
    /** Candidate rows at the last look. */
    candidateRows: z.number().int().positive(),
  }),
]);

/** What was decided before the data came; every revision is kept. */
export const CanaryPlan = z.strictObject({
  policyVersion: z.literal(CANARY_POLICY_VERSION),
  primary: PrimaryMetric,
  margin: Margin,
  /** One-sided: chance to promote a candidate that is worse by the margin, and to roll back an equal one. */
  alpha: z.number().gt(0).max(0.2),
  power: z.number().min(0.5).lt(1),
  minimumRows: z.number().int().min(2).max(1e9),
  candidateShare: z.number().min(0.001).max(0.9),
  /** Shares of traffic to go through, ascending. */
  ramp: z.array(Share).max(20).readonly(),
  design: Design,
  /** Worse: the drop is beyond the margin and no chance; beyondMargin: the whole interval is beyond it. */
  rollBackOn: z.enum(['worse', 'beyondMargin']),
  /** What a verdict to roll back leads to; `rollBack`: by itself, once the plan is approved. Absent: recommend. */
  onRollBack: z.enum(['recommend', 'rollBack']).optional(),
  guardrails: z.array(Guardrail).max(20).readonly(),
  /** Share at either end of each look that is set to the next value inside; 0 keeps everything. */
  winsorisedShare: z.number().min(0).max(0.1),
  /** What the planner reckons with. */
  expected: z.strictObject({
    controlValue: z.number(),
    /** Of one row; null for rates, where it follows from the value, and for ranked metrics. */
    standardDeviation: z.number().gt(0).nullable(),
    /** Labelled rows of both arms together; null when not known. */
    rowsPerDay: z.number().gt(0).nullable(),
    /** Ranked only: share of rows of the positive class. */
    positiveShare: Share.nullable(),
  }),
});
export type CanaryPlan = z.infer<typeof CanaryPlan>;

/** The usual plan for a metric: 5 % of traffic, a relative margin of 2 %, looks at any time. */
export function defaultPlan(column: string, kind: MetricKind, controlValue: number): CanaryPlan {
  return {
    policyVersion: CANARY_POLICY_VERSION,
    primary: { column, kind, labelColumn: null, direction: 'higherIsBetter' },
    margin: { value: 0.02, scale: 'relative' },
    alpha: 0.05,
    power: 0.8,
    minimumRows: 100,
    candidateShare: 0.05,
    ramp: [0.01, 0.05, 0.1, 0.25, 0.5],
    design: { kind: 'alwaysValid' },
    rollBackOn: 'worse',
    guardrails: [],
    winsorisedShare: 0,
    expected: {
      controlValue,
      standardDeviation: null,
      rowsPerDay: null,
      positiveShare: kind === 'ranked' ? 0.5 : null,
    },
  };
}

/** The margin in the unit of the metric, as it was planned: never moved by the data. */
export function plannedMargin({ margin, expected }: CanaryPlan): number {
  return absoluteMargin(margin, expected.controlValue);
}

/** A margin in the unit of its metric, given the control's value. */
export function absoluteMargin(margin: Margin, controlValue: number): number {
  return margin.scale === 'absolute' ? margin.value : margin.value * Math.abs(controlValue);
}

/** What a plan measures: while looks are there, a new revision must not change it. */
export function measuredPart({ primary, guardrails, winsorisedShare }: CanaryPlan): unknown {
  const columns = guardrails.map(({ column, kind }) => ({ column, kind }));
  return { primary, columns, winsorisedShare };
}
