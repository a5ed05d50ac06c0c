import { Alert, Button, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import {
  BoundaryKind,
  type FlowBoundary,
  type FlowElementId,
  type FlowMap,
  type FlowNode,
} from '../../shared/dataflow/flowMap';
import type { Finding } from '../../shared/dataflow/finding';
import { flowName, type FlowView } from '../../shared/dataflow/flowView';
import { CountrySelect } from './fieldParts';
import { FlowFields } from './FlowFields';
import { BOUNDARY_WORDS, choicesOf } from './flowWords';
import { useFlowMapStore } from './flowMapStore';
import { changeBoundary, changeFlow, changeNode, connect, remove } from './mapEdits';
import { newElementId } from './newElementId';
import { NodeFields } from './NodeFields';

interface ElementFormProps {
  readonly id: FlowElementId;
  readonly view: FlowView;
  readonly findings: readonly Finding[];
  readonly canEdit: boolean;
}

/** Everything that is said about one element, to be changed where it stands. */
export function ElementForm({ id, view, findings, canEdit }: ElementFormProps) {
  const change = useFlowMapStore((state) => state.change);
  const { map, facts } = view;
  const node = view.nodeById.get(id);
  const one = view.flows.find(({ flow }) => flow.id === id);
  const boundary = map.boundaries.find((each) => each.id === id);
  // Typing on in one form is one step of undo.
  const keep = (changed: FlowMap): void => change(changed, `form ${id}`);
  const name = node?.name ?? boundary?.name ?? (one === undefined ? '' : flowName(one));
  return (
    <Stack gap="sm">
      <Text fw={600} className="assay-wrap">
        {name}
      </Text>
      <ElementFindings id={id} findings={findings} />
      <Fieldset variant="unstyled" disabled={!canEdit} aria-label={`About ${name}`}>
        <Stack gap="sm">
          {node !== undefined && (
            <NodeFields
              node={node}
              map={map}
              facts={facts}
              onChange={(part) => keep(changeNode(map, id, part))}
            />
          )}
          {one !== undefined && (
            <FlowFields
              one={one}
              view={view}
              onChange={(part) => keep(changeFlow(map, id, part))}
            />
          )}
          {boundary !== undefined && (
            <BoundaryFields
              boundary={boundary}
              onChange={(part) => keep(changeBoundary(map, id, part))}
            />
          )}
        </Stack>
      </Fieldset>
      {canEdit && (
        <Group gap="xs" align="flex-end">
          {node !== undefined && <ConnectTo node={node} map={map} />}
          <RemoveButton ids={[id]} map={map} />
        </Group>
      )}
    </Stack>
  );
}

function ElementFindings({ id, findings }: Pick<ElementFormProps, 'id' | 'findings'>) {
  const open = findings.filter(
    ({ elementId, acceptance }) => elementId === id && acceptance === null,
  );
  if (open.length === 0) return null;
  return (
    <Alert color="gray" variant="outline" p="xs" title={`${open.length} open`}>
      <Stack gap={4} component="ul" m={0} pl="md">
        {open.map(({ key, rule, text }) => (
          <Text key={key} component="li" size="xs" title={`${rule.source}. ${rule.fix}`}>
            {text}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

interface BoundaryFieldsProps {
  readonly boundary: FlowBoundary;
  readonly onChange: (change: Partial<FlowBoundary>) => void;
}

function BoundaryFields({ boundary, onChange }: BoundaryFieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={boundary.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        label="Kind"
        data={[...choicesOf(BOUNDARY_WORDS)]}
        allowDeselect={false}
        value={boundary.kind}
        onChange={(value) => onChange({ kind: BoundaryKind.parse(value) })}
      />
      <CountrySelect
        label="Country"
        description="Of everything in it that names no other."
        value={boundary.country}
        onChange={(country) => onChange({ country })}
      />
    </>
  );
}

/** Draws a flow to another element without a pointer. */
function ConnectTo({ node, map }: { readonly node: FlowNode; readonly map: FlowMap }) {
  const { change, select } = useFlowMapStore.getState();
  return (
    <Select
      label="Draw a flow to"
      placeholder="Choose where it ends"
      searchable
      limit={50}
      w="100%"
      data={map.nodes
        .filter(({ id }) => id !== node.id)
        .map(({ id, name }) => ({ value: id, label: name }))}
      value={null}
      onChange={(value) => {
        const to = map.nodes.find(({ id }) => id === value);
        if (to === undefined) return;
        const added = connect(map, newElementId(), node.id, to.id);
        change(added.map);
        select([added.id]);
      }}
    />
  );
}

interface RemoveButtonProps {
  readonly ids: readonly FlowElementId[];
  readonly map: FlowMap;
}

/** Takes elements off the map; undo brings them back. */
export function RemoveButton({ ids, map }: RemoveButtonProps) {
  const { change, select } = useFlowMapStore.getState();
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconTrash size={14} aria-hidden />}
      onClick={() => {
        change(remove(map, ids));
        select([]);
      }}
    >
      Take off the map
    </Button>
  );
}
