import type { FeatureId } from '../base/ids';
import type { Sensitivity } from '../feature/feature';
import { isInEea, type CountryCode } from './countries';
import type { FlowFacts, FlowFeature } from './flowFacts';
import type { Flow, FlowBoundary, FlowElementId, FlowMap, FlowNode } from './flowMap';

/** A flow with everything that its references lead to. */
export interface ResolvedFlow {
  readonly flow: Flow;
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly features: readonly FlowFeature[];
  /** What its data and features say about people, each kind once. */
  readonly sensitivities: ReadonlySet<Sensitivity>;
  /** False only where somebody said of everything in it that it says nothing about people. */
  readonly isPersonal: boolean;
  readonly fromCountry: CountryCode | null;
  readonly toCountry: CountryCode | null;
  /** Whether it leaves the EEA; a place that nobody has named is not known to be outside. */
  readonly isTransfer: boolean;
}

/** A map with its references resolved, to be read by rules and registers. */
export interface FlowView {
  readonly map: FlowMap;
  readonly facts: FlowFacts;
  readonly flows: readonly ResolvedFlow[];
  readonly nodeById: ReadonlyMap<FlowElementId, FlowNode>;
  /** Flows that begin or end at a node. */
  flowsAt(nodeId: FlowElementId): readonly ResolvedFlow[];
}

/** Resolves the references of a map. Cost: O(nodes + flows + features linked) */
export function viewOf(map: FlowMap, facts: FlowFacts): FlowView {
  const nodeById = new Map(map.nodes.map((node) => [node.id, node]));
  const boundaryById = new Map(map.boundaries.map((boundary) => [boundary.id, boundary]));
  const featureById = new Map(facts.features.map((feature) => [feature.id, feature]));
  const flows = map.flows.flatMap((flow) => {
    const from = nodeById.get(flow.fromId);
    const to = nodeById.get(flow.toId);
    return from === undefined || to === undefined
      ? []
      : [resolve(flow, { from, to }, featureById, boundaryById)];
  });
  const atNode = new Map<FlowElementId, ResolvedFlow[]>();
  for (const one of flows) {
    for (const id of new Set([one.from.id, one.to.id])) {
      const there = atNode.get(id);
      if (there === undefined) atNode.set(id, [one]);
      else there.push(one);
    }
  }
  return { map, facts, flows, nodeById, flowsAt: (id) => atNode.get(id) ?? [] };
}

function resolve(
  flow: Flow,
  { from, to }: Pick<ResolvedFlow, 'from' | 'to'>,
  featureById: ReadonlyMap<FeatureId, FlowFeature>,
  boundaryById: ReadonlyMap<FlowElementId, FlowBoundary>,
): ResolvedFlow {
  const features = flow.featureIds.flatMap((id) => featureById.get(id) ?? []);
  const sensitivities = new Set([
    flow.sensitivity,
    ...features.map(({ sensitivity }) => sensitivity),
  ]);
  const toCountry = countryOf(to, boundaryById);
  const isPersonal = [...sensitivities].some((one) => one !== 'none');
  return {
    flow,
    from,
    to,
    features,
    sensitivities,
    isPersonal,
    fromCountry: countryOf(from, boundaryById),
    toCountry,
    isTransfer: isPersonal && toCountry !== null && !isInEea(toCountry),
  };
}

/** Where a node stands: where it says, or where its boundary stands; null: nobody has said so. */
export function countryOf(
  { country, boundaryId }: FlowNode,
  boundaryById: ReadonlyMap<FlowElementId, FlowBoundary>,
): CountryCode | null {
  if (country !== null || boundaryId === null) return country;
  return boundaryById.get(boundaryId)?.country ?? null;
}

/** What people call a flow: its name, or from where to where it goes. */
export function flowName({ flow, from, to }: Pick<ResolvedFlow, 'flow' | 'from' | 'to'>): string {
  return flow.name === '' ? `${from.name} → ${to.name}` : flow.name;
}
