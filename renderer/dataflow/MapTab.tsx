import { ActionIcon, Button, Group, Menu, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBoxMultiple,
  IconPlus,
  IconSearch,
  IconSitemap,
} from '@tabler/icons-react';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { foldText } from '../../shared/base/foldText';
import type { Finding } from '../../shared/dataflow/finding';
import { NODE_KINDS, NODE_SIZE, type BoundaryKind } from '../../shared/dataflow/flowMap';
import { flowName, type FlowView } from '../../shared/dataflow/flowView';
import { autoLayout } from './autoLayout';
import { ElementForm, RemoveButton } from './ElementForm';
import { FlowCanvas } from './FlowCanvas';
import classes from './FlowCanvas.module.css';
import { BOUNDARY_WORDS, NODE_WORDS } from './flowWords';
import { useFlowMapStore } from './flowMapStore';
import { addNode, group } from './mapEdits';
import { newElementId } from './newElementId';

interface MapTabProps {
  readonly view: FlowView;
  readonly findings: readonly Finding[];
  readonly canEdit: boolean;
}

/** The map as a picture, the tools to draw it, and what is said about what is chosen. */
export function MapTab(props: MapTabProps) {
  return (
    <ReactFlowProvider>
      <Stack gap="xs">
        <Toolbar {...props} />
        <Group gap="md" align="stretch" wrap="nowrap">
          <FlowCanvas {...props} />
          <Inspector {...props} />
        </Group>
      </Stack>
    </ReactFlowProvider>
  );
}

function Toolbar({ view, canEdit }: MapTabProps) {
  const { map } = view;
  const flow = useReactFlow();
  return (
    <Group gap="xs" role="toolbar" aria-label="Draw the map">
      {canEdit && <AddMenu view={view} />}
      {canEdit && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconSitemap size={14} aria-hidden />}
          disabled={map.nodes.length === 0}
          onClick={() => {
            useFlowMapStore.getState().change(autoLayout(map));
            requestAnimationFrame(() => void flow.fitView({ maxZoom: 1 }));
          }}
        >
          Arrange
        </Button>
      )}
      {canEdit && <UndoButtons />}
      <FindElement view={view} />
    </Group>
  );
}

function AddMenu({ view: { map } }: Pick<MapTabProps, 'view'>) {
  const flow = useReactFlow();
  const selectedIds = useFlowMapStore((state) => state.selectedIds);
  const { change, select } = useFlowMapStore.getState();
  const members = selectedIds.filter((id) => map.nodes.some((node) => node.id === id));
  function bound(kind: BoundaryKind): void {
    const added = group(map, newElementId(), kind, members);
    change(added.map);
    select([added.id]);
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {NODE_KINDS.map((kind) => {
          const { label, icon: KindIcon } = NODE_WORDS[kind];
          return (
            <Menu.Item
              key={kind}
              leftSection={<KindIcon size={16} aria-hidden />}
              onClick={() => {
                const { x, y, zoom } = flow.getViewport();
                const at = { x: (120 - x) / zoom, y: (120 - y) / zoom };
                const added = addNode(map, newElementId(), kind, at);
                change(added.map);
                select([added.id]);
              }}
            >
              {label}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        {(['trust', 'country'] as const).map((kind) => (
          <Menu.Item
            key={kind}
            leftSection={<IconBoxMultiple size={16} aria-hidden />}
            onClick={() => bound(kind)}
          >
            {BOUNDARY_WORDS[kind]}
            {members.length > 0 && ` around ${members.length} chosen`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function UndoButtons() {
  const canUndo = useFlowMapStore(({ past }) => past.length > 0);
  const canRedo = useFlowMapStore(({ future }) => future.length > 0);
  const { undo, redo } = useFlowMapStore.getState();
  return (
    <Group gap={4}>
      <Tooltip label="Undo (Ctrl Z)">
        <ActionIcon variant="default" aria-label="Undo" disabled={!canUndo} onClick={undo}>
          <IconArrowBackUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl Y)">
        <ActionIcon variant="default" aria-label="Redo" disabled={!canRedo} onClick={redo}>
          <IconArrowForwardUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

/** Finds an element by a part of its name; Enter goes to the next one. */
function FindElement({ view }: Pick<MapTabProps, 'view'>) {
  const flow = useReactFlow();
  const [text, setText] = useState('');
  const [nth, setNth] = useState(0);
  const wanted = foldText(text.trim());
  const found =
    wanted === ''
      ? []
      : [
          ...view.map.nodes.filter(({ name }) => foldText(name).includes(wanted)),
          ...view.flows
            .filter((one) => foldText(`${flowName(one)} ${one.flow.purpose}`).includes(wanted))
            .map(({ flow: { id }, from }) => ({ id, x: from.x, y: from.y })),
        ];
  function goOn(): void {
    const next = found[nth % found.length];
    if (next === undefined) return;
    setNth(nth + 1);
    useFlowMapStore.getState().select([next.id]);
    void flow.setCenter(next.x + NODE_SIZE.width / 2, next.y + NODE_SIZE.height / 2, { zoom: 1 });
  }
  return (
    <Group gap="xs">
      <TextInput
        size="xs"
        w={220}
        aria-label="Find on the map"
        placeholder="Find on the map"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setNth(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') goOn();
        }}
      />
      {wanted !== '' && (
        <Text size="xs" role="status">
          {found.length === 0
            ? 'Nothing is called so.'
            : `${found.length} found, Enter goes there.`}
        </Text>
      )}
    </Group>
  );
}

function Inspector(props: MapTabProps) {
  const { view, canEdit } = props;
  const selectedIds = useFlowMapStore((state) => state.selectedIds);
  const [only] = selectedIds;
  return (
    <section className={classes.inspector} aria-label="What is chosen">
      {selectedIds.length === 1 && only !== undefined ? (
        <ElementForm key={only} id={only} {...props} />
      ) : selectedIds.length > 1 ? (
        <Stack gap="sm">
          <Text>
            {selectedIds.length} are chosen. A boundary from the menu “Add” goes around them.
          </Text>
          {canEdit && <RemoveButton ids={selectedIds} map={view.map} />}
        </Stack>
      ) : (
        <Text c="dimmed">
          Choose an element or a flow to see what is said about it. Drag from the right edge of one
          element to the left edge of another to draw a flow. With the keyboard: Tab moves from one
          to the next, Enter chooses, the arrows move it, Delete takes it off, Ctrl Z undoes.
        </Text>
      )}
    </section>
  );
}
