import { Stack, Text } from '@mantine/core';
import type { PermutedFeature, Permutation } from '../../shared/explanation/computed';
import { METRIC_WORDS, permutationSentence } from '../../shared/explanation/modelWords';
import { DataTable, type Column } from '../ui/DataTable';
import { formatStatistic } from '../ui/formatNumber';
import { Sentence } from '../ui/Sentence';
import { PermutationChart } from './PermutationChart';

/** How much worse the model predicts without each feature. */
export function PermutationPart({ permutation }: { readonly permutation: Permutation }) {
  const { metric } = permutation;
  return (
    <Stack gap="sm">
      <Text maw="86ch">
        <Sentence text={permutationSentence(permutation) ?? ''} />
      </Text>
      <DataTable
        caption="Permutation importance"
        columns={columnsOf(metric)}
        rows={permutation.features}
        rowKey={({ name }) => name}
        initialSort={{ key: 'meanDrop', direction: 'descending' }}
        maxHeight="320px"
      />
      <PermutationChart permutation={permutation} />
    </Stack>
  );
}

function columnsOf(metric: Permutation['metric']): readonly Column<PermutedFeature>[] {
  return [
    {
      key: 'name',
      header: 'Feature',
      render: ({ name }) => <b>{name}</b>,
      sortValue: ({ name }) => name,
    },
    {
      key: 'meanDrop',
      header: metric === 'auc' ? 'Fall of the AUC' : 'Rise of the RMSE',
      align: 'right',
      width: '170px',
      hint: `How much worse the ${METRIC_WORDS[metric]} gets when the feature is shuffled, mean over the shuffles; below zero by chance.`,
      render: ({ meanDrop }) => formatStatistic(meanDrop),
      sortValue: ({ meanDrop }) => meanDrop,
    },
    {
      key: 'sd',
      header: 'Standard deviation',
      align: 'right',
      width: '170px',
      hint: 'Over the shuffles.',
      render: ({ sd }) => formatStatistic(sd),
      sortValue: ({ sd }) => sd,
    },
  ];
}
