import { Gate, LifecyclePolicy, type PromotionStage } from '../../shared/registry/lifecycle';

/** The kinds of gate in the order in which they are offered. */
export const GATE_KINDS: readonly { readonly kind: Gate['kind']; readonly label: string }[] = [
  { kind: 'evaluation', label: 'A metric is on record' },
  { kind: 'metric', label: 'A metric keeps to a bound' },
  { kind: 'trainingData', label: 'Training data is named' },
  { kind: 'schema', label: 'Schema is described' },
  { kind: 'artefacts', label: 'Artefacts are listed' },
  { kind: 'reference', label: 'Reference profile is frozen' },
  { kind: 'noOpenAlert', label: 'No alert is open' },
  { kind: 'assessed', label: 'Risk class and intended use' },
  { kind: 'cardApproved', label: 'Model card is approved' },
  { kind: 'canaryVerdict', label: 'Canary verdict says promote' },
  { kind: 'approvals', label: 'Approvals' },
];

/** A gate as it is being typed: numbers may be text until they are ones. */
export interface GateDraft {
  readonly id: number;
  readonly kind: Gate['kind'];
  readonly metric: string;
  readonly comparison: 'atLeast' | 'atMost';
  readonly bound: number | string;
  readonly severity: 'warning' | 'critical';
  /** Empty: anybody but the authors. */
  readonly role: string;
  readonly n: number | string;
}

export type PolicyDraft = Readonly<Record<PromotionStage, readonly GateDraft[]>>;

let nDrafts = 0;

export function newDraft(kind: Gate['kind']): GateDraft {
  nDrafts += 1;
  return {
    id: nDrafts,
    kind,
    metric: '',
    comparison: 'atLeast',
    bound: '',
    severity: 'critical',
    role: '',
    n: 1,
  };
}

function draftOf(gate: Gate): GateDraft {
  const { role, ...fields } = { role: null, ...gate };
  return { ...newDraft(gate.kind), ...fields, role: role ?? '' };
}

export function draftPolicy(policy: LifecyclePolicy): PolicyDraft {
  return { Staging: policy.Staging.map(draftOf), Production: policy.Production.map(draftOf) };
}

/** The gate that was typed; null while something is missing. */
export function gateOf(draft: GateDraft): Gate | null {
  const { kind, metric, comparison, bound, severity, role, n } = draft;
  const candidates: Readonly<Partial<Record<Gate['kind'], object>>> = {
    metric: { kind, metric, comparison, bound },
    noOpenAlert: { kind, severity },
    approvals: { kind, role: role === '' ? null : role, n },
  };
  const parsed = Gate.safeParse(candidates[kind] ?? { kind });
  return parsed.success ? parsed.data : null;
}

/** The policy that was typed; null while a gate is incomplete. */
export function policyOf(draft: PolicyDraft): LifecyclePolicy | null {
  const policy = { Staging: draft.Staging.map(gateOf), Production: draft.Production.map(gateOf) };
  const parsed = LifecyclePolicy.safeParse(policy);
  return parsed.success ? parsed.data : null;
}
