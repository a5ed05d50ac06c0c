import { Autocomplete, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { FeatureId } from '../../shared/base/ids';
import { FlowElementId, type Flow } from '../../shared/dataflow/flowMap';
import { restsOnConsent } from '../../shared/dataflow/finding';
import type { FlowView, ResolvedFlow } from '../../shared/dataflow/flowView';
import {
  LAWFUL_BASIS_WORDS,
  SENSITIVITY_WORDS,
  SPECIAL_CONDITION_WORDS,
} from '../../shared/feature/basisWords';
import { LawfulBasis, Sensitivity, SpecialCondition } from '../../shared/feature/feature';
import { WordsInput } from './fieldParts';
import { choicesOf } from './flowWords';
import { offeredWords } from './offeredWords';
import { TransferFields } from './TransferFields';

interface FlowFieldsProps {
  readonly one: ResolvedFlow;
  readonly view: FlowView;
  readonly onChange: (change: Partial<Flow>) => void;
}

/** What is said about one flow: which data, whose, why, for how long, and under which rules. */
export function FlowFields(props: FlowFieldsProps) {
  const { one, view, onChange } = props;
  const { flow } = one;
  const offered = offeredWords(view.map.flows);
  return (
    <>
      <EndFields {...props} />
      <TextInput
        label="Name"
        placeholder={`${one.from.name} → ${one.to.name}`}
        maxLength={500}
        value={flow.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <WordsInput
        label="Categories of data"
        offered={offered.dataCategories}
        value={flow.dataCategories}
        onChange={(dataCategories) => onChange({ dataCategories })}
      />
      <MultiSelect
        label="Features of the catalogue"
        searchable
        limit={50}
        nothingFoundMessage="No feature matches."
        data={view.facts.features.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...flow.featureIds]}
        onChange={(ids) => onChange({ featureIds: ids.map((id) => FeatureId.parse(id)) })}
      />
      <Select
        label="What the data say about people"
        description="Beside what their features say."
        data={[...choicesOf(SENSITIVITY_WORDS)]}
        allowDeselect={false}
        value={flow.sensitivity}
        onChange={(value) => onChange({ sensitivity: Sensitivity.parse(value) })}
      />
      <WordsInput
        label="Categories of data subjects"
        offered={offered.subjectCategories}
        value={flow.subjectCategories}
        onChange={(subjectCategories) => onChange({ subjectCategories })}
      />
      <BasisFields {...props} purposes={offered.purposes} />
      <WordsInput
        label="Categories of recipients"
        description="Beside the end of the flow."
        offered={offered.recipients}
        value={flow.recipients}
        onChange={(recipients) => onChange({ recipients })}
      />
      <TransferFields one={one} onChange={onChange} />
      <WordsInput
        label="Security measures (Art. 32)"
        offered={offered.securityMeasures}
        value={flow.securityMeasures}
        onChange={(securityMeasures) => onChange({ securityMeasures })}
      />
      <Autocomplete
        label="On behalf of"
        description="The controller, where the organisation is a processor. Empty: its own."
        data={view.map.organisation.controllers
          .map(({ name }) => name)
          .filter((name) => name !== '')}
        maxLength={500}
        value={flow.onBehalfOf}
        onChange={(onBehalfOf) => onChange({ onBehalfOf })}
      />
    </>
  );
}

function EndFields({ one, view, onChange }: FlowFieldsProps) {
  const data = view.map.nodes.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      {(['fromId', 'toId'] as const).map((end) => (
        <Select
          key={end}
          label={end === 'fromId' ? 'From' : 'To'}
          searchable
          limit={50}
          allowDeselect={false}
          data={data}
          value={one.flow[end]}
          onChange={(value) => onChange({ [end]: FlowElementId.parse(value) })}
        />
      ))}
    </>
  );
}

interface BasisFieldsProps extends FlowFieldsProps {
  readonly purposes: readonly string[];
}

function BasisFields({ one, purposes, onChange }: BasisFieldsProps) {
  const { flow, sensitivities } = one;
  return (
    <>
      <Autocomplete
        label="Purpose"
        description="Flows with the same purpose are one activity of the register."
        data={[...purposes]}
        maxLength={500}
        value={flow.purpose}
        onChange={(purpose) => onChange({ purpose })}
      />
      <Select
        label="Lawful basis"
        placeholder="Not said yet"
        clearable
        data={[...choicesOf(LAWFUL_BASIS_WORDS)]}
        value={flow.lawfulBasis}
        onChange={(value) =>
          onChange({ lawfulBasis: value === null ? null : LawfulBasis.parse(value) })
        }
      />
      {(sensitivities.has('special') || flow.specialCondition !== null) && (
        <Select
          label="Condition for special categories"
          placeholder="Not said yet"
          clearable
          data={[...choicesOf(SPECIAL_CONDITION_WORDS)]}
          value={flow.specialCondition}
          onChange={(value) =>
            onChange({ specialCondition: value === null ? null : SpecialCondition.parse(value) })
          }
        />
      )}
      {restsOnConsent(flow) && (
        <TextInput
          label="Where consents are recorded"
          maxLength={500}
          value={flow.consentRecord}
          onChange={(event) => onChange({ consentRecord: event.currentTarget.value })}
        />
      )}
      <NumberInput
        label="Kept for (days)"
        placeholder="Not said yet"
        min={1}
        max={36_525}
        allowDecimal={false}
        thousandSeparator=","
        value={flow.retentionDays ?? ''}
        onChange={(value) => onChange({ retentionDays: typeof value === 'number' ? value : null })}
      />
    </>
  );
}
