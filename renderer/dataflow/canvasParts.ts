import { MarkerType, type Edge, type Node } from '@xyflow/react';
import type { Finding } from '../../shared/dataflow/finding';
import {
  NODE_SIZE,
  type Flow,
  type FlowBoundary,
  type FlowElementId,
  type FlowMap,
  type FlowNode,
} from '../../shared/dataflow/flowMap';
import { flowName, type FlowView, type ResolvedFlow } from '../../shared/dataflow/flowView';
import { BOUNDARY_WORDS, NODE_WORDS } from './flowWords';

export type ElementData = { readonly element: FlowNode; readonly nOpen: number };
export type BoundaryData = { readonly boundary: FlowBoundary };
export type CanvasNode = Node<ElementData, 'element'> | Node<BoundaryData, 'boundary'>;
export type CanvasEdge = Edge<{ readonly flow: Flow }>;

const LABEL_LENGTH = 28;

/** How many findings are open at an element, by its identifier. */
export function openFindings(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { elementId, acceptance } of findings)
    if (elementId !== null && acceptance === null)
      counts.set(elementId, (counts.get(elementId) ?? 0) + 1);
  return counts;
}

/**
 * The nodes of the canvas: boundaries first, since they hold others. What has not changed stays the same
 * object, so that only what changed is drawn again.
 */
export function canvasNodes(
  map: FlowMap,
  selected: ReadonlySet<string>,
  nOpen: ReadonlyMap<string, number>,
  before: readonly CanvasNode[],
): CanvasNode[] {
  const old = new Map(before.map((one) => [one.id, one]));
  const boundaryById = new Map(map.boundaries.map((one) => [one.id, one]));
  const boundaries = map.boundaries.map((one) => boundaryNode(one, selected.has(one.id)));
  const elements = map.nodes.map((one) => {
    const around = one.boundaryId === null ? undefined : boundaryById.get(one.boundaryId);
    return elementNode(one, {
      around,
      isSelected: selected.has(one.id),
      nOpen: nOpen.get(one.id) ?? 0,
    });
  });
  return [...boundaries, ...elements].map((one) => {
    const known = old.get(one.id);
    return known !== undefined && isSameNode(known, one) ? known : one;
  });
}

function isSameNode(a: CanvasNode, b: CanvasNode): boolean {
  const isSameData =
    a.type === 'element' && b.type === 'element'
      ? a.data.element === b.data.element && a.data.nOpen === b.data.nOpen
      : a.type === 'boundary' && b.type === 'boundary' && a.data.boundary === b.data.boundary;
  return (
    isSameData &&
    a.selected === b.selected &&
    a.parentId === b.parentId &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height
  );
}

function boundaryNode(boundary: FlowBoundary, selected: boolean): CanvasNode {
  const { id, kind, name, x, y, width, height } = boundary;
  return {
    id,
    type: 'boundary',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    selected,
    zIndex: -1,
    connectable: false,
    data: { boundary },
    ariaLabel: `${BOUNDARY_WORDS[kind]} ${name}`,
  };
}

interface ElementPlace {
  readonly around: FlowBoundary | undefined;
  readonly isSelected: boolean;
  readonly nOpen: number;
}

function elementNode(element: FlowNode, { around, isSelected, nOpen }: ElementPlace): CanvasNode {
  const { id, kind, name, x, y } = element;
  const findings = nOpen === 0 ? '' : `, ${nOpen} open ${nOpen === 1 ? 'finding' : 'findings'}`;
  return {
    id,
    type: 'element',
    position: { x: x - (around?.x ?? 0), y: y - (around?.y ?? 0) },
    ...(around === undefined ? {} : { parentId: around.id }),
    ...NODE_SIZE,
    measured: { ...NODE_SIZE },
    selected: isSelected,
    data: { element, nOpen },
    ariaLabel: `${NODE_WORDS[kind].label} ${name}${findings}`,
  };
}

/** The flows as arrows; one that leaves the EEA is dashed, one with an open finding says so. */
export function canvasEdges(
  { flows }: FlowView,
  selected: ReadonlySet<string>,
  nOpen: ReadonlyMap<string, number>,
): CanvasEdge[] {
  return flows.map((one) => edgeOf(one, selected.has(one.flow.id), nOpen.get(one.flow.id) ?? 0));
}

function edgeOf(one: ResolvedFlow, isSelected: boolean, nOpen: number): CanvasEdge {
  const { flow, isTransfer } = one;
  const name = flow.name === '' ? flow.purpose : flow.name;
  const short = name.length > LABEL_LENGTH ? `${name.slice(0, LABEL_LENGTH - 1)}…` : name;
  const colour = isSelected
    ? 'var(--mantine-primary-color-filled)'
    : nOpen > 0
      ? 'var(--assay-alert-text)'
      : 'var(--assay-chart-axis)';
  return {
    id: flow.id,
    source: flow.fromId,
    target: flow.toId,
    selected: isSelected,
    data: { flow },
    label: `${nOpen > 0 ? '⚠ ' : ''}${short}`,
    markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 18, height: 18 },
    style: {
      stroke: colour,
      strokeWidth: isSelected ? 2.5 : 1.5,
      ...(isTransfer ? { strokeDasharray: '7 4' } : {}),
    },
    ariaLabel: `Flow ${flowName(one)}, ${nOpen} open findings`,
  };
}

/** The places of nodes on the map itself, whatever holds them on the canvas. */
export function placesOf(
  nodes: readonly CanvasNode[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const byId = new Map(nodes.map((one) => [one.id, one]));
  return new Map(
    nodes
      .filter(({ id }) => ids.has(id))
      .map(({ id, position, parentId }) => {
        const parent = parentId === undefined ? undefined : byId.get(parentId);
        return [
          id,
          {
            x: Math.round(position.x + (parent?.position.x ?? 0)),
            y: Math.round(position.y + (parent?.position.y ?? 0)),
          },
        ];
      }),
  );
}

/** Elements of the map by what the canvas calls them. */
export function elementIds(map: FlowMap, ids: readonly string[]): FlowElementId[] {
  const wanted = new Set(ids);
  return [...map.boundaries, ...map.nodes, ...map.flows]
    .map(({ id }) => id)
    .filter((id) => wanted.has(id));
}
