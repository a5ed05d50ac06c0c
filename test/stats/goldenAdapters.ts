import { z } from 'zod';
import { adjustPValues } from '../../shared/stats/adjustPValues';
import { categoricalDrift } from '../../shared/stats/categoricalDrift';
import type { ColumnCounts } from '../../shared/stats/columnSummary';
import type { EmpiricalDistribution } from '../../shared/stats/empiricalDistribution';
import { fromFinite } from '../../shared/stats/empiricalDistribution';
import { kolmogorovSf } from '../../shared/stats/kolmogorovSf';
import { effectiveRows } from '../../shared/stats/ksPValue';
import { ksExactTiesPValue, ksTest } from '../../shared/stats/ksTest';
import { compareMissingRates, missingRate } from '../../shared/stats/missingRate';
import { psiFromDistributions } from '../../shared/stats/psi';
import { quantile } from '../../shared/stats/quantile';
import type { TwoProportionTest } from '../../shared/stats/twoProportionTest';
import { twoProportionTest } from '../../shared/stats/twoProportionTest';
import { wasserstein } from '../../shared/stats/wasserstein';
import { canaryCompute } from './canaryAdapters';
import { column, summaryOf, type Compute } from './goldenColumns';
import { performanceCompute } from './performanceAdapters';

function distribution(input: unknown): EmpiricalDistribution {
  return fromFinite(summaryOf(input).finite);
}

/** Our answers under the golden keys, by golden function name. */
export const compute: Readonly<Record<string, Compute>> = {
  ...canaryCompute,
  ...performanceCompute,
  ks2(input) {
    const [x, y] = [distribution(input['x']), distribution(input['y'])];
    const test = ksTest(x, y);
    if (test.status !== 'ok') return { ...test };
    const rows = effectiveRows(x.n, y.n);
    return {
      d: test.d,
      p: test.pValue,
      method: test.method === 'exact' ? 'exact' : 'asymp',
      n_x: test.nReference,
      n_y: test.nLive,
      ties: test.hasTies,
      p_asymp_kstwo: rows === 0 ? null : kolmogorovSf(rows, test.d),
      p_exact_rational: test.pValue,
      p_exact_ties: ksExactTiesPValue(x, y),
    };
  },
  wasserstein1(input) {
    const result = wasserstein(distribution(input['ref']), distribution(input['live']));
    if (result.status !== 'ok') return { ...result };
    return {
      w: result.distance,
      ref_std_pop: result.referenceStandardDeviation,
      w_norm: result.normalised,
      w_norm_evidently: result.normalisedEvidently,
      ref_iqr: result.referenceIqr,
      w_norm_iqr: result.normalisedByIqr,
    };
  },
  psi(input) {
    const result = psiFromDistributions(distribution(input['ref']), distribution(input['live']));
    if (result.status !== 'ok') return { ...result };
    return {
      mode: result.binning === 'constant' ? 'constant-ref:[<c,=c,>c]' : 'quantile-right-closed',
      edges: result.edges,
      ref_counts: result.referenceCounts,
      live_counts: result.liveCounts,
      ref_p: result.referenceShares,
      live_p: result.liveShares,
      psi: result.psi,
      js_distance_base2_on_same_bins: result.jensenShannonDistance,
      tv_on_same_bins: result.totalVariation,
    };
  },
  categorical(input) {
    const result = categoricalDrift(counts(input['ref_counts']), counts(input['live_counts']));
    if (result.status !== 'ok') return { ...result };
    const shares = {
      tv: result.totalVariation,
      js_distance_base2: result.jensenShannonDistance,
      linf: result.largestShareChange,
      hellinger: result.hellinger,
      psi: result.psi,
      new_in_live: result.newCategories,
      gone_from_live: result.vanishedCategories,
    };
    const { test } = result;
    if (test.status !== 'ok') {
      const dof = result.categories.length - 1;
      return { ...shares, reason: test.reason, chi2: null, dof, p: null };
    }
    return {
      ...shares,
      chi2: test.chiSquare,
      dof: test.degreesOfFreedom,
      p: test.pValue,
      min_expected: test.minExpected,
      cells_expected_lt5: test.cellsExpectedBelow5,
      cramers_v: test.cramersV,
      cramers_v_bias_corrected: test.cramersVBiasCorrected,
      g_stat: test.gStatistic,
      g_p: test.gPValue,
      ...(test.yates && { chi2_yates: test.yates.chiSquare, p_yates: test.yates.pValue }),
    };
  },
  missing_rate(input) {
    const [ref, live] = [summaryOf(input['ref']).counts, summaryOf(input['live']).counts];
    const test = compareMissingRates(ref, live);
    return {
      ref: missingSide(ref),
      live: missingSide(live),
      ...(test.status === 'ok' && { test: proportionKeys(test) }),
    };
  },
  two_proportions(input) {
    const { x1, n1, x2, n2 } = Counts.parse(input);
    const test = twoProportionTest({ count: x1, n: n1 }, { count: x2, n: n2 });
    return test.status === 'ok' ? proportionKeys(test) : { ...test };
  },
  p_adjust(input) {
    const p = Array.from(column(input['p']));
    const bh = adjustPValues(p, 'bh');
    return {
      bh,
      holm: adjustPValues(p, 'holm'),
      bonferroni: adjustPValues(p, 'bonferroni'),
      by: adjustPValues(p, 'by'),
      bh_reject_05: bh.map((value) => (value === null ? null : value <= 0.05)),
    };
  },
  quantile(input) {
    const sample = distribution(input['x']);
    const q = z.array(z.number()).parse(input['q']);
    return { type7: q.map((share) => quantile(sample, share)), n: sample.n };
  },
};

const Counts = z.object({ x1: z.number(), n1: z.number(), x2: z.number(), n2: z.number() });

function counts(input: unknown): Map<string, number> {
  if (typeof input !== 'object' || input === null) throw new Error('not an object of counts');
  return new Map(Object.entries(input).map(([label, rows]) => [label, z.number().parse(rows)]));
}

function missingSide(side: ColumnCounts): Record<string, unknown> {
  const rate = missingRate(side);
  return {
    n: rate.n,
    null: side.nullCount,
    nan: side.nanCount,
    inf: side.infiniteCount,
    rate: rate.shareMissing,
    rate_nonfinite: rate.shareNonFinite,
  };
}

function proportionKeys(test: TwoProportionTest): Record<string, unknown> {
  return {
    p1: test.referenceShare,
    p2: test.liveShare,
    diff: test.difference,
    z_pooled: test.zPooled,
    p_two_sided: test.pValue,
    p_greater: test.pGreater,
    z_unpooled: test.zUnpooled,
    wilson1: test.referenceInterval,
    wilson2: test.liveInterval,
    newcombe: test.differenceInterval,
    wald: test.waldInterval,
  };
}
