import { Stack, Text } from '@mantine/core';
import type { LocalSurrogate } from '../../shared/explanation/modelCase';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, formatShare, formatStatistic } from '../ui/formatNumber';

type Weight = LocalSurrogate['weights'][number];

const COLUMNS: readonly Column<Weight>[] = [
  { key: 'feature', header: 'Feature', width: '40%', render: ({ feature }) => feature },
  {
    key: 'weight',
    header: 'Weight',
    align: 'right',
    hint: 'Change of the prediction per standard deviation of a number, or for a category being as in this case.',
    sortValue: ({ weight }) => Math.abs(weight),
    render: ({ weight }) => formatStatistic(weight),
  },
  {
    key: 'sd',
    header: 'SD over the draws',
    align: 'right',
    hint: 'How much the weight differs from draw to draw.',
    sortValue: ({ sd }) => sd,
    render: ({ sd }) => formatStatistic(sd),
  },
];

/** A straight line that stands for the model near one case, with what tells how far to trust it. */
export function SurrogatePart({ surrogate }: { readonly surrogate: LocalSurrogate }) {
  const { weights, r2, nSamples, nRepeats, kernelWidth, seed } = surrogate;
  return (
    <Stack gap="sm">
      <Text maw="86ch">
        {r2 === null
          ? 'The prediction does not vary near this case, so there is no line to fit.'
          : `Near this case a straight line explains ${formatShare(r2)} of how the prediction varies. ${r2 < 0.5 ? 'That is little: do not explain the case by it.' : 'It is an approximation; the contributions above are the explanation.'}`}
      </Text>
      <DataTable
        caption="Weights near this case"
        columns={COLUMNS}
        rows={weights}
        rowKey={({ feature }) => feature}
        maxHeight="24rem"
      />
      <Text c="dimmed">
        {formatCount(nRepeats)} draws of {formatCount(nSamples)} cases around this one, weighted
        ridge regression, kernel width {formatStatistic(kernelWidth)}, seed {seed}.
      </Text>
    </Stack>
  );
}
