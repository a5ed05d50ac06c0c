import { Select, Textarea, TextInput } from '@mantine/core';
import {
  FlowElementId,
  NodeKind,
  type FlowMap,
  type FlowNode,
} from '../../shared/dataflow/flowMap';
import { ModelId } from '../../shared/base/ids';
import type { FlowFacts } from '../../shared/dataflow/flowFacts';
import { CountrySelect, DayInput } from './fieldParts';
import { choicesOf, NODE_WORDS } from './flowWords';

interface NodeFieldsProps {
  readonly node: FlowNode;
  readonly map: FlowMap;
  readonly facts: FlowFacts;
  readonly onChange: (change: Partial<FlowNode>) => void;
}

/** What is said about one element of the map. */
export function NodeFields({ node, map, facts, onChange }: NodeFieldsProps) {
  const { kind, contract } = node;
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={node.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        label="Kind"
        data={KINDS}
        allowDeselect={false}
        value={kind}
        onChange={(value) => onChange({ kind: NodeKind.parse(value) })}
      />
      <CountrySelect
        label="Country"
        description="Where it stands. Empty: where its boundary stands."
        value={node.country}
        onChange={(country) => onChange({ country })}
      />
      <TextInput
        label="Contact"
        description="Who answers for it, and how to reach them."
        maxLength={500}
        value={node.contact}
        onChange={(event) => onChange({ contact: event.currentTarget.value })}
      />
      {kind === 'processor' && (
        <>
          <TextInput
            label="Contract (Art. 28)"
            description="Where it can be found."
            maxLength={500}
            value={contract.reference}
            onChange={(event) =>
              onChange({ contract: { ...contract, reference: event.currentTarget.value } })
            }
          />
          <DayInput
            label="Last day of the contract"
            value={contract.expiresOn}
            onChange={(expiresOn) => onChange({ contract: { ...contract, expiresOn } })}
          />
        </>
      )}
      {(kind === 'system' || kind === 'processor') && (
        <Select
          label="Model that runs in it"
          placeholder="None"
          clearable
          searchable
          limit={50}
          nothingFoundMessage="No model of the catalogue matches."
          data={facts.models.map(({ id, name }) => ({ value: id, label: name }))}
          value={node.modelId}
          onChange={(value) => onChange({ modelId: value === null ? null : ModelId.parse(value) })}
        />
      )}
      <Select
        label="Inside the boundary"
        placeholder="None"
        clearable
        data={map.boundaries.map(({ id, name }) => ({ value: id, label: name }))}
        value={node.boundaryId}
        onChange={(value) =>
          onChange({ boundaryId: value === null ? null : FlowElementId.parse(value) })
        }
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={5000}
        value={node.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </>
  );
}

const KINDS = choicesOf({
  subjects: NODE_WORDS.subjects.label,
  system: NODE_WORDS.system.label,
  store: NODE_WORDS.store.label,
  processor: NODE_WORDS.processor.label,
  recipient: NODE_WORDS.recipient.label,
} satisfies Record<NodeKind, string>);
