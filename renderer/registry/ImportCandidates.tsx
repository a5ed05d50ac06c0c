import { Button, Checkbox, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ImportCandidate, InspectedStore } from '../../shared/registry/importChannels';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, NO_VALUE } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { useImportStore } from './importStore';
import {
  candidateWords,
  filterCandidates,
  filterItems,
  IMPORT_FILTERS,
  labelsThere,
  STATE_LOOK,
} from './importWords';

/** Every candidate with its state; the person chooses which become versions here. */
export function ImportCandidates({ store }: { readonly store: InspectedStore }) {
  const { candidates } = store;
  const chosen = useImportStore((state) => state.chosen);
  const filter = useImportStore((state) => state.filter);
  const choose = useImportStore((state) => state.choose);
  const setFilter = useImportStore((state) => state.setFilter);
  const items = useMemo(() => filterItems(candidates), [candidates]);
  const shown = useMemo(() => filterCandidates(candidates, filter), [candidates, filter]);
  const columns = useMemo(() => columnsFor(chosen, choose), [chosen, choose]);
  const free = shown.filter(({ state }) => state !== 'known').map(({ key }) => key);
  function toggle({ key, state }: ImportCandidate): void {
    if (state !== 'known') choose([key], !chosen.has(key));
  }
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          aria-label="Which candidates to show"
          data={[...items]}
          value={filter}
          onChange={(value) => {
            const next = IMPORT_FILTERS.find((one) => one === value);
            if (next !== undefined) setFilter(next);
          }}
        />
        <Group gap="xs">
          <Button variant="default" disabled={free.length === 0} onClick={() => choose(free, true)}>
            Choose all shown
          </Button>
          <Button
            variant="default"
            disabled={free.length === 0}
            onClick={() => choose(free, false)}
          >
            Choose none shown
          </Button>
        </Group>
      </Group>
      {shown.length === 0 ? (
        <Text role="status">Nothing of this kind. {formatCount(candidates.length)} in all.</Text>
      ) : (
        <DataTable
          caption="What can be imported"
          columns={columns}
          rows={shown}
          rowKey={({ key }) => key}
          onActivate={toggle}
          maxHeight="min(52vh, 640px)"
        />
      )}
    </Stack>
  );
}

function nameOf({ modelName, version, runId }: ImportCandidate): string {
  return version === null ? `${modelName}, run ${runId ?? ''}` : `${modelName}, version ${version}`;
}

/** The first letters of an identifier tell runs apart; all of it is in the title. */
function shortened(runId: string): string {
  return runId.length <= 10 ? runId : `${runId.slice(0, 8)}…`;
}

function columnsFor(
  chosen: ReadonlySet<string>,
  choose: (keys: readonly string[], isChosen: boolean) => void,
): readonly Column<ImportCandidate>[] {
  return [
    {
      key: 'chosen',
      header: '',
      width: '44px',
      render: (candidate) => (
        <Checkbox
          size="xs"
          aria-label={`Import ${nameOf(candidate)}`}
          checked={chosen.has(candidate.key)}
          disabled={candidate.state === 'known'}
          onChange={(event) => choose([candidate.key], event.currentTarget.checked)}
        />
      ),
    },
    ...FACTS,
  ];
}

const FACTS: readonly Column<ImportCandidate>[] = [
  {
    key: 'model',
    header: 'Model',
    width: '19%',
    render: ({ modelName, isNewModel }) => (
      <Text fw={600} truncate title={isNewModel ? `${modelName} (new here)` : modelName}>
        {modelName}
      </Text>
    ),
    sortValue: ({ modelName }) => modelName,
  },
  {
    key: 'version',
    header: 'Version there',
    width: '118px',
    align: 'right',
    render: ({ version }) => version ?? NO_VALUE,
    sortValue: ({ version }) => (version === null ? null : Number(version)),
  },
  {
    key: 'run',
    header: 'Run',
    width: '112px',
    render: ({ runId }) => (
      <Text ff="monospace" size="xs" truncate title={runId ?? undefined}>
        {runId === null ? NO_VALUE : shortened(runId)}
      </Text>
    ),
    sortValue: ({ runId }) => runId,
  },
  {
    key: 'labels',
    header: 'Stage and aliases there',
    width: '176px',
    render: (candidate) => (
      <Text truncate title={labelsThere(candidate)}>
        {labelsThere(candidate) === '' ? NO_VALUE : labelsThere(candidate)}
      </Text>
    ),
    sortValue: labelsThere,
  },
  {
    key: 'state',
    header: 'State',
    width: '118px',
    render: ({ state }) => (
      <div style={{ minWidth: 96 }}>
        <StateBadge {...STATE_LOOK[state]} />
      </div>
    ),
    sortValue: ({ state }) => state,
  },
  {
    key: 'words',
    header: 'What it brings',
    render: (candidate) => (
      <Text lineClamp={2} title={candidateWords(candidate)}>
        {candidateWords(candidate)}
      </Text>
    ),
  },
];
