import {
  CANARY_POLICY_VERSION,
  CanaryPlan,
  defaultPlan,
  type Guardrail,
} from '../../shared/canary/canaryPlan';

/** A plan as it is being typed: numbers may be text until they are ones. */
export interface PlanDraft {
  readonly column: string;
  readonly kind: string;
  readonly labelColumn: string;
  readonly direction: string;
  readonly margin: number | string;
  readonly scale: string;
  readonly alphaPercent: number | string;
  readonly powerPercent: number | string;
  readonly minimumRows: number | string;
  readonly sharePercent: number | string;
  readonly ramp: string;
  readonly design: string;
  readonly bounds: string;
  readonly looks: number | string;
  readonly lookRows: number | string;
  readonly rollBackOn: string;
  readonly onRollBack: string;
  readonly winsorisedPercent: number | string;
  readonly controlValue: number | string;
  readonly standardDeviation: number | string;
  readonly rowsPerDay: number | string;
  readonly positivePercent: number | string;
  readonly guardrails: readonly GuardrailDraft[];
}

export interface GuardrailDraft {
  readonly id: number;
  readonly column: string;
  readonly kind: string;
  readonly percentile: number | string;
  readonly direction: string;
  readonly margin: number | string;
  readonly scale: string;
  readonly limitPercent: number | string;
  readonly isCritical: boolean;
}

let nDrafts = 0;

export function newGuardrail(): GuardrailDraft {
  nDrafts += 1;
  return {
    id: nDrafts,
    column: '',
    kind: 'rateLimit',
    percentile: 95,
    direction: 'lowerIsBetter',
    margin: 0.05,
    scale: 'relative',
    limitPercent: 1,
    isCritical: true,
  };
}

function guardrailDraft(guardrail: Guardrail): GuardrailDraft {
  const { column, kind, isCritical } = guardrail;
  const base = { ...newGuardrail(), column, kind, isCritical };
  if (guardrail.kind === 'rateLimit') return { ...base, limitPercent: guardrail.limit * 100 };
  const { direction, margin } = guardrail;
  const percentile = guardrail.kind === 'quantile' ? guardrail.quantile * 100 : 95;
  return { ...base, percentile, direction, margin: margin.value, scale: margin.scale };
}

/** What the form starts with. */
export function draftOf(plan: CanaryPlan): PlanDraft {
  const { primary, margin, design, expected } = plan;
  const isFixed = design.kind === 'fixedLooks';
  return {
    ...primary,
    labelColumn: primary.labelColumn ?? '',
    margin: margin.value,
    scale: margin.scale,
    alphaPercent: plan.alpha * 100,
    powerPercent: plan.power * 100,
    minimumRows: plan.minimumRows,
    sharePercent: plan.candidateShare * 100,
    ramp: plan.ramp.map((share) => share * 100).join(', '),
    design: design.kind,
    bounds: isFixed ? design.bounds : 'spendObrienFleming',
    looks: isFixed ? design.looks : 5,
    lookRows: isFixed ? design.candidateRows : 5000,
    rollBackOn: plan.rollBackOn,
    onRollBack: plan.onRollBack ?? 'recommend',
    winsorisedPercent: plan.winsorisedShare * 100,
    controlValue: expected.controlValue,
    standardDeviation: expected.standardDeviation ?? '',
    rowsPerDay: expected.rowsPerDay ?? '',
    positivePercent: (expected.positiveShare ?? 0.5) * 100,
    guardrails: plan.guardrails.map(guardrailDraft),
  };
}

export const NEW_PLAN = draftOf(defaultPlan('correct', 'binary', 0.83));

/** The plan that was typed; null while something is missing or wrong. */
export function planOf(draft: PlanDraft): CanaryPlan | null {
  const isRanked = draft.kind === 'ranked';
  const parsed = CanaryPlan.safeParse({
    policyVersion: CANARY_POLICY_VERSION,
    primary: {
      column: draft.column,
      kind: draft.kind,
      labelColumn: isRanked ? draft.labelColumn : null,
      direction: draft.direction,
    },
    margin: { value: draft.margin, scale: draft.scale },
    alpha: share(draft.alphaPercent),
    power: share(draft.powerPercent),
    minimumRows: draft.minimumRows,
    candidateShare: share(draft.sharePercent),
    ramp: draft.ramp
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(share),
    design:
      draft.design === 'fixedLooks'
        ? {
            kind: draft.design,
            bounds: draft.bounds,
            looks: draft.looks,
            candidateRows: draft.lookRows,
          }
        : { kind: draft.design },
    rollBackOn: draft.rollBackOn,
    onRollBack: draft.onRollBack,
    guardrails: draft.guardrails.map(guardrailOf),
    winsorisedShare: share(draft.winsorisedPercent),
    expected: {
      controlValue: draft.controlValue,
      standardDeviation: orNull(draft.standardDeviation),
      rowsPerDay: orNull(draft.rowsPerDay),
      positiveShare: isRanked ? share(draft.positivePercent) : null,
    },
  });
  return parsed.success ? parsed.data : null;
}

function guardrailOf(draft: GuardrailDraft): unknown {
  const { column, kind, isCritical, direction } = draft;
  if (kind === 'rateLimit') return { column, kind, isCritical, limit: share(draft.limitPercent) };
  const margin = { value: draft.margin, scale: draft.scale };
  const quantile = kind === 'quantile' ? { quantile: share(draft.percentile) } : {};
  return { column, kind, isCritical, direction, margin, ...quantile };
}

/** Percent as a share without the dust of the division, e.g. 0.07 for 7. */
function share(percent: number | string): number {
  return Number((Number(percent) / 100).toPrecision(12));
}

function orNull(value: number | string): number | string | null {
  return value === '' ? null : value;
}
