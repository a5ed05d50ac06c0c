import { adjustPValues } from '../stats/adjustPValues';
import { betaBinomialEvidence } from '../stats/evidenceValue';
import { mixtureTest } from '../stats/mixtureTest';
import { effectOf } from './canaryEffect';
import type { MetricEvidence } from './canaryEvidence';
import type { GuardrailFinding } from './canaryJudgement';
import { absoluteMargin, type CanaryPlan, type Guardrail } from './canaryPlan';

type Measured = Omit<GuardrailFinding, 'state'> & {
  /** In the harmful direction, beyond what is allowed when positive. */
  readonly excess: number | null;
};

/**
 * Judges the guardrails, one per plan entry.
 *
 * Each has a one-sided p-value for harm that holds at every look; Holm's correction keeps the chance that any of
 * them cries wolf at alpha. Broken: worse than allowed, and no chance. Unclear: worse than allowed, but it may be
 * chance. Kept: not worse than allowed.
 */
export function judgeGuardrails(
  plan: CanaryPlan,
  evidence: readonly MetricEvidence[],
): readonly GuardrailFinding[] {
  const measured = plan.guardrails.map((guardrail, i) =>
    measure(guardrail, evidence[i]!, plan.alpha),
  );
  const adjusted = adjustPValues(
    measured.map(({ pValue }) => pValue),
    'holm',
  );
  return measured.map(({ excess, ...finding }, i) => {
    const pValue = adjusted[i] ?? null;
    const state =
      excess === null || pValue === null
        ? 'notAssessed'
        : excess <= 0
          ? 'kept'
          : pValue <= plan.alpha
            ? 'broken'
            : 'unclear';
    return { ...finding, pValue, state };
  });
}

function measure(guardrail: Guardrail, evidence: MetricEvidence, alpha: number): Measured {
  if (guardrail.kind === 'rateLimit') return measureLimit(guardrail, evidence);
  const effect = effectOf(evidence, guardrail.kind === 'quantile' ? guardrail.quantile : null);
  const { control, candidate, difference, variance } = effect;
  const base = {
    column: guardrail.column,
    measure: measureName(guardrail),
    isCritical: guardrail.isCritical,
    control,
    candidate,
    difference,
  };
  const isReady = effect.obstacle === null && variance !== null && variance > 0;
  if (control === null || difference === null)
    return { ...base, interval: null, allowed: null, pValue: null, excess: null };
  const allowed = absoluteMargin(guardrail.margin, control);
  const harm = guardrail.direction === 'higherIsBetter' ? -difference : difference;
  if (!isReady || allowed === 0)
    return { ...base, interval: null, allowed, pValue: null, excess: null };
  const look = mixtureTest(difference, variance, allowed ** 2, 2 * alpha);
  // Half of the two-sided error lies on the harmful side.
  const pValue = harm > 0 ? look.pValue / 2 : 1;
  return { ...base, interval: look.interval, allowed, pValue, excess: harm - allowed };
}

function measureLimit(
  guardrail: Extract<Guardrail, { kind: 'rateLimit' }>,
  evidence: MetricEvidence,
): Measured {
  const { limit } = guardrail;
  const rows = evidence.kind === 'rate' ? evidence : null;
  const base = {
    column: guardrail.column,
    measure: measureName(guardrail),
    isCritical: guardrail.isCritical,
    interval: null,
    allowed: limit,
  };
  if (rows === null || rows.candidate.n === 0)
    return {
      ...base,
      control: null,
      candidate: null,
      difference: null,
      pValue: null,
      excess: null,
    };
  const share = rows.candidate.count / rows.candidate.n;
  const { pValue } = betaBinomialEvidence(rows.candidate.count, rows.candidate.n, limit, [
    1,
    1 / limit - 1,
  ]);
  return {
    ...base,
    control: rows.control.n === 0 ? null : rows.control.count / rows.control.n,
    candidate: share,
    difference: share - limit,
    pValue: share > limit ? pValue : 1,
    excess: share - limit,
  };
}

function measureName(guardrail: Guardrail): string {
  if (guardrail.kind === 'quantile') return `p${Number((guardrail.quantile * 100).toFixed(2))}`;
  return guardrail.kind === 'rateLimit' ? 'rate against a limit' : guardrail.kind;
}
