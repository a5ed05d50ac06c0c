import type { ArmRows, MetricEvidence } from '../../shared/canary/canaryEvidence';
import type { CanaryCase } from '../../shared/canary/canaryJudge';
import { defaultPlan, type CanaryPlan } from '../../shared/canary/canaryPlan';

type Look = CanaryCase['looks'][number];

export const ACCURACY: CanaryPlan = {
  ...defaultPlan('correct', 'binary', 0.83),
  margin: { value: 0.02, scale: 'absolute' },
};

export function armRows(rows: number, changed: Partial<ArmRows> = {}): ArmRows {
  return {
    rows,
    notMatured: 0,
    infinite: 0,
    repeated: 0,
    inBothArms: 0,
    winsorised: 0,
    ...changed,
  };
}

/** A look at two rates. */
export function rateLook(
  control: readonly [count: number, n: number],
  candidate: readonly [count: number, n: number],
  guardrails: readonly MetricEvidence[] = [],
): Look {
  return {
    control: armRows(control[1]),
    candidate: armRows(candidate[1]),
    primary: {
      kind: 'rate',
      control: { count: control[0], n: control[1] },
      candidate: { count: candidate[0], n: candidate[1] },
    },
    guardrails,
  };
}

export function caseOf(plan: CanaryPlan, ...looks: readonly Look[]): CanaryCase {
  return { plan, looks, looksBeforePlan: 0 };
}
