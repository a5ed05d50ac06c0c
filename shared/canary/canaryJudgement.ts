import { z } from 'zod';
import { ArmRows } from './canaryEvidence';
import { CANARY_POLICY_VERSION } from './canaryPlan';

export const CANARY_VERDICTS = ['promote', 'hold', 'rollBack'] as const;
export const CanaryVerdictKind = z.enum(CANARY_VERDICTS);
export type CanaryVerdictKind = z.infer<typeof CanaryVerdictKind>;

const Interval = z.tuple([z.number(), z.number()]).readonly();
const Probability = z.number().min(0).max(1);
const Count = z.number().int().nonnegative();

/** One reason of a verdict: a sentence that names figure, threshold and test. */
const Reason = z.strictObject({
  about: z.enum(['sampleRatio', 'rows', 'primary', 'guardrail', 'plan']),
  /** For, against, or neither. */
  speaksFor: z.enum(['promote', 'hold', 'rollBack']).nullable(),
  sentence: z.string(),
});
export type CanaryReason = z.infer<typeof Reason>;

/** The effect after one look, in the unit of the metric. */
const LookEffect = z.strictObject({
  look: z.number().int().positive(),
  controlRows: Count,
  candidateRows: Count,
  difference: z.number().nullable(),
  /** Holds at every look at once; null before the rows can carry one. */
  interval: Interval.nullable(),
  /** Of no difference, two-sided; always valid: the smallest so far. 1 before the rows can carry one. */
  pValue: Probability,
});
export type LookEffect = z.infer<typeof LookEffect>;

/** One test, shown beside the others; only the deciding one counts. */
const TestResult = z.strictObject({
  name: z.string(),
  isDeciding: z.boolean(),
  statistic: z.string(),
  estimate: z.string(),
  estimateValue: z.number().nullable(),
  interval: Interval.nullable(),
  pValue: Probability.nullable(),
  /** When it may be believed. */
  note: z.string(),
});
export type CanaryTest = z.infer<typeof TestResult>;

const GuardrailFinding = z.strictObject({
  column: z.string(),
  /** "p95", "mean", "rate", "rate against a limit". */
  measure: z.string(),
  isCritical: z.boolean(),
  control: z.number().nullable(),
  candidate: z.number().nullable(),
  /** Candidate minus control, or minus the limit. */
  difference: z.number().nullable(),
  interval: Interval.nullable(),
  /** What is allowed in the harmful direction, in the unit of the metric. */
  allowed: z.number().nullable(),
  /** One-sided for harm, valid at every look, corrected over guardrails (Holm). */
  pValue: Probability.nullable(),
  state: z.enum(['kept', 'unclear', 'broken', 'notAssessed']),
});
export type GuardrailFinding = z.infer<typeof GuardrailFinding>;

/** What the judge finds; a pure function of plan and looks, the same to the byte whenever it is asked. */
export const CanaryJudgement = z.strictObject({
  policyVersion: z.literal(CANARY_POLICY_VERSION),
  verdict: CanaryVerdictKind,
  /** True: something is wrong with the comparison itself, and nothing was judged. */
  isBlocked: z.boolean(),
  sentence: z.string(),
  /** Candidate rows that are still missing; null when none are, or when no number can be named. */
  moreRows: Count.nullable(),
  reasons: z.array(Reason).readonly(),
  rows: z.strictObject({ control: ArmRows, candidate: ArmRows }),
  primary: z.strictObject({
    control: z.number().nullable(),
    candidate: z.number().nullable(),
    difference: z.number().nullable(),
    /** Difference as a share of the control's value. */
    relative: z.number().nullable(),
    relativeInterval: Interval.nullable(),
    interval: Interval.nullable(),
    /** What the candidate may be worse, in the unit of the metric. */
    margin: z.number(),
    /** One-sided error of each end of the interval. */
    alpha: z.number(),
    method: z.string(),
  }),
  path: z.array(LookEffect).readonly(),
  tests: z.array(TestResult).readonly(),
  guardrails: z.array(GuardrailFinding).readonly(),
  sampleRatio: z.strictObject({
    planned: z.number(),
    observed: z.number().nullable(),
    chiSquare: z.number(),
    pValue: Probability,
    alwaysValidPValue: Probability,
    isMismatch: z.boolean(),
  }),
});
export type CanaryJudgement = z.infer<typeof CanaryJudgement>;
