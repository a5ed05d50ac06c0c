import { Text } from '@mantine/core';
import type { FeatureDrift } from '../../shared/drift/driftReport';
import { DataTable } from '../ui/DataTable';
import { formatCount, formatPValue, formatShare } from '../ui/formatNumber';
import { pValueWords } from './featureSentence';
import { formatPoints } from './featureValue';
import { Section } from '../ui/Section';

/** What of each side could not be used, and whether the missing share changed. */
export function MissingTable({ feature }: { readonly feature: FeatureDrift }) {
  const { missingChange } = feature;
  return (
    <Section title="Usable and missing values">
      <DataTable
        caption="Usable, missing and infinite values of both sides"
        rowKey={({ side }) => side}
        rows={[
          {
            side: 'Reference',
            n: feature.nReference,
            missing: feature.missingReference,
            nInfinite: feature.nInfiniteReference,
          },
          {
            side: 'Live',
            n: feature.nLive,
            missing: feature.missingLive,
            nInfinite: feature.nInfiniteLive,
          },
        ]}
        columns={[
          { key: 'side', header: 'Side', render: ({ side }) => side },
          { key: 'n', header: 'Usable', align: 'right', render: ({ n }) => formatCount(n) },
          {
            key: 'missing',
            header: 'Missing share',
            align: 'right',
            render: ({ missing }) => formatShare(missing),
          },
          {
            key: 'infinite',
            header: 'Infinite',
            align: 'right',
            render: ({ nInfinite }) => formatCount(nInfinite),
          },
        ]}
      />
      {missingChange !== null && (
        <Text mt={6} className="assay-figures">
          The missing share changed by {formatPoints(missingChange.difference)} percentage points
          (95 % interval {formatPoints(missingChange.low)} to {formatPoints(missingChange.high)},{' '}
          {pValueWords(formatPValue(missingChange.pValue))}).
        </Text>
      )}
    </Section>
  );
}
