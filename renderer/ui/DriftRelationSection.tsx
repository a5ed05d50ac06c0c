import { Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DriftRelation, FeatureRelation } from '../../shared/performance/driftRelation';
import { METRIC_FACTS } from '../../shared/performance/metric';
import { DataTable, type Column } from './DataTable';
import { ErrorPanel } from './ErrorPanel';
import { formatCount, formatPValue, NO_VALUE } from './formatNumber';
import { Section } from './Section';
import { Sentence } from './Sentence';
import { useCall } from './useCall';

const COLUMNS: readonly Column<FeatureRelation>[] = [
  {
    key: 'name',
    header: 'Feature',
    render: ({ name }) => name,
    sortValue: ({ name }) => name,
  },
  {
    key: 'rho',
    header: 'Rank correlation',
    align: 'right',
    hint: 'Spearman: 1 where the feature always drifts more when performance is worse, 0 where neither follows the other',
    render: ({ rho }) => (rho === null ? NO_VALUE : rho.toFixed(2)),
    sortValue: ({ rho }) => rho,
  },
  {
    key: 'interval',
    header: '95 % interval',
    align: 'right',
    hint: 'From ten windows on',
    render: ({ interval }) =>
      interval === null ? NO_VALUE : `${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}`,
  },
  {
    key: 'n',
    header: 'Windows',
    align: 'right',
    render: ({ n }) => formatCount(n),
    sortValue: ({ n }) => n,
  },
  {
    key: 'p',
    header: 'p',
    align: 'right',
    hint: 'Two-sided; up to nine windows every order is counted',
    render: ({ pValue }) => formatPValue(pValue),
    sortValue: ({ pValue }) => pValue,
  },
  {
    key: 'adjusted',
    header: 'p, corrected',
    align: 'right',
    hint: 'Benjamini-Hochberg over the features',
    render: ({ adjustedPValue, reason }) => reason ?? formatPValue(adjustedPValue),
    sortValue: ({ adjustedPValue }) => adjustedPValue,
  },
];

interface DriftRelationSectionProps {
  readonly modelId: string;
  /** Read again when it changes. */
  readonly refreshKey: string | number;
}

/** Which features drift where the model gets worse, or why that cannot be said yet. */
export function DriftRelationSection({ modelId, refreshKey }: DriftRelationSectionProps) {
  const { run, error } = useCall('performance.driftRelation');
  const [found, setFound] = useState<DriftRelation | null>(null);
  useEffect(() => {
    void run({ modelId }).then((result) => {
      if (result.ok) setFound(result.value);
    });
  }, [run, modelId, refreshKey]);
  return (
    <Section title="Drift and performance">
      {error !== null && <ErrorPanel error={error} />}
      {found !== null && (
        <Stack gap="xs">
          <Text maw="86ch" className="assay-figures">
            <Sentence text={found.sentence} />
          </Text>
          {found.features.some(({ rho }) => rho !== null) && <Ranked found={found} />}
        </Stack>
      )}
    </Section>
  );
}

function Ranked({ found }: { readonly found: DriftRelation }) {
  const label = found.metric === null ? 'performance' : METRIC_FACTS[found.metric].label;
  return (
    <>
      <DataTable
        caption={`Features by how their drift goes with the loss of ${label}`}
        columns={COLUMNS}
        rows={found.features}
        rowKey={({ name }) => name}
        maxHeight="360px"
      />
      <Text c="dimmed" maw="86ch">
        Over the windows that have both a drift report and nine tenths of their outcomes:{' '}
        {found.windows.map(({ label: window }) => window).join(', ')}. Each feature counts with its
        primary statistic, performance with its loss against the baseline.
      </Text>
    </>
  );
}
