import { Button, Group, Modal, Select, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Finding } from '../../shared/dataflow/finding';
import {
  NODE_KINDS,
  type FlowElementId,
  type FlowMap,
  type FlowNode,
} from '../../shared/dataflow/flowMap';
import { countryName } from '../../shared/dataflow/countries';
import {
  countryOf,
  flowName,
  type FlowView,
  type ResolvedFlow,
} from '../../shared/dataflow/flowView';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';
import { openFindings } from './canvasParts';
import { ElementForm } from './ElementForm';
import { BOUNDARY_WORDS, NODE_WORDS } from './flowWords';
import { useFlowMapStore } from './flowMapStore';
import { addNode, connect, group } from './mapEdits';
import { newElementId } from './newElementId';

interface TableTabProps {
  readonly view: FlowView;
  readonly findings: readonly Finding[];
  readonly canEdit: boolean;
}

/** The map as tables, in which everything can be changed that can be changed in the picture. */
export function TableTab(props: TableTabProps) {
  const { view, findings, canEdit } = props;
  const [openId, setOpenId] = useState<FlowElementId | null>(null);
  const nOpen = openFindings(findings);
  const { map } = view;
  const isThere = [...map.nodes, ...map.flows, ...map.boundaries].some(({ id }) => id === openId);
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Title order={2}>Elements</Title>
        {canEdit && <AddButtons map={map} onAdded={setOpenId} />}
      </Group>
      <DataTable
        caption="Elements of the map"
        columns={elementColumns(view, nOpen)}
        rows={map.nodes}
        rowKey={({ id }) => id}
        onActivate={({ id }) => setOpenId(id)}
      />
      <Group justify="space-between">
        <Title order={2}>Flows</Title>
        {canEdit && <AddFlow map={map} onAdded={setOpenId} />}
      </Group>
      <DataTable
        caption="Flows of the map"
        columns={flowColumns(nOpen)}
        rows={view.flows}
        rowKey={({ flow }) => flow.id}
        onActivate={({ flow }) => setOpenId(flow.id)}
      />
      {map.boundaries.length > 0 && (
        <>
          <Title order={2}>Boundaries</Title>
          <DataTable
            caption="Boundaries of the map"
            columns={boundaryColumns(map)}
            rows={map.boundaries}
            rowKey={({ id }) => id}
            onActivate={({ id }) => setOpenId(id)}
          />
        </>
      )}
      <Modal
        opened={openId !== null && isThere}
        onClose={() => setOpenId(null)}
        title={canEdit ? 'Change it' : 'Look at it'}
        size="lg"
      >
        {openId !== null && isThere && <ElementForm key={openId} id={openId} {...props} />}
      </Modal>
    </Stack>
  );
}

function Findings({ n }: { readonly n: number }) {
  return <Text fw={n > 0 ? 600 : 400}>{n === 0 ? 'none' : formatCount(n)}</Text>;
}

function elementColumns(
  { map, flowsAt }: FlowView,
  nOpen: ReadonlyMap<string, number>,
): readonly Column<FlowNode>[] {
  const boundaryById = new Map(map.boundaries.map((one) => [one.id, one]));
  const countryIn = (node: FlowNode): string => {
    const country = countryOf(node, boundaryById);
    return country === null ? 'not said yet' : countryName(country);
  };
  return [
    {
      key: 'name',
      header: 'Element',
      render: ({ name }) => <Text fw={600}>{name}</Text>,
      sortValue: ({ name }) => name,
    },
    {
      key: 'kind',
      header: 'Kind',
      render: ({ kind }) => NODE_WORDS[kind].label,
      sortValue: ({ kind }) => NODE_WORDS[kind].label,
    },
    { key: 'country', header: 'Country', render: countryIn, sortValue: countryIn },
    {
      key: 'boundary',
      header: 'Boundary',
      render: ({ boundaryId }) =>
        boundaryId === null ? 'none' : (boundaryById.get(boundaryId)?.name ?? 'none'),
    },
    {
      key: 'flows',
      header: 'Flows',
      align: 'right',
      render: ({ id }) => formatCount(flowsAt(id).length),
      sortValue: ({ id }) => flowsAt(id).length,
    },
    {
      key: 'findings',
      header: 'Open findings',
      align: 'right',
      render: ({ id }) => <Findings n={nOpen.get(id) ?? 0} />,
      sortValue: ({ id }) => nOpen.get(id) ?? 0,
    },
  ];
}

