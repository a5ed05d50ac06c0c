import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { THRESHOLD_ORIGINS } from '../../shared/drift/driftPolicy';
import { DRIFT_METHODS, METHOD_WORDS, ORIGIN_WORDS } from './methodWords';
import type { OverrideDraft } from './policyDraft';
import type { PolicyFieldsProps } from './PolicyFields';

const METHOD_DATA = [
  { value: 'same', label: 'Method of the policy' },
  ...DRIFT_METHODS.map((value) => ({ value, label: METHOD_WORDS[value].name })),
];

const ORIGIN_DATA = [
  { value: 'same', label: 'Threshold of the policy' },
  ...THRESHOLD_ORIGINS.map((value) => ({ value, label: `From ${ORIGIN_WORDS[value]}` })),
];

/** Features that are judged by a method or threshold of their own. */
export function PolicyOverrides({ draft, problems, featureNames, onChange }: PolicyFieldsProps) {
  const { overrides } = draft;
  function edit(id: number, change: Partial<OverrideDraft>): void {
    onChange({ overrides: overrides.map((it) => (it.id === id ? { ...it, ...change } : it)) });
  }
  function add(): void {
    const id = Math.max(0, ...overrides.map((it) => it.id)) + 1;
    onChange({
      overrides: [...overrides, { id, feature: '', method: '', threshold: '', thresholdFrom: '' }],
    });
  }
  return (
    <Stack gap="xs" component="section" aria-label="Features with rules of their own">
      <Text fw={600}>Features with rules of their own</Text>
      {overrides.map((override) => (
        <OverrideLine
          key={override.id}
          override={override}
          problem={problems.overrides.get(override.id) ?? null}
          featureNames={featureNames}
          onEdit={(change) => edit(override.id, change)}
          onRemove={() => onChange({ overrides: overrides.filter(({ id }) => id !== override.id) })}
        />
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          Add a feature
        </Button>
      </Group>
    </Stack>
  );
}

interface OverrideLineProps {
  readonly override: OverrideDraft;
  readonly problem: string | null;
  readonly featureNames: readonly string[];
  readonly onEdit: (change: Partial<OverrideDraft>) => void;
  readonly onRemove: () => void;
}

function OverrideLine({ override, problem, featureNames, onEdit, onRemove }: OverrideLineProps) {
  const { feature, method, threshold, thresholdFrom } = override;
  // A feature of an older batch may be gone from the history and still have a rule.
  const names =
    featureNames.includes(feature) || feature === '' ? featureNames : [feature, ...featureNames];
  return (
    <div>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Select
          aria-label="Feature"
          placeholder="Feature"
          flex={2}
          searchable
          limit={100}
          allowDeselect={false}
          data={[...names]}
          value={feature === '' ? null : feature}
          onChange={(chosen) => onEdit({ feature: chosen ?? '' })}
        />
        <Select
          aria-label={`Method for ${feature}`}
          flex={2}
          allowDeselect={false}
          data={METHOD_DATA}
          value={method === '' ? 'same' : method}
          onChange={(chosen) =>
            onEdit({ method: DRIFT_METHODS.find((known) => known === chosen) ?? '' })
          }
        />
        <Select
          aria-label={`Threshold of ${feature} from`}
          flex={2}
          allowDeselect={false}
          data={ORIGIN_DATA}
          value={thresholdFrom === '' ? (threshold === '' ? 'same' : 'fixed') : thresholdFrom}
          onChange={(chosen) =>
            onEdit({ thresholdFrom: THRESHOLD_ORIGINS.find((known) => known === chosen) ?? '' })
          }
        />
        <NumberInput
          aria-label={`Threshold for ${feature}`}
          placeholder="as above"
          flex={1}
          step={0.01}
          value={threshold}
          onChange={(value) => onEdit({ threshold: value })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`Remove the rule for ${feature === '' ? 'this line' : feature}`}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {problem !== null && (
        <Text size="xs" c="error" mt={2}>
          {problem}
        </Text>
      )}
    </div>
  );
}
