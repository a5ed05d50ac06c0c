import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Handle, NodeResizer, Position, type Node, type NodeProps } from '@xyflow/react';
import { countryName } from '../../shared/dataflow/countries';
import type { BoundaryData, ElementData } from './canvasParts';
import classes from './FlowCanvas.module.css';
import { resize } from './mapEdits';
import { BOUNDARY_WORDS, NODE_WORDS } from './flowWords';
import { useFlowMapStore } from './flowMapStore';

/** A system, store, party or group of people on the canvas. */
function ElementNode({ data, selected }: NodeProps<Node<ElementData, 'element'>>) {
  const { element, nOpen } = data;
  const { label, icon: KindIcon } = NODE_WORDS[element.kind];
  return (
    <div className={classes.element} data-kind={element.kind} data-selected={selected || undefined}>
      <Handle type="target" position={Position.Left} className={classes.handle ?? ''} />
      <KindIcon size={20} stroke={1.6} aria-hidden className={classes.icon ?? ''} />
      <div className={classes.words}>
        <Text size="sm" fw={600} lineClamp={1} title={element.name}>
          {element.name}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={1}>
          {label}
          {element.country !== null && `, ${countryName(element.country)}`}
        </Text>
      </div>
      {nOpen > 0 && (
        <span className={classes.findings} title={`${nOpen} open findings`}>
          <IconAlertTriangle size={14} aria-hidden />
          {nOpen}
        </span>
      )}
      <Handle type="source" position={Position.Right} className={classes.handle ?? ''} />
    </div>
  );
}

/** A line around what belongs together. */
function BoundaryNode({ id, data, selected }: NodeProps<Node<BoundaryData, 'boundary'>>) {
  const { boundary } = data;
  const change = useFlowMapStore((state) => state.change);
  return (
    <>
      <NodeResizer
        isVisible={selected}
        minWidth={120}
        minHeight={80}
        onResizeEnd={(_event, { x, y, width, height }) => {
          const { draft } = useFlowMapStore.getState();
          const own = draft.boundaries.find((one) => one.id === id);
          const box = { x, y, width, height };
          if (own !== undefined) change(resize(draft, own.id, box));
        }}
      />
      <div
        className={classes.boundary}
        data-kind={boundary.kind}
        data-selected={selected || undefined}
      >
        <Text size="xs" fw={600}>
          {BOUNDARY_WORDS[boundary.kind]}: {boundary.name}
          {boundary.country !== null && `, ${countryName(boundary.country)}`}
        </Text>
      </div>
    </>
  );
}

/** How the canvas draws what is on it. */
export const NODE_TYPES = { element: ElementNode, boundary: BoundaryNode };
