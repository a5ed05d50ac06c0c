import type {
  FeatureDetail,
  FeaturePicture,
  FeatureStatistics,
} from '../../shared/drift/driftReport';
import type { NumericProfile } from '../../shared/drift/referenceProfile';
import { binnedChanceLimits, wassersteinChanceLimit } from '../../shared/stats/chanceLimits';
import { ecdfAt, type EmpiricalDistribution } from '../../shared/stats/empiricalDistribution';
import { displayBins, histogram } from '../../shared/stats/histogram';
import { ksCriticalD } from '../../shared/stats/ksCritical';
import { ksTest, type KsTest } from '../../shared/stats/ksTest';
import { mergeCompare, type MergeComparison } from '../../shared/stats/mergeCompare';
import { psiFromDistributions } from '../../shared/stats/psi';
import { quantile } from '../../shared/stats/quantile';
import { DEFAULT_GRID_CELLS } from '../../shared/stats/quantileGrid';
import { wasserstein } from '../../shared/stats/wasserstein';
import { EMPTY_DETAIL, emptyStatistics, type ComparedColumn } from './comparedColumn';
import { missingChange } from './missingChange';

const MAX_CURVE_POINTS = 400;
const SHOWN_QUANTILES = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1] as const;

/** Compares two numeric distributions in one merge pass, and draws them. */
export function compareNumbers(
  reference: NumericProfile,
  live: NumericProfile,
  alpha: number,
): ComparedColumn {
  const [x, y] = [toDistribution(reference), toDistribution(live)];
  const base = {
    ...emptyStatistics(reference, live),
    missingChange: missingChange(reference, live),
  };
  if (x.n === 0 || y.n === 0) {
    const side = x.n === 0 ? 'reference' : 'live batch';
    const statistics = { ...base, notAssessedReason: `No usable value in the ${side}.` };
    return { statistics, picture: null, detail: EMPTY_DETAIL };
  }
  const merged = mergeCompare(x, y);
  const statistics = { ...base, ...numericStatistics(reference, x, y, merged, alpha) };
  return {
    statistics,
    picture: drawHistogram(x, y),
    detail: drawDetail(x, y, statistics.ks?.atValue ?? null),
  };
}

function toDistribution({ values, cumulative }: NumericProfile): EmpiricalDistribution {
  return { values, cumulative, n: cumulative.at(-1) ?? 0 };
}

function numericStatistics(
  reference: NumericProfile,
  x: EmpiricalDistribution,
  y: EmpiricalDistribution,
  merged: MergeComparison,
  alpha: number,
): Partial<FeatureStatistics> {
  const ks = ksTest(x, y, merged);
  const distance = wasserstein(x, y, merged);
  const binned = psiFromDistributions(x, y);
  const ksResult = ks.status === 'ok' ? toKs(ks, reference, [x.n, y.n], alpha) : null;
  const isConstant = x.values.length === 1 && y.values.length === 1 && x.values[0] === y.values[0];
  return {
    ks: ksResult,
    wasserstein:
      distance.status !== 'ok' ? null : { raw: distance.distance, normalised: distance.normalised },
    psi: binned.status === 'ok' ? binned.psi : null,
    jensenShannon: binned.status === 'ok' ? binned.jensenShannonDistance : null,
    chanceLimits: {
      ...(ksResult === null ? {} : { ks: ksResult.criticalD }),
      ...chanceLimits(reference, x, y, alpha),
      ...(binned.status === 'ok' ? numericOnly(binned.referenceCounts, y.n, alpha) : {}),
    },
    notAssessedReason: isConstant ? 'Constant: one and the same value on both sides.' : null,
  };
}

function toKs(
  ks: KsTest,
  reference: NumericProfile,
  [m, n]: readonly [number, number],
  alpha: number,
): NonNullable<FeatureStatistics['ks']> {
  return {
    d: ks.d,
    pValue: ks.pValue,
    log10PValue: Math.min(0, ks.log10PValue),
    // No D reaches alpha at very small n: then not even the largest is significant.
    criticalD: ksCriticalD(m, n, alpha) ?? 1,
    atValue: ks.atValue,
    dErrorBound: reference.isGrid ? 1 / DEFAULT_GRID_CELLS : 0,
  };
}

function chanceLimits(
  { sd }: NumericProfile,
  x: EmpiricalDistribution,
  y: EmpiricalDistribution,
  alpha: number,
): FeatureStatistics['chanceLimits'] {
  return sd === null || sd === 0 ? {} : { wasserstein: wassersteinChanceLimit(x, y.n, alpha) / sd };
}

/** Total variation is no statistic of numbers. */
function numericOnly(
  referenceCounts: readonly number[],
  nLive: number,
  alpha: number,
): FeatureStatistics['chanceLimits'] {
  const limits = binnedChanceLimits(referenceCounts, nLive, alpha);
  return limits === null ? {} : { psi: limits.psi, jensenShannon: limits.jensenShannon };
}

function drawHistogram(x: EmpiricalDistribution, y: EmpiricalDistribution): FeaturePicture {
  const inner = displayBins(x, y);
  const [first, second] = [inner[0], inner[1]];
  const width = first === undefined || second === undefined ? 1 : second - first;
  const middle = x.values[0] ?? 0;
  const edges =
    first === undefined
      ? [middle - width / 2, middle + width / 2]
      : [first - width, ...inner, (inner.at(-1) ?? first) + width];
  return {
    type: 'histogram',
    edges,
    reference: histogram(x, inner).map((count) => count / x.n),
    live: histogram(y, inner).map((count) => count / y.n),
  };
}

function drawDetail(
  x: EmpiricalDistribution,
  y: EmpiricalDistribution,
  atValue: number | null,
): FeatureDetail {
  const points = curvePoints(x, y, atValue);
  return {
    ...EMPTY_DETAIL,
    ecdf: {
      x: points,
      reference: points.map((point) => ecdfAt(x, point) ?? 0),
      live: points.map((point) => ecdfAt(y, point) ?? 0),
    },
    quantiles: SHOWN_QUANTILES.map((q) => ({
      q,
      reference: quantile(x, q) ?? 0,
      live: quantile(y, q) ?? 0,
    })),
  };
}

/** Quantiles of both sides, so that curves are dense where values are; the KS gap is always one. */
function curvePoints(
  x: EmpiricalDistribution,
  y: EmpiricalDistribution,
  atValue: number | null,
): number[] {
  const points = new Set<number>(atValue === null ? [] : [atValue]);
  for (const side of [x, y]) {
    const stride = Math.max(1, side.values.length / (MAX_CURVE_POINTS / 2));
    for (let at = 0; at < side.values.length; at += stride)
      points.add(side.values[Math.floor(at)] ?? 0);
    points.add(side.values.at(-1) ?? 0);
  }
  return [...points].sort((a, b) => a - b);
}
