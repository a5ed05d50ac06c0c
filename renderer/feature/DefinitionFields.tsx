import {
  Checkbox,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { LAWFUL_BASIS_WORDS, SPECIAL_CONDITION_WORDS } from '../../shared/feature/basisWords';
import {
  ConsentRule,
  LawfulBasis,
  Sensitivity,
  SpecialCondition,
  ValueType,
  type FeatureDefinition,
} from '../../shared/feature/feature';
import { choicesOf, CONSENT_WORDS, SENSITIVITY_CHOICES, VALUE_TYPE_WORDS } from './featureWords';

interface DefinitionFieldsProps {
  readonly definition: FeatureDefinition;
  readonly onChange: (definition: FeatureDefinition) => void;
}

/** What is said about a feature, as it is typed. */
export function DefinitionFields(props: DefinitionFieldsProps) {
  return (
    <Stack gap="sm">
      <EngineeringFields {...props} />
      <ComplianceFields {...props} />
    </Stack>
  );
}

function EngineeringFields({ definition, onChange }: DefinitionFieldsProps) {
  const set = (change: Partial<FeatureDefinition>): void => onChange({ ...definition, ...change });
  return (
    <>
      <Textarea
        label="Description"
        description="What a value of it says, with its unit."
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        value={definition.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <SimpleGrid cols={2}>
        <Select
          label="Type"
          data={[...choicesOf(VALUE_TYPE_WORDS)]}
          allowDeselect={false}
          value={definition.valueType}
          onChange={(value) => set({ valueType: ValueType.parse(value) })}
        />
        <TextInput
          label="Owner"
          maxLength={500}
          value={definition.owner}
          onChange={(event) => set({ owner: event.currentTarget.value })}
        />
        <TextInput
          label="Source"
          description="System, table or file that it comes from."
          maxLength={500}
          value={definition.source}
          onChange={(event) => set({ source: event.currentTarget.value })}
        />
        <TagsInput
          label="Other names of its column"
          description="Versions that name one of these use it, too."
          value={[...definition.columnNames]}
          onChange={(columnNames) => set({ columnNames })}
        />
      </SimpleGrid>
      <Textarea
        label="Transformation"
        description="How it is made of the source."
        autosize
        minRows={1}
        maxRows={8}
        maxLength={5000}
        value={definition.transformation}
        onChange={(event) => set({ transformation: event.currentTarget.value })}
      />
      <TagsInput label="Tags" value={[...definition.tags]} onChange={(tags) => set({ tags })} />
    </>
  );
}

function ComplianceFields({ definition, onChange }: DefinitionFieldsProps) {
  const set = (change: Partial<FeatureDefinition>): void => onChange({ ...definition, ...change });
  const { sensitivity } = definition;
  return (
    <>
      <Select
        label="What it says about people"
        data={[...choicesOf(SENSITIVITY_CHOICES)]}
        allowDeselect={false}
        value={sensitivity}
        onChange={(value) => {
          const next = Sensitivity.parse(value);
          set({
            sensitivity: next,
            specialCondition: next === 'special' ? definition.specialCondition : null,
          });
        }}
      />
      <TagsInput
        label="Purposes"
        description="What it is used for."
        value={[...definition.purposes]}
        onChange={(purposes) => set({ purposes })}
      />
      <SimpleGrid cols={2}>
        <Select
          label="Lawful basis"
          placeholder="Not said yet"
          clearable
          data={[...choicesOf(LAWFUL_BASIS_WORDS)]}
          value={definition.lawfulBasis}
          onChange={(value) =>
            set({ lawfulBasis: value === null ? null : LawfulBasis.parse(value) })
          }
        />
        {sensitivity === 'special' && (
          <Select
            label="Condition for special categories"
            placeholder="Not said yet"
            clearable
            data={[...choicesOf(SPECIAL_CONDITION_WORDS)]}
            value={definition.specialCondition}
            onChange={(value) =>
              set({ specialCondition: value === null ? null : SpecialCondition.parse(value) })
            }
          />
        )}
        <Select
          label="Consent"
          data={[...choicesOf(CONSENT_WORDS)]}
          allowDeselect={false}
          value={definition.consentRule}
          onChange={(value) => set({ consentRule: ConsentRule.parse(value) })}
        />
        <NumberInput
          label="Kept for (days)"
          placeholder="Not said yet"
          min={1}
          max={36_525}
          allowDecimal={false}
          thousandSeparator=","
          value={definition.retentionDays ?? ''}
          onChange={(value) => set({ retentionDays: typeof value === 'number' ? value : null })}
        />
      </SimpleGrid>
      <Checkbox
        label="Retired: not to be used any more"
        checked={definition.isRetired}
        onChange={(event) => set({ isRetired: event.currentTarget.checked })}
      />
    </>
  );
}
