import { Accordion, Stack, Switch } from '@mantine/core';
import { useMemo } from 'react';
import { countChanges } from '../../shared/registry/compareVersions';
import type { VersionComparison } from '../../shared/registry/versionComparison';
import { formatCount } from '../ui/formatNumber';
import { compareColumns } from './compareColumns';
import { CompareSection } from './CompareSection';
import { nDifferent } from './compareWords';

const TITLES = {
  facts: 'Description, data and origin',
  parameters: 'Hyperparameters',
  metrics: 'Metrics',
  columns: 'Schema',
  datasets: 'Datasets',
  artefacts: 'Artefacts',
} as const;

interface ComparisonViewProps {
  readonly comparison: VersionComparison;
  readonly onlyDifferences: boolean;
  readonly onOnlyDifferences: (isOn: boolean) => void;
}

/** Everything that two versions froze, side by side; what differs is open from the start. */
export function ComparisonView(props: ComparisonViewProps) {
  const { comparison, onlyDifferences } = props;
  const { facts, parameters, metrics, columns, datasets, artefacts, artefactCounts } = comparison;
  const tables = useMemo(() => compareColumns(comparison), [comparison]);
  const counts = {
    facts: countChanges(facts),
    parameters: countChanges(parameters),
    metrics: countChanges(metrics),
    columns: countChanges(columns),
    datasets: countChanges(datasets),
    artefacts: artefactCounts,
  };
  const differing = Object.entries(counts)
    .filter(([, n]) => nDifferent(n) > 0)
    .map(([part]) => part);
  return (
    <Stack gap="sm">
      <Switch
        label="Only differences"
        checked={onlyDifferences}
        onChange={(event) => props.onOnlyDifferences(event.currentTarget.checked)}
      />
      <Accordion multiple order={2} defaultValue={differing} variant="separated">
        <CompareSection
          part="facts"
          title={TITLES.facts}
          counts={counts.facts}
          columns={tables.facts}
          rows={facts}
          rowKey={({ fact }) => fact}
          onlyDifferences={onlyDifferences}
        />
        <CompareSection
          part="parameters"
          title={TITLES.parameters}
          counts={counts.parameters}
          columns={tables.parameters}
          rows={parameters}
          rowKey={({ name }) => name}
          onlyDifferences={onlyDifferences}
        />
        <CompareSection
          part="metrics"
          title={TITLES.metrics}
          counts={counts.metrics}
          columns={tables.metrics}
          rows={metrics}
          rowKey={({ name }) => name}
          onlyDifferences={onlyDifferences}
        />
        <CompareSection
          part="columns"
          title={TITLES.columns}
          counts={counts.columns}
          columns={tables.columns}
          rows={columns}
          rowKey={({ direction, name }) => `${direction} ${name}`}
          onlyDifferences={onlyDifferences}
        />
        <CompareSection
          part="datasets"
          title={TITLES.datasets}
          counts={counts.datasets}
          columns={tables.datasets}
          rows={datasets}
          rowKey={({ role, name }) => `${role} ${name}`}
          onlyDifferences={onlyDifferences}
        />
        <CompareSection
          part="artefacts"
          title={TITLES.artefacts}
          counts={counts.artefacts}
          columns={tables.artefacts}
          rows={artefacts}
          rowKey={({ path }) => path}
          onlyDifferences={onlyDifferences}
          note={artefactNote(comparison)}
        />
      </Accordion>
    </Stack>
  );
}

function artefactNote({ artefacts, artefactCounts }: VersionComparison): string | undefined {
  const nLeftOut = nDifferent(artefactCounts) - artefacts.length;
  if (nLeftOut > 0) return `and ${formatCount(nLeftOut)} more files that differ.`;
  if (artefactCounts.same === 0) return undefined;
  return 'Files that are the same on both sides are counted, not listed.';
}
