import { Stack, Text } from '@mantine/core';
import type { SliceTable } from '../../shared/card/cardContent';
import { sliceShares, type SliceShare } from '../../shared/card/sliceShares';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, formatShare, formatStatistic } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { SLICE_LOOKS } from './cardWords';
import { sliceSentence } from './sliceWords';

const COLUMNS: readonly Column<SliceShare>[] = [
  { key: 'group', header: 'Group', render: ({ group }) => group },
  {
    key: 'n',
    header: 'Cases / rows',
    align: 'right',
    render: ({ count, n }) => `${formatCount(count)} / ${formatCount(n)}`,
  },
  {
    key: 'share',
    header: 'Share',
    align: 'right',
    hint: 'With the 95 % interval of Wilson',
    render: ({ share, interval }) =>
      interval === null
        ? formatShare(share)
        : `${formatShare(share)} [${formatShare(interval[0])}, ${formatShare(interval[1])}]`,
  },
  {
    key: 'ratio',
    header: 'Ratio to the reference',
    align: 'right',
    hint: 'With the 95 % interval by MOVER-R on the Wilson intervals',
    render: ({ ratio, ratioInterval }) =>
      ratioInterval === null
        ? formatStatistic(ratio)
        : `${formatStatistic(ratio)} [${formatStatistic(ratioInterval[0])}, ${Number.isFinite(ratioInterval[1]) ? formatStatistic(ratioInterval[1]) : 'no end'}]`,
  },
  {
    key: 'verdict',
    header: 'Reading',
    render: ({ verdict }) => <StateBadge {...SLICE_LOOKS[verdict]} />,
  },
];

/** The share of each group with its interval, and how it compares with the reference group. */
export function SliceShares({ table }: { readonly table: SliceTable }) {
  const shares = sliceShares(table);
  return (
    <Stack gap={4}>
      <Text fw={600}>{sliceSentence(table, shares)}</Text>
      <DataTable
        caption={`${table.metric} by ${table.attribute}`}
        columns={COLUMNS}
        rows={shares}
        rowKey={({ group }) => group}
      />
      {table.source !== '' && <Text c="dimmed">Counts: {table.source}</Text>}
    </Stack>
  );
}
