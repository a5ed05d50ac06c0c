import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { VersionSummary } from '../../shared/registry/listChannels';
import type { ComparedSide } from '../../shared/registry/versionComparison';
import { api } from '../api/client';

interface VersionSelectProps {
  readonly label: string;
  /** Null: versions of every model are offered. */
  readonly modelId: string | null;
  readonly chosen: ComparedSide | null;
  readonly onChoose: (versionId: string) => void;
}

const OFFERED = 50;
const TYPING_PAUSE_MS = 150;

type Named = Pick<VersionSummary, 'id' | 'modelName' | 'version'>;

/** Chooses a version by number, description, tag, alias or model; core searches, newest first. */
export function VersionSelect({ label, modelId, chosen, onChoose }: VersionSelectProps) {
  const [typed, setTyped] = useState('');
  const nameOf = ({ modelName, version }: Pick<Named, 'modelName' | 'version'>): string =>
    `${modelName}, version ${version}`;
  const isChosenName = chosen !== null && typed === nameOf(chosen);
  const [text] = useDebouncedValue(isChosenName ? '' : typed, TYPING_PAUSE_MS);
  const found = useVersions(modelId, text);
  const offered: readonly Named[] =
    chosen === null || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  return (
    <Select
      label={label}
      w={360}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No version matches."
      value={chosen?.id ?? null}
      data={offered.map((version) => ({ value: version.id, label: nameOf(version) }))}
      // Core has searched already.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(value) => value !== null && onChoose(value)}
    />
  );
}

function useVersions(modelId: string | null, text: string): readonly VersionSummary[] {
  const [found, setFound] = useState<readonly VersionSummary[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    const query = { modelId, text, stage: null, alias: null, tag: null, hasReference: null };
    const page = { sort: 'newest', offset: 0, limit: OFFERED } as const;
    void api['registry.searchVersions']({ ...query, ...page }, { signal: controller.signal }).then(
      (result) => {
        if (result.ok && !controller.signal.aborted) setFound(result.value.versions);
      },
    );
    return () => controller.abort();
  }, [modelId, text]);
  return found;
}
