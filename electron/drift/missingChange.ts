import type { FeatureStatistics } from '../../shared/drift/driftReport';
import type { ColumnProfile } from '../../shared/drift/referenceProfile';
import type { ColumnCounts } from '../../shared/stats/columnSummary';
import { compareMissingRates } from '../../shared/stats/missingRate';

/** Change of the missing share with its interval; null when a side has no row. */
export function missingChange(
  reference: ColumnProfile,
  live: ColumnProfile,
): FeatureStatistics['missingChange'] {
  const test = compareMissingRates(toCounts(reference), toCounts(live));
  if (test.status !== 'ok') return null;
  const [low, high] = test.differenceInterval;
  return { difference: test.difference, low, high, pValue: test.pValue };
}

function toCounts({ counts: { nRows, nMissing, nInfinite } }: ColumnProfile): ColumnCounts {
  return {
    n: nRows,
    nullCount: nMissing,
    nanCount: 0,
    infiniteCount: nInfinite,
    finiteCount: nRows - nMissing - nInfinite,
  };
}
