import { canonicalJson } from '../base/canonicalJson';
import type { FlowMap } from './flowMap';

interface Changed {
  readonly nAdded: number;
  readonly nChanged: number;
  readonly nRemoved: number;
}

/** How two states of a map differ, by kind of element. */
export interface MapChanges {
  readonly boundaries: Changed;
  readonly nodes: Changed;
  readonly flows: Changed;
  readonly isOrganisationChanged: boolean;
}

/** Counts what is different between two states of the map. Cost: O(elements) */
export function mapChanges(before: FlowMap, after: FlowMap): MapChanges {
  return {
    boundaries: changed(before.boundaries, after.boundaries),
    nodes: changed(before.nodes, after.nodes),
    flows: changed(before.flows, after.flows),
    isOrganisationChanged: !isSame(before.organisation, after.organisation),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function changed(
  before: readonly { readonly id: string }[],
  after: readonly { readonly id: string }[],
): Changed {
  const earlier = new Map(before.map((one) => [one.id, one]));
  const kept = after.filter(({ id }) => earlier.has(id));
  return {
    nAdded: after.length - kept.length,
    nChanged: kept.filter((one) => !isSame(earlier.get(one.id), one)).length,
    nRemoved: before.length - kept.length,
  };
}

/** What was changed, in one sentence; empty: nothing. */
export function changeSentence(changes: MapChanges): string {
  const parts = [
    ...changeWords(changes.nodes, 'element', 'elements'),
    ...changeWords(changes.flows, 'flow', 'flows'),
    ...changeWords(changes.boundaries, 'boundary', 'boundaries'),
    ...(changes.isOrganisationChanged ? ['the organisation changed'] : []),
  ];
  const sentence = parts.join(', ');
  return sentence === '' ? '' : `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`;
}

function changeWords({ nAdded, nChanged, nRemoved }: Changed, one: string, many: string): string[] {
  return (
    [
      [nAdded, 'added'],
      [nChanged, 'changed'],
      [nRemoved, 'removed'],
    ] as const
  ).flatMap(([n, verb]) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many} ${verb}`]));
}
