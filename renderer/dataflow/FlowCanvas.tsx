import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  applyNodeChanges,
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  type Connection,
  type EdgeChange,
  type NodeChange,
} from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { Finding } from '../../shared/dataflow/finding';
import type { FlowView } from '../../shared/dataflow/flowView';
import {
  canvasEdges,
  canvasNodes,
  elementIds,
  openFindings,
  placesOf,
  type CanvasEdge,
  type CanvasNode,
} from './canvasParts';
import { NODE_TYPES } from './canvasNodeTypes';
import classes from './FlowCanvas.module.css';
import { newElementId } from './newElementId';
import { connect, move, remove } from './mapEdits';
import { useFlowMapStore } from './flowMapStore';

/** From this many nodes on, only what is seen is drawn. */
const MANY_NODES = 150;
const NOTHING: ReadonlySet<string> = new Set();

interface FlowCanvasProps {
  readonly view: FlowView;
  readonly findings: readonly Finding[];
  readonly canEdit: boolean;
}

/** The map as a picture that is drawn in. */
export function FlowCanvas({ view, findings, canEdit }: FlowCanvasProps) {
  const colorMode = useComputedColorScheme('light');
  const { map } = view;
  const selectedIds = useFlowMapStore((state) => state.selectedIds);
  const selected = useMemo(
    () => (selectedIds.length === 0 ? NOTHING : new Set<string>(selectedIds)),
    [selectedIds],
  );
  const nOpen = useMemo(() => openFindings(findings), [findings]);
  const [nodes, setNodes] = useState<readonly CanvasNode[]>(() =>
    canvasNodes(map, selected, nOpen, []),
  );
  useEffect(
    () => setNodes((before) => canvasNodes(map, selected, nOpen, before)),
    [map, selected, nOpen],
  );
  const edges = useMemo(() => canvasEdges(view, selected, nOpen), [view, selected, nOpen]);

  function changeNodes(changes: NodeChange<CanvasNode>[]): void {
    const changed = applyNodeChanges(changes, [...nodes]);
    setNodes(changed);
    if (changes.some(({ type }) => type === 'select'))
      keepSelection(
        changed.filter((one) => one.selected).map(({ id }) => id),
        'flows',
      );
    const dropped = new Set(
      changes.flatMap((one) => (one.type === 'position' && one.dragging === false ? [one.id] : [])),
    );
    if (dropped.size > 0) keepPlaces(changed, dropped);
  }
  return (
    <div className={classes.frame}>
      <ReactFlow<CanvasNode, CanvasEdge>
        nodes={[...nodes]}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        onConnect={drawFlow}
        onDelete={({ nodes: goneNodes, edges: goneEdges }) =>
          removeAll([...goneNodes, ...goneEdges].map(({ id }) => id))
        }
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        deleteKeyCode={canEdit ? ['Delete', 'Backspace'] : null}
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        onlyRenderVisibleElements={map.nodes.length > MANY_NODES}
        colorMode={colorMode}
        minZoom={0.05}
        fitView
        fitViewOptions={{ maxZoom: 1 }}
        proOptions={{ hideAttribution: true }}
        aria-label="Canvas of the data-flow map. The tab Table holds the same content."
      >
        <Background />
        <MiniMap
          pannable
          zoomable
          nodeColor="var(--assay-chart-reference)"
          ariaLabel="Small map of everything"
        />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

/** Nodes or flows were chosen; what is chosen of the other kind stays. */
function keepSelection(ids: readonly string[], other: 'flows' | 'nodes'): void {
  const { draft, selectedIds, select } = useFlowMapStore.getState();
  const others = other === 'flows' ? draft.flows : [...draft.nodes, ...draft.boundaries];
  const isOther = new Set<string>(others.map(({ id }) => id));
  select(elementIds(draft, [...ids, ...selectedIds.filter((id) => isOther.has(id))]));
}

function changeEdges(changes: EdgeChange<CanvasEdge>[]): void {
  const { draft, selectedIds } = useFlowMapStore.getState();
  const isFlow = new Set<string>(draft.flows.map(({ id }) => id));
  const chosen = new Set<string>(selectedIds.filter((id) => isFlow.has(id)));
  for (const one of changes) {
    if (one.type !== 'select') continue;
    if (one.selected) chosen.add(one.id);
    else chosen.delete(one.id);
  }
  if (changes.some(({ type }) => type === 'select')) keepSelection([...chosen], 'nodes');
}

function keepPlaces(nodes: readonly CanvasNode[], ids: ReadonlySet<string>): void {
  const { draft, change } = useFlowMapStore.getState();
  const places = placesOf(nodes, ids);
  const isMoved = [...draft.nodes, ...draft.boundaries].some(({ id, x, y }) => {
    const at = places.get(id);
    return at !== undefined && (at.x !== x || at.y !== y);
  });
  if (isMoved) change(move(draft, places), `move ${[...ids].join(' ')}`);
}

function drawFlow({ source, target }: Connection): void {
  const { draft, change, select } = useFlowMapStore.getState();
  const [from, to] = [source, target].map((end) => draft.nodes.find(({ id }) => id === end));
  if (from === undefined || to === undefined) return;
  const added = connect(draft, newElementId(), from.id, to.id);
  change(added.map);
  select([added.id]);
}

function removeAll(ids: readonly string[]): void {
  const { draft, change, select } = useFlowMapStore.getState();
  change(remove(draft, elementIds(draft, ids)));
  select([]);
}
