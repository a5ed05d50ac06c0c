import {
  CORRECTION_WORDS,
  type DriftMethod,
  type DriftPolicy,
} from '../../shared/drift/driftPolicy';
import type { FeatureDrift } from '../../shared/drift/driftReport';
import { lowerThreshold, upperThreshold, variabilityWords } from '../../shared/drift/variability';
import { formatCount, formatPValue, formatStatistic } from '../ui/formatNumber';
import { formatFeatureValue } from './featureValue';
import { METHOD_WORDS, testOf } from './methodWords';

/** One figure of a feature with its meaning in plain words. */
export interface StatisticRow {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  readonly isPrimary: boolean;
}

type Row = Omit<StatisticRow, 'isPrimary'>;

function ksRows({ ks, kind }: FeatureDrift, { alpha }: DriftPolicy): readonly Row[] {
  if (ks === null) return [];
  return [
    {
      name: 'Largest gap at',
      value: formatFeatureValue(ks.atValue, kind),
      meaning: 'The value at which the two cumulative distributions are furthest apart.',
    },
    {
      name: 'Critical D',
      value: formatStatistic(ks.criticalD),
      meaning: `With these n, a D up to this is what chance alone gives in ${Number(((1 - alpha) * 100).toPrecision(3))} % of cases.`,
    },
    {
      name: 'p-value of D',
      value: formatPValue(ks.pValue, ks.log10PValue),
      meaning: 'How often chance alone would give a D at least this large, if nothing had moved.',
    },
    ...(ks.dErrorBound === 0
      ? []
      : [
          {
            name: 'Error of D',
            value: `± ${formatStatistic(ks.dErrorBound)}`,
            meaning: 'The reference is kept as a quantile grid; D is exact to within this.',
          },
        ]),
  ];
}

/** What the primary statistic is held against beside its threshold: chance, and the reference itself. */
function yardstickRows(feature: FeatureDrift, { alpha }: DriftPolicy): readonly Row[] {
  const { primary, chanceLimits, variability, thresholdOrigin } = feature;
  const { symbol } = METHOD_WORDS[primary];
  const chance = chanceLimits[primary];
  const spread = variability?.status === 'measured' ? variability.spread[primary] : undefined;
  const rows: Row[] = [];
  if (chance !== undefined && primary !== 'ks') {
    rows.push({
      name: `${symbol} by chance, up to`,
      value: formatStatistic(chance),
      meaning: `With these n, what chance alone gives in ${Number(((1 - alpha) * 100).toPrecision(3))} % of cases when nothing has moved.`,
    });
  }
  if (variability?.status === 'measured' && spread !== undefined) {
    const lower = lowerThreshold(spread);
    rows.push({
      name: `${symbol} within the reference, up to`,
      value: formatStatistic(upperThreshold(spread)),
      meaning:
        `Mean + 3 sd: ${variabilityWords(variability, spread)}, each against the rest. ` +
        (lower === null
          ? ''
          : `Below ${formatStatistic(lower)} (mean - 3 sd) the batch is more like the reference than its own chunks are. `) +
        (thresholdOrigin === 'reference'
          ? 'It is the threshold here.'
          : 'The policy uses a fixed threshold instead.'),
    });
  }
  if (variability?.status === 'notAssessed') {
    rows.push({
      name: 'Variability of the reference',
      value: 'not assessed',
      meaning: variability.reason,
    });
  }
  return rows;
}

function chiSquareRows({ chiSquare }: FeatureDrift): readonly Row[] {
  if (chiSquare === null) return [];
  return [
    {
      name: 'Chi-square',
      value: `${formatStatistic(chiSquare.statistic)} (${formatCount(chiSquare.df)} df)`,
      meaning: 'How far the counts are from those expected if both sides had the same shares.',
    },
    {
      name: 'p-value of chi-square',
      value: formatPValue(chiSquare.pValue, chiSquare.log10PValue),
      meaning: 'How often chance alone would give counts at least this far apart.',
    },
    {
      name: "Cramér's V",
      value: formatStatistic(chiSquare.cramersV),
      meaning: 'The same as an effect size that does not grow with n, from 0 to 1.',
    },
  ];
}

function methodRow(
  feature: FeatureDrift,
  method: DriftMethod,
  value: number | null,
): StatisticRow[] {
  if (value === null) return [];
  const { name, symbol, meaning } = METHOD_WORDS[method];
  const isNamed = name.endsWith(` ${symbol}`);
  return [
    {
      name: isNamed ? name : `${name} (${symbol})`,
      value: formatStatistic(value),
      meaning,
      isPrimary: feature.primary === method,
    },
  ];
}

function adjustedRow(feature: FeatureDrift, policy: DriftPolicy): readonly Row[] {
  const { adjustedPValue, kind } = feature;
  if (adjustedPValue === null) return [];
  return [
    {
      name: 'Adjusted p-value',
      value: formatPValue(adjustedPValue),
      meaning: `p-value of the ${testOf(kind)} test after the correction over all features of the report (${CORRECTION_WORDS[policy.correction]}): the more features, the more likely one moves by chance.`,
    },
  ];
}

/** Every figure of a feature that applies, the primary one first. */
export function statisticRows(feature: FeatureDrift, policy: DriftPolicy): readonly StatisticRow[] {
  const plain = (row: Row): StatisticRow => ({ ...row, isPrimary: false });
  const wasserstein: readonly Row[] =
    feature.wasserstein === null
      ? []
      : [
          {
            name: 'Wasserstein-1, raw',
            value: formatStatistic(feature.wasserstein.raw),
            meaning: 'How far values moved on average, in the unit of the feature.',
          },
        ];
  const rows = [
    ...methodRow(feature, 'ks', feature.ks?.d ?? null),
    ...methodRow(feature, 'wasserstein', feature.wasserstein?.normalised ?? null),
    ...methodRow(feature, 'jensenShannon', feature.jensenShannon),
    ...methodRow(feature, 'totalVariation', feature.totalVariation),
    ...methodRow(feature, 'psi', feature.psi),
    ...adjustedRow(feature, policy).map(plain),
    ...ksRows(feature, policy).map(plain),
    ...yardstickRows(feature, policy).map(plain),
    ...chiSquareRows(feature).map(plain),
    ...wasserstein.map(plain),
  ];
  return rows.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}
