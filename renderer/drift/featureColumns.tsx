import { Text } from '@mantine/core';
import { VERDICTS, type FeatureDrift } from '../../shared/drift/driftReport';
import type { Column } from '../ui/DataTable';
import {
  formatCount,
  formatPValue,
  formatShare,
  formatStatistic,
  NO_VALUE,
} from '../ui/formatNumber';
import { VerdictBadge } from '../ui/StateBadge';
import { KIND_WORDS } from './columnChoice';
import { timesThreshold } from './featureRanking';
import { formatThreshold } from './featureValue';
import { METHOD_WORDS } from './methodWords';
import { Sparkline } from './Sparkline';
import { Whole } from './Whole';

/** The change of the missing share in percentage points, with its sign. */
export function missingChangeWords(
  feature: Pick<FeatureDrift, 'missingReference' | 'missingLive'>,
): string {
  const change = feature.missingLive - feature.missingReference;
  if (change === 0) return '0 %';
  return change > 0 ? `+${formatShare(change)}` : formatShare(change);
}

function roleWords({ kind, role }: FeatureDrift): string {
  if (role === 'prediction') return 'Prediction';
  if (role === 'label') return 'Label';
  return KIND_WORDS[kind];
}

function StatisticCell({ feature }: { readonly feature: FeatureDrift }) {
  const { primary, primaryValue, threshold, verdict } = feature;
  if (primaryValue === null) return NO_VALUE;
  const sign = primaryValue > threshold ? '>' : '≤';
  return (
    <Whole>
      <Text span c="dimmed" size="xs">
        {METHOD_WORDS[primary].symbol}
      </Text>{' '}
      <Text span fw={verdict === 'drifted' ? 600 : 400}>
        {formatStatistic(primaryValue)}
      </Text>{' '}
      <Text span c="dimmed">
        {sign} {formatThreshold(threshold)}
      </Text>
    </Whole>
  );
}

/** Null where the counts cannot carry it, and in reports of older versions. */
function chanceLimitOf({ primary, chanceLimits, ks }: FeatureDrift): number | null {
  return chanceLimits[primary] ?? (primary === 'ks' ? (ks?.criticalD ?? null) : null);
}

/** The columns of the ranked table of a report. */
export const FEATURE_COLUMNS: readonly Column<FeatureDrift>[] = [
  {
    key: 'name',
    header: 'Feature',
    render: ({ name }) => (
      <Text fw={600} lineClamp={1} title={name} style={{ wordBreak: 'break-all' }}>
        {name}
      </Text>
    ),
    sortValue: ({ name }) => name,
  },
  {
    key: 'picture',
    header: 'Distribution',
    width: '120px',
    hint: 'Reference filled grey, live in blue',
    render: ({ picture, name }) => <Sparkline picture={picture} name={name} />,
  },
  {
    key: 'verdict',
    header: 'Verdict',
    width: '148px',
    render: ({ verdict, reason }) => (
      <div style={{ minWidth: 124 }}>
        <VerdictBadge verdict={verdict} title={reason} />
      </div>
    ),
    sortValue: ({ verdict }) => VERDICTS.indexOf(verdict),
  },
  {
    key: 'statistic',
    header: 'Statistic, threshold',
    align: 'right',
    width: '146px',
    hint: 'Primary statistic (D Kolmogorov-Smirnov, W normalised Wasserstein, PSI, JS Jensen-Shannon, TV total variation) against its threshold; sorts by their ratio',
    render: (feature) => <StatisticCell feature={feature} />,
    sortValue: timesThreshold,
  },
  {
    key: 'chance',
    header: 'By chance to',
    align: 'right',
    width: '104px',
    hint: 'What the primary statistic stays below by chance at these n (one test, before the correction); for D it is the critical D',
    render: (feature) => formatStatistic(chanceLimitOf(feature)),
    sortValue: chanceLimitOf,
  },
  {
    key: 'p',
    header: 'Adjusted p',
    align: 'right',
    width: '92px',
    hint: "p-value of the feature's test after the correction over all features",
    render: ({ adjustedPValue }) => <Whole>{formatPValue(adjustedPValue)}</Whole>,
    sortValue: ({ adjustedPValue }) => adjustedPValue,
  },
  {
    key: 'n',
    header: 'n ref / live',
    align: 'right',
    width: '124px',
    hint: 'Usable values: neither missing nor infinite',
    render: ({ nReference, nLive }) => (
      <Whole>
        {formatCount(nReference)} / {formatCount(nLive)}
      </Whole>
    ),
    sortValue: ({ nLive }) => nLive,
  },
  {
    key: 'missing',
    header: 'Missing',
    align: 'right',
    width: '80px',
    hint: 'Change of the missing share, live minus reference',
    render: (feature) => <Whole>{missingChangeWords(feature)}</Whole>,
    sortValue: ({ missingLive, missingReference }) => missingLive - missingReference,
  },
  {
    key: 'kind',
    header: 'Kind',
    width: '100px',
    render: (feature) => (
      <Text c="dimmed" lineClamp={1}>
        {roleWords(feature)}
      </Text>
    ),
    sortValue: roleWords,
  },
];
