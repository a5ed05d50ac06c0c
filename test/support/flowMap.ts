import type { FeatureId, ModelId } from '../../shared/base/ids';
import type { Acceptance } from '../../shared/dataflow/finding';
import type { FlowFeature } from '../../shared/dataflow/flowFacts';
import {
  EMPTY_MAP,
  FlowElementId,
  newFlow,
  newNode,
  type Flow,
  type FlowMap,
  type FlowNode,
  type NodeKind,
} from '../../shared/dataflow/flowMap';
import { findingsOf } from '../../shared/dataflow/findings';
import { viewOf, type FlowView } from '../../shared/dataflow/flowView';

/** An identifier that a test can tell by its number. */
export function elementId(n: number): FlowElementId {
  return FlowElementId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
}

export function node(n: number, kind: NodeKind, change: Partial<FlowNode> = {}): FlowNode {
  const made = newNode(elementId(n), kind, `${kind} ${n}`, { x: 300 * n, y: 0 });
  return { ...made, country: 'DE', ...change };
}

/** A flow that meets every rule. */
export function soundFlow(
  n: number,
  from: FlowNode,
  to: FlowNode,
  change: Partial<Flow> = {},
): Flow {
  return {
    ...newFlow(elementId(n), from.id, to.id),
    name: `flow ${n}`,
    dataCategories: ['Contact data'],
    subjectCategories: ['Clients'],
    purpose: 'Marketing',
    lawfulBasis: 'legitimateInterests',
    retentionDays: 730,
    securityMeasures: ['Encryption at rest'],
    ...change,
  };
}

export const CLIENTS = node(1, 'subjects');
export const CRM = node(2, 'system');

/** Clients and a system, with one flow between them that meets every rule. */
export function soundMap(flow: Partial<Flow> = {}, to: FlowNode = CRM): FlowMap {
  return {
    ...EMPTY_MAP,
    organisation: { ...EMPTY_MAP.organisation, name: 'Bank', contact: 'Main Street 1' },
    nodes: [CLIENTS, to],
    flows: [soundFlow(9, CLIENTS, to, flow)],
  };
}

export function feature(n: number, change: Partial<FlowFeature> = {}): FlowFeature {
  return {
    // The identifiers of elements have the form of those of features.
    id: elementId(n) as string as FeatureId,
    name: `feature ${n}`,
    sensitivity: 'personal',
    purposes: [],
    consentRule: 'none',
    isRetired: false,
    modelNames: [],
    importances: [],
    ...change,
  };
}

export function lookAt(
  map: FlowMap,
  features: readonly FlowFeature[] = [],
  models: readonly { readonly id: ModelId; readonly name: string }[] = [],
): FlowView {
  return viewOf(map, { features, models });
}

/** Rules that a map does not meet, with what they say. */
export function found(
  map: FlowMap,
  features: readonly FlowFeature[] = [],
  acceptances: readonly Acceptance[] = [],
  today = '2026-01-02',
): readonly (readonly [rule: string, text: string])[] {
  return findingsOf(lookAt(map, features), acceptances, today)
    .filter(({ acceptance }) => acceptance === null)
    .map(({ rule, text }) => [rule.id, text]);
}