function flowColumns(nOpen: ReadonlyMap<string, number>): readonly Column<ResolvedFlow>[] {
  return [
    {
      key: 'name',
      header: 'Flow',
      render: (one) => <Text fw={600}>{flowName(one)}</Text>,
      sortValue: flowName,
    },
    {
      key: 'from',
      header: 'From',
      render: ({ from }) => from.name,
      sortValue: ({ from }) => from.name,
    },
    { key: 'to', header: 'To', render: ({ to }) => to.name, sortValue: ({ to }) => to.name },
    {
      key: 'purpose',
      header: 'Purpose',
      render: ({ flow }) => (flow.purpose === '' ? 'not said yet' : flow.purpose),
      sortValue: ({ flow }) => flow.purpose,
    },
    {
      key: 'data',
      header: 'Data',
      render: ({ flow, features }) =>
        [...flow.dataCategories, ...features.map(({ name }) => name)].join(', '),
    },
    {
      key: 'findings',
      header: 'Open findings',
      align: 'right',
      render: ({ flow }) => <Findings n={nOpen.get(flow.id) ?? 0} />,
      sortValue: ({ flow }) => nOpen.get(flow.id) ?? 0,
    },
  ];
}

function boundaryColumns(map: FlowMap): readonly Column<FlowMap['boundaries'][number]>[] {
  return [
    { key: 'name', header: 'Boundary', render: ({ name }) => <Text fw={600}>{name}</Text> },
    { key: 'kind', header: 'Kind', render: ({ kind }) => BOUNDARY_WORDS[kind] },
    {
      key: 'country',
      header: 'Country',
      render: ({ country }) => (country === null ? 'not said yet' : countryName(country)),
    },
    {
      key: 'members',
      header: 'Elements',
      align: 'right',
      render: ({ id }) =>
        formatCount(map.nodes.filter(({ boundaryId }) => boundaryId === id).length),
    },
  ];
}

interface AddProps {
  readonly map: FlowMap;
  readonly onAdded: (id: FlowElementId) => void;
}

function AddButtons({ map, onAdded }: AddProps) {
  const { change } = useFlowMapStore.getState();
  function keep(added: { readonly map: FlowMap; readonly id: FlowElementId }): void {
    change(added.map);
    onAdded(added.id);
  }
  return (
    <Group gap="xs">
      {NODE_KINDS.map((kind) => (
        <Button
          key={kind}
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => keep(addNode(map, newElementId(), kind, { x: 0, y: 0 }))}
        >
          {NODE_WORDS[kind].label}
        </Button>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => keep(group(map, newElementId(), 'country', []))}
      >
        Boundary
      </Button>
    </Group>
  );
}

/** Draws a flow: from where, to where. */
function AddFlow({ map, onAdded }: AddProps) {
  const { change } = useFlowMapStore.getState();
  const [fromId, setFromId] = useState<string | null>(null);
  const [toId, setToId] = useState<string | null>(null);
  const choices = map.nodes.map(({ id, name }) => ({ value: id, label: name }));
  const from = map.nodes.find(({ id }) => id === fromId);
  const to = map.nodes.find(({ id }) => id === toId);
  return (
    <Group gap="xs">
      {(
        [
          ['From', fromId, setFromId],
          ['To', toId, setToId],
        ] as const
      ).map(([label, value, onChange]) => (
        <Select
          key={label}
          size="xs"
          w={180}
          aria-label={`${label}, of a new flow`}
          placeholder={label}
          searchable
          limit={50}
          data={choices}
          value={value}
          onChange={onChange}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={from === undefined || to === undefined || from === to}
        onClick={() => {
          if (from === undefined || to === undefined) return;
          const added = connect(map, newElementId(), from.id, to.id);
          change(added.map);
          onAdded(added.id);
        }}
      >
        Flow
      </Button>
    </Group>
  );
}
