import { useCallback } from 'react';
import type { VersionSummary } from '../../shared/registry/listChannels';
import type { ComparedSide } from '../../shared/registry/versionComparison';
import { api } from '../api/client';
import { SearchedSelect, type Choice } from '../ui/SearchedSelect';

interface VersionSelectProps {
  readonly label: string;
  /** Null: versions of every model are offered. */
  readonly modelId: string | null;
  readonly chosen: ComparedSide | null;
  readonly onChoose: (versionId: string) => void;
}

const OFFERED = 50;

/** Chooses a version by number, description, tag, alias or model; newest first. */
export function VersionSelect({ label, modelId, chosen, onChoose }: VersionSelectProps) {
  const find = useCallback(
    async (text: string, signal: AbortSignal) => {
      const query = { modelId, text, stage: null, alias: null, tag: null, hasReference: null };
      const page = { sort: 'newest', offset: 0, limit: OFFERED } as const;
      const result = await api['registry.searchVersions']({ ...query, ...page }, { signal });
      return result.ok ? result.value.versions.map(choiceOf) : [];
    },
    [modelId],
  );
  return (
    <SearchedSelect
      label={label}
      w={360}
      nothingFound="No version matches."
      chosen={chosen === null ? null : choiceOf(chosen)}
      onChoose={({ value }) => onChoose(value)}
      find={find}
    />
  );
}

function choiceOf(version: Pick<VersionSummary, 'id' | 'modelName' | 'version'>): Choice {
  return { value: version.id, label: `${version.modelName}, version ${version.version}` };
}
