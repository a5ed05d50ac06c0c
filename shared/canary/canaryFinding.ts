import type { Effect } from './canaryEffect';
import type { CanaryJudgement, CanaryVerdictKind, LookEffect } from './canaryJudgement';
import type { CanaryPlan } from './canaryPlan';

/** Below, the split is not the planned one and the arms are no fair comparison. */
export const SAMPLE_RATIO_ALPHA = 0.001;

/** Everything that the sentences are made from. */
export interface CanaryFinding {
  readonly plan: CanaryPlan;
  readonly effect: Effect;
  readonly last: LookEffect;
  readonly margin: number;
  /** What the primary metric alone speaks for. */
  readonly side: CanaryVerdictKind;
  readonly sampleRatio: CanaryJudgement['sampleRatio'];
  readonly guardrails: CanaryJudgement['guardrails'];
  readonly moreRows: number | null;
}

/** The effect turned so that more is better. */
export function towardsBetter(plan: CanaryPlan, value: number): number {
  return plan.primary.direction === 'higherIsBetter' ? value : -value;
}
