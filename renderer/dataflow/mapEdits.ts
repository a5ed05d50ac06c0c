import {
  newFlow,
  newNode,
  NODE_SIZE,
  type BoundaryKind,
  type Flow,
  type FlowBoundary,
  type FlowElementId,
  type FlowMap,
  type FlowNode,
  type NodeKind,
} from '../../shared/dataflow/flowMap';
import { NODE_WORDS } from './flowWords';

/** Free room around the members of a boundary, in units of the canvas; its name stands in the upper part. */
const MARGIN = 28;
const HEADER = 30;
const STEP = 24;

export interface Added {
  readonly map: FlowMap;
  readonly id: FlowElementId;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Puts a new node on the map, beside what lies at that point already. */
export function addNode(map: FlowMap, id: FlowElementId, kind: NodeKind, at: Point): Added {
  const label = NODE_WORDS[kind].label;
  const n = map.nodes.filter((one) => one.kind === kind).length + 1;
  const node = newNode(id, kind, `${label} ${n}`, freePlace(map, at));
  return { map: { ...map, nodes: [...map.nodes, withBoundary(map, node)] }, id };
}

function freePlace({ nodes }: FlowMap, at: Point): Point {
  const x = Math.round(at.x);
  let y = Math.round(at.y);
  const isTaken = (): boolean =>
    nodes.some(
      (one) => Math.abs(one.x - x) < NODE_SIZE.width && Math.abs(one.y - y) < NODE_SIZE.height,
    );
  while (isTaken()) y += NODE_SIZE.height + STEP;
  return { x, y };
}

/** Draws a flow from one node to another. */
export function connect(
  map: FlowMap,
  id: FlowElementId,
  fromId: FlowElementId,
  toId: FlowElementId,
): Added {
  return { map: { ...map, flows: [...map.flows, newFlow(id, fromId, toId)] }, id };
}

export function changeNode(map: FlowMap, id: FlowElementId, change: Partial<FlowNode>): FlowMap {
  return {
    ...map,
    nodes: map.nodes.map((one) => (one.id === id ? { ...one, ...change } : one)),
  };
}

export function changeFlow(map: FlowMap, id: FlowElementId, change: Partial<Flow>): FlowMap {
  return {
    ...map,
    flows: map.flows.map((one) => (one.id === id ? { ...one, ...change } : one)),
  };
}

export function changeBoundary(
  map: FlowMap,
  id: FlowElementId,
  change: Partial<FlowBoundary>,
): FlowMap {
  return {
    ...map,
    boundaries: map.boundaries.map((one) => (one.id === id ? { ...one, ...change } : one)),
  };
}

/** Takes elements off the map: with a node go its flows, a boundary leaves its members where they are. */
export function remove(map: FlowMap, ids: readonly FlowElementId[]): FlowMap {
  const gone = new Set(ids);
  const flows = map.flows.filter(
    ({ id, fromId, toId }) => !gone.has(id) && !gone.has(fromId) && !gone.has(toId),
  );
  return {
    ...map,
    flows,
    boundaries: map.boundaries.filter(({ id }) => !gone.has(id)),
    nodes: map.nodes
      .filter(({ id }) => !gone.has(id))
      .map((one) =>
        one.boundaryId !== null && gone.has(one.boundaryId) ? { ...one, boundaryId: null } : one,
      ),
  };
}

/** Draws a boundary around nodes. */
export function group(
  map: FlowMap,
  id: FlowElementId,
  kind: BoundaryKind,
  memberIds: readonly FlowElementId[],
): Added {
  const members = map.nodes.filter((node) => memberIds.includes(node.id));
  const n = map.boundaries.filter((one) => one.kind === kind).length + 1;
  const name = kind === 'trust' ? `Trust boundary ${n}` : `Country ${n}`;
  const boundary = { id, kind, name, country: null, ...boxAround(members) };
  return {
    map: {
      ...map,
      boundaries: [...map.boundaries, boundary],
      nodes: map.nodes.map((one) =>
        memberIds.includes(one.id) ? { ...one, boundaryId: id } : one,
      ),
    },
    id,
  };
}

/** The rectangle of a boundary around its members; without any, an empty one of a useful size. */
export function boxAround(
  members: readonly Point[],
): Pick<FlowBoundary, 'x' | 'y' | 'width' | 'height'> {
  if (members.length === 0) return { x: 0, y: 0, width: 320, height: 200 };
  const left = Math.min(...members.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...members.map(({ y }) => y)) - MARGIN - HEADER;
  const right = Math.max(...members.map(({ x }) => x)) + NODE_SIZE.width + MARGIN;
  const bottom = Math.max(...members.map(({ y }) => y)) + NODE_SIZE.height + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * New places of nodes and boundaries. A boundary takes its members along; a node that is moved by itself lies
 * in the boundary that its middle is dropped in.
 */
export function move(map: FlowMap, places: ReadonlyMap<string, Point>): FlowMap {
  const boundaries = map.boundaries.map((one) => ({ ...one, ...places.get(one.id) }));
  const offsets = new Map(
    map.boundaries.map(({ id, x, y }, i) => {
      const after = boundaries[i] ?? { x, y };
      return [id, { x: after.x - x, y: after.y - y }];
    }),
  );
  const moved = { ...map, boundaries };
  return {
    ...moved,
    nodes: map.nodes.map((one) => {
      const at = places.get(one.id);
      if (at !== undefined) return withBoundary(moved, { ...one, ...at });
      const by = one.boundaryId === null ? undefined : offsets.get(one.boundaryId);
      return by === undefined || (by.x === 0 && by.y === 0)
        ? one
        : { ...one, x: one.x + by.x, y: one.y + by.y };
    }),
  };
}

/** Another rectangle of a boundary: what lies in it belongs to it. */
export function resize(
  map: FlowMap,
  id: FlowElementId,
  box: Pick<FlowBoundary, 'x' | 'y' | 'width' | 'height'>,
): FlowMap {
  const resized = changeBoundary(map, id, box);
  return { ...resized, nodes: resized.nodes.map((one) => withBoundary(resized, one)) };
}

function withBoundary({ boundaries }: FlowMap, node: FlowNode): FlowNode {
  const x = node.x + NODE_SIZE.width / 2;
  const y = node.y + NODE_SIZE.height / 2;
  const around = boundaries.findLast(
    (one) => x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height,
  );
  return { ...node, boundaryId: around?.id ?? null };
}
