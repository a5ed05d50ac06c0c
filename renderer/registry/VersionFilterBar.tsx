import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconArrowsDiff, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { VersionChoices } from '../../shared/registry/listChannels';
import { STAGES } from '../../shared/registry/model';
import { api } from '../api/client';
import { choiceOptions } from './choiceWords';
import { ALL_VERSIONS, useListStore, useMarked } from './listStore';

/** The search field and filters above the versions of a model, and the way to comparing two of them. */
export function VersionFilterBar({ modelId }: { readonly modelId: string }) {
  const query = useListStore((state) => state.versionsByModel[modelId] ?? ALL_VERSIONS);
  const search = useListStore((state) => state.searchVersions);
  const choices = useVersionChoices(modelId);
  const { text, stage, alias, tag } = query;
  const chosen = (value: string | null): readonly string[] => (value === null ? [] : [value]);
  const isNarrowed = text !== '' || stage !== null || alias !== null || tag !== null;
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        label="Search"
        aria-label="Search versions"
        placeholder="Number, description, tag or alias"
        leftSection={<IconSearch size={16} aria-hidden />}
        w={270}
        maxLength={200}
        value={text}
        onChange={(event) => search(modelId, { text: event.currentTarget.value })}
      />
      <Select
        label="Stage"
        placeholder="Any"
        w={150}
        clearable
        value={stage}
        data={choiceOptions(choices?.stages ?? [], chosen(stage))}
        onChange={(value) =>
          search(modelId, { stage: STAGES.find((known) => known === value) ?? null })
        }
      />
      {(choices?.aliases ?? []).length > 0 && (
        <Select
          label="Alias"
          placeholder="Any"
          w={170}
          clearable
          searchable
          limit={100}
          value={alias}
          data={choiceOptions(choices?.aliases ?? [], chosen(alias))}
          onChange={(value) => search(modelId, { alias: value })}
        />
      )}
      {(choices?.tags ?? []).length > 0 && (
        <Select
          label="Tag"
          placeholder="Any"
          w={170}
          clearable
          searchable
          limit={100}
          value={tag}
          data={choiceOptions(choices?.tags ?? [], chosen(tag))}
          onChange={(value) => search(modelId, { tag: value })}
        />
      )}
      {isNarrowed && (
        <Button
          variant="subtle"
          onClick={() => search(modelId, { ...ALL_VERSIONS, sort: query.sort })}
        >
          Show all
        </Button>
      )}
      <CompareButton modelId={modelId} />
    </Group>
  );
}

/** Leads to the comparison of the two marked versions, the older one on the left. */
function CompareButton({ modelId }: { readonly modelId: string }) {
  const [, navigate] = useLocation();
  const [left, right] = useMarked(modelId).toSorted((a, b) => a.version - b.version);
  const isReady = left !== undefined && right !== undefined;
  return (
    <Button
      variant="default"
      ml="auto"
      disabled={!isReady}
      title={isReady ? undefined : 'Mark two versions in the table to compare them'}
      leftSection={<IconArrowsDiff size={16} aria-hidden />}
      onClick={() => isReady && navigate(`/models/${modelId}/compare/${left.id}/${right.id}`)}
    >
      {isReady ? `Compare v${left.version} and v${right.version}` : 'Compare two versions'}
    </Button>
  );
}

function useVersionChoices(modelId: string): VersionChoices | null {
  const [choices, setChoices] = useState<VersionChoices | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void api['registry.versionChoices']({ modelId }).then((result) => {
      if (isCurrent && result.ok) setChoices(result.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [modelId]);
  return choices;
}
