import { Graph, layout } from '@dagrejs/dagre';
import { NODE_SIZE, type FlowMap } from '../../shared/dataflow/flowMap';
import { boxAround } from './mapEdits';

/**
 * Arranges the map from left to right along its flows, members of a boundary together.
 *
 * Cost: the layered method of dagre, about O(nodes x flows)
 */
export function autoLayout(map: FlowMap): FlowMap {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 210, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  const members = new Set(map.nodes.map(({ boundaryId }) => boundaryId));
  for (const { id } of map.boundaries) if (members.has(id)) graph.setNode(id, {});
  for (const { id, boundaryId } of map.nodes) {
    graph.setNode(id, { ...NODE_SIZE });
    if (boundaryId !== null) graph.setParent(id, boundaryId);
  }
  for (const { id, fromId, toId } of map.flows)
    if (fromId !== toId) graph.setEdge(fromId, toId, {}, id);
  layout(graph);
  const nodes = map.nodes.map((node) => {
    const { x = 0, y = 0 } = graph.node(node.id);
    // The layout names the middle of a node.
    return {
      ...node,
      x: Math.round(x - NODE_SIZE.width / 2),
      y: Math.round(y - NODE_SIZE.height / 2),
    };
  });
  const boundaries = map.boundaries.map((boundary) => {
    const inside = nodes.filter(({ boundaryId }) => boundaryId === boundary.id);
    return inside.length === 0 ? boundary : { ...boundary, ...boxAround(inside) };
  });
  return { ...map, nodes, boundaries };
}
