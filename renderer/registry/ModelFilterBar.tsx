import { Button, Checkbox, Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ModelChoices, ModelFilters } from '../../shared/registry/listChannels';
import { RISK_CLASSES, STAGES } from '../../shared/registry/model';
import { formatCount } from '../ui/formatNumber';
import { choiceOptions } from './choiceWords';
import { ALL_MODELS, useListStore } from './listStore';
import { NOT_ASSESSED, RISK_WORDS } from './riskClasses';

const SHOWN_OPTIONS = 100;
const RISK_CHOICES = [...RISK_CLASSES, 'notAssessed'] as const;

function riskWords(value: string): string {
  const known = RISK_CLASSES.find((risk) => risk === value);
  return known === undefined ? NOT_ASSESSED : RISK_WORDS[known].label;
}

/** The search field and filters above the list of models; every choice says how many it leaves. */
export function ModelFilterBar({ choices }: { readonly choices: ModelChoices | null }) {
  const { text, filters } = useListStore((state) => state.models);
  const search = useListStore((state) => state.searchModels);
  const narrow = (part: Partial<ModelFilters>): void =>
    search({ filters: { ...filters, ...part } });
  const isNarrowed = text !== '' || filters !== ALL_MODELS.filters;
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        label="Search"
        aria-label="Search models"
        placeholder="Name, owner, purpose or tag"
        leftSection={<IconSearch size={16} aria-hidden />}
        w={195}
        maxLength={200}
        value={text}
        onChange={(event) => search({ text: event.currentTarget.value })}
      />
      <WordFilters choices={choices} filters={filters} onNarrow={narrow} />
      <Select
        label="Stage"
        placeholder="Any"
        w={112}
        clearable
        value={filters.stage}
        data={choiceOptions(choices?.stages ?? [], filters.stage === null ? [] : [filters.stage])}
        onChange={(value) => narrow({ stage: STAGES.find((stage) => stage === value) ?? null })}
      />
      <Checkbox
        mb={9}
        label={`With open alerts${choices === null ? '' : ` (${formatCount(choices.nAlerting)})`}`}
        checked={filters.hasOpenAlert === true}
        onChange={(event) => narrow({ hasOpenAlert: event.currentTarget.checked ? true : null })}
      />
      {isNarrowed && (
        <Button variant="subtle" onClick={() => search({ text: '', filters: ALL_MODELS.filters })}>
          Show all
        </Button>
      )}
    </Group>
  );
}

interface WordFiltersProps {
  readonly choices: ModelChoices | null;
  readonly filters: ModelFilters;
  readonly onNarrow: (part: Partial<ModelFilters>) => void;
}

function WordFilters({ choices, filters, onNarrow }: WordFiltersProps) {
  const common = { searchable: true, clearable: true, limit: SHOWN_OPTIONS } as const;
  return (
    <>
      <MultiSelect
        {...common}
        w={190}
        label="Owner"
        placeholder={filters.owners.length === 0 ? 'Any' : ''}
        value={[...filters.owners]}
        data={choiceOptions(choices?.owners ?? [], filters.owners)}
        onChange={(owners) => onNarrow({ owners })}
      />
      <MultiSelect
        {...common}
        w={150}
        label="Risk class"
        placeholder={filters.riskClasses.length === 0 ? 'Any' : ''}
        value={[...filters.riskClasses]}
        data={choiceOptions(choices?.riskClasses ?? [], filters.riskClasses, riskWords)}
        onChange={(values) =>
          onNarrow({ riskClasses: RISK_CHOICES.filter((choice) => values.includes(choice)) })
        }
      />
      <MultiSelect
        {...common}
        w={140}
        label="Tags"
        placeholder={filters.tags.length === 0 ? 'Any' : ''}
        value={[...filters.tags]}
        data={choiceOptions(choices?.tags ?? [], filters.tags)}
        onChange={(tags) => onNarrow({ tags })}
      />
    </>
  );
}
