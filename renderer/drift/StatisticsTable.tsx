import { Badge, Group, Text } from '@mantine/core';
import type { DriftPolicy } from '../../shared/drift/driftPolicy';
import type { FeatureDrift } from '../../shared/drift/driftReport';
import { DataTable, type Column } from '../ui/DataTable';
import { formatThreshold } from './featureValue';
import { Section } from '../ui/Section';
import { statisticRows, type StatisticRow } from './statisticRows';
import { Whole } from './Whole';

interface StatisticsTableProps {
  readonly feature: FeatureDrift;
  readonly policy: DriftPolicy;
}

/** Every statistic of a feature, with what it means. */
export function StatisticsTable({ feature, policy }: StatisticsTableProps) {
  const rows = statisticRows(feature, policy);
  const columns: readonly Column<StatisticRow>[] = [
    {
      key: 'name',
      header: 'Statistic',
      width: '30%',
      render: ({ name, isPrimary }) => (
        <Group gap={6}>
          <Text fw={isPrimary ? 600 : 400}>{name}</Text>
          {isPrimary && (
            <Badge variant="default" size="sm">
              primary
            </Badge>
          )}
        </Group>
      ),
    },
    {
      key: 'value',
      header: 'Value',
      align: 'right',
      width: '130px',
      render: ({ value, isPrimary }) => (
        <>
          <Text fw={isPrimary ? 600 : 400}>
            <Whole>{value}</Whole>
          </Text>
          {isPrimary && (
            <Text size="xs" c="dimmed">
              threshold {formatThreshold(feature.threshold)}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'meaning',
      header: 'What it says',
      render: ({ meaning }) => (
        <Text c="dimmed" py={2}>
          {meaning}
        </Text>
      ),
    },
  ];
  return (
    <Section title="Statistics">
      {rows.length === 0 ? (
        <Text>None: {feature.notAssessedReason ?? feature.reason}</Text>
      ) : (
        <DataTable
          caption={`Statistics of ${feature.name}`}
          columns={columns}
          rows={rows}
          rowKey={({ name }) => name}
        />
      )}
    </Section>
  );
}
