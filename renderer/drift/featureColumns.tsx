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
import { METHOD_WORDS } from './methodWords';
import { Sparkline } from './Sparkline';

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

/** The columns of the ranked table of a report. */
export const FEATURE_COLUMNS: readonly Column<FeatureDrift>[] = [
  {
    key: 'name',
    header: 'Feature',
    width: '17%',
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
    width: '132px',
    hint: 'Reference filled grey, live in blue',
    render: ({ picture, name }) => <Sparkline picture={picture} name={name} />,
  },
  {
    key: 'verdict',
    header: 'Verdict',
    width: '134px',
    render: ({ verdict, reason }) => <VerdictBadge verdict={verdict} title={reason} />,
    sortValue: ({ verdict }) => VERDICTS.indexOf(verdict),
  },
  {
    key: 'statistic',
    header: 'Statistic',
    align: 'right',
    width: '104px',
    hint: 'Primary statistic: D Kolmogorov-Smirnov, W normalised Wasserstein, PSI, JS Jensen-Shannon, TV total variation',
    render: ({ primary, primaryValue, verdict }) =>
      primaryValue === null ? (
        NO_VALUE
      ) : (
        <>
          <Text span c="dimmed" size="xs">
            {METHOD_WORDS[primary].symbol}
          </Text>{' '}
          <Text span fw={verdict === 'drifted' ? 600 : 400}>
            {formatStatistic(primaryValue)}
          </Text>
        </>
      ),
    sortValue: timesThreshold,
  },
  {
    key: 'threshold',
    header: 'Threshold',
    align: 'right',
    width: '94px',
    hint: 'The statistic must be strictly greater than this',
    render: ({ threshold }) => formatStatistic(threshold),
    sortValue: ({ threshold }) => threshold,
  },
  {
    key: 'critical',
    header: 'Critical D',
    align: 'right',
    width: '92px',
    hint: 'Smallest D that chance does not explain at these n (one test, before the correction)',
    render: ({ ks }) => formatStatistic(ks?.criticalD ?? null),
    sortValue: ({ ks }) => ks?.criticalD ?? null,
  },
  {
    key: 'p',
    header: 'Adjusted p',
    align: 'right',
    width: '98px',
    hint: "p-value of the feature's test after the correction over all features",
    render: ({ adjustedPValue }) => formatPValue(adjustedPValue),
    sortValue: ({ adjustedPValue }) => adjustedPValue,
  },
  {
    key: 'n',
    header: 'n ref / live',
    align: 'right',
    width: '124px',
    hint: 'Usable values: neither missing nor infinite',
    render: ({ nReference, nLive }) => `${formatCount(nReference)} / ${formatCount(nLive)}`,
    sortValue: ({ nLive }) => nLive,
  },
  {
    key: 'missing',
    header: 'Missing',
    align: 'right',
    width: '84px',
    hint: 'Change of the missing share, live minus reference',
    render: (feature) => missingChangeWords(feature),
    sortValue: ({ missingLive, missingReference }) => missingLive - missingReference,
  },
  {
    key: 'kind',
    header: 'Kind',
    width: '104px',
    render: (feature) => (
      <Text c="dimmed" lineClamp={1}>
        {roleWords(feature)}
      </Text>
    ),
    sortValue: roleWords,
  },
];
