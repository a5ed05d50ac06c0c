import { z } from 'zod';
import { adjustPValues } from '../../shared/stats/adjustPValues';
import { categoricalDrift } from '../../shared/stats/categoricalDrift';
import type { ColumnCounts } from '../../shared/stats/columnSummary';
import { classificationMetrics, countConfusion } from '../../shared/stats/classificationMetrics';
import { columnSummary, columnSummaryOf } from '../../shared/stats/columnSummary';
import type { EmpiricalDistribution } from '../../shared/stats/empiricalDistribution';
import { fromFinite } from '../../shared/stats/empiricalDistribution';
import { kolmogorovSf } from '../../shared/stats/kolmogorovSf';
import { effectiveRows } from '../../shared/stats/ksPValue';
import { ksExactTiesPValue, ksTest } from '../../shared/stats/ksTest';
import { compareMissingRates, missingRate } from '../../shared/stats/missingRate';
import { probabilisticMetrics } from '../../shared/stats/probabilisticMetrics';
import { psiFromDistributions } from '../../shared/stats/psi';
import { quantile } from '../../shared/stats/quantile';
import { regressionMetrics } from '../../shared/stats/regressionMetrics';
import type { TwoProportionTest } from '../../shared/stats/twoProportionTest';
import { twoProportionTest } from '../../shared/stats/twoProportionTest';
import { wasserstein } from '../../shared/stats/wasserstein';
import { generate } from './goldenGenerator';
type Column = readonly (number | null)[] | Float64Array;
type Compute = (input: Record<string, unknown>) => Record<string, unknown>;

const SPECIAL = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

const Plain = z.array(z.union([z.number(), z.null(), z.string()]));

function column(input: unknown): Column {
  if (!Array.isArray(input)) return generate(input);
  return Plain.parse(input).map((item) =>
    typeof item === 'string' ? (SPECIAL.get(item) ?? null) : item,
  );
}

function summaryOf(input: unknown) {
  const values = column(input);
  return values instanceof Float64Array ? columnSummary(values) : columnSummaryOf(values);
}

function distribution(input: unknown): EmpiricalDistribution {
  return fromFinite(summaryOf(input).finite);
}

/** Our answers under the golden keys, by golden function name. */
export const compute: Readonly<Record<string, Compute>> = {
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
  classification(input) {
    const [truth, predicted] = [classes(input['y_true']), classes(input['y_pred'])];
    const labels = classLabels(
      [...truth, ...predicted].filter((_label, i) => isPair(truth, predicted, i)),
    );
    const codes = (list: readonly unknown[]) => list.map((label) => labels.indexOf(label));
    const confusion = countConfusion(codes(truth), codes(predicted), labels.length);
    const result = classificationMetrics(confusion, labels.length);
    if (result.status !== 'ok') return { ...result };
    const { perClass, macro, weighted, accuracy } = result;
    return {
      n: result.n,
      accuracy,
      labels,
      confusion: labels.map((_label, t) =>
        Array.from(confusion.slice(t * labels.length, (t + 1) * labels.length)),
      ),
      precision_per_class: perClass.map(({ precision }) => precision),
      recall_per_class: perClass.map(({ recall }) => recall),
      f1_per_class: perClass.map(({ f1 }) => f1),
      support: perClass.map(({ support }) => support),
      precision_macro: macro.precision,
      recall_macro: macro.recall,
      f1_macro: macro.f1,
      // Over single-label classes the micro averages are the accuracy.
      precision_micro: accuracy,
      recall_micro: accuracy,
      f1_micro: accuracy,
      precision_weighted: weighted.precision,
      recall_weighted: weighted.recall,
      f1_weighted: weighted.f1,
      balanced_accuracy: result.balancedAccuracy,
      mcc: result.mcc,
      kappa: result.kappa,
      accuracy_wilson95: result.accuracyInterval,
    };
  },
  probabilistic(input) {
    const result = probabilisticMetrics(numbers(input['y']), numbers(input['p']));
    if (result.status !== 'ok') return { ...result };
    return {
      n: result.n,
      log_loss: result.logLoss,
      brier: result.brier,
      ece10: result.ece,
      mce10: result.mce,
      ece10_bin_counts: result.bins.map(({ n }) => n),
      ece10_confidence: result.eceConfidence,
    };
  },
  regression(input) {
    const result = regressionMetrics(numbers(input['y']), numbers(input['pred']));
    if (result.status !== 'ok') return { ...result };
    return {
      n: result.n,
      mse: result.mse,
      rmse: result.rmse,
      mae: result.mae,
      bias: result.bias,
      median_ae: result.medianAe,
      max_ae: result.maxAe,
      r2: result.r2,
      mape_nonzero: result.mape,
    };
  },
};

/** The column with NaN for what is missing. */
function numbers(input: unknown): Float64Array {
  return Float64Array.from(column(input), (value) => value ?? NaN);
}

const Classes = z.array(z.union([z.string(), z.number(), z.null()]));

function classes(input: unknown): readonly (string | number | null)[] {
  return Array.isArray(input) ? Classes.parse(input) : Array.from(column(input));
}

function isPair(truth: readonly unknown[], predicted: readonly unknown[], i: number): boolean {
  const row = i % truth.length;
  return truth[row] !== null && predicted[row] !== null;
}

/** Distinct labels in ascending order. */
function classLabels(list: readonly (string | number | null)[]): readonly unknown[] {
  return [...new Set(list)].sort((a, b) => (a! < b! ? -1 : 1));
}

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
