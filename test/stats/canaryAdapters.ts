import { z } from 'zod';
import { bestRho, confidenceSequence } from '../../shared/stats/confidenceSequence';
import { fromFinite } from '../../shared/stats/empiricalDistribution';
import { betaBinomialEvidence, sampleRatioCheck, waldTest } from '../../shared/stats/evidenceValue';
import { fisherExact } from '../../shared/stats/fisherExact';
import type { GroupDesign } from '../../shared/stats/groupDesigns';
import { groupBounds } from '../../shared/stats/groupSequential';
import { mannWhitney, mannWhitneyExactPValue } from '../../shared/stats/mannWhitney';
import { mixtureRates, mixtureTest } from '../../shared/stats/mixtureTest';
import { pairedAuc } from '../../shared/stats/pairedAuc';
import { rocAuc } from '../../shared/stats/rocAuc';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { welchTest } from '../../shared/stats/welchTest';
import { normalSf } from '../../shared/stats/distributions';
import { column, summaryOf, type Compute } from './goldenColumns';

/** Pairs up to which the exact p-value is worth its time here. */
const EXACT_PAIRS = 20_000;

const Pair = z.tuple([z.number(), z.number()]);
const Look = z.object({
  n1: z.number(),
  mean1: z.number(),
  var1: z.number(),
  n2: z.number(),
  mean2: z.number(),
  var2: z.number(),
  tau2: z.number(),
  alpha: z.number(),
});
const Rates = z.object({
  x1: z.number(),
  n1: z.number(),
  x2: z.number(),
  n2: z.number(),
  tau2: z.number(),
  alpha: z.number(),
});
const Path = z.object({
  look_every: z.number(),
  variance: z.number(),
  tau2: z.number(),
  alpha: z.number(),
});
const Rate = z.object({ x: z.number(), n: z.number(), p0: z.number() });
const Bounds = z.object({ type: z.string(), alpha: z.number() });

const DESIGNS = new Map<string, GroupDesign>([
  ['obrien_fleming', 'obrienFleming'],
  ['pocock', 'pocock'],
  ['lan_demets_of', 'spendObrienFleming'],
  ['lan_demets_pocock', 'spendPocock'],
]);

/** Tests of two arms and sequential tests, under the golden keys. */
export const canaryCompute: Readonly<Record<string, Compute>> = {
  welch_t(input) {
    const [x, y] = [moments(input['x']), moments(input['y'])];
    const test = welchTest(x, y);
    if (test.status !== 'ok') return { ...test };
    const base = { diff: test.difference, t: test.t, p: test.pValue };
    if (test.t === null) return { ...base, reason: 'zero variance in both' };
    return {
      ...base,
      mean_x: x.mean,
      mean_y: y.mean,
      var_x: x.variance,
      var_y: y.variance,
      se: test.standardError,
      df: test.degreesOfFreedom,
      ci95: test.differenceInterval,
      p_greater: test.pGreater,
      hedges_g: test.hedgesG,
      cohens_d_pooled: test.cohensD,
    };
  },
  mann_whitney(input) {
    const [x, y] = [finite(input['x']), finite(input['y'])];
    const test = mannWhitney(x, y);
    if (test.status !== 'ok') return { ...test };
    const larger = Math.max(test.uControl, test.uCandidate);
    const isCounted = !test.hasTies && x.n * y.n <= EXACT_PAIRS;
    return {
      u_x: test.uControl,
      u_y: test.uCandidate,
      auc_y_gt_x: test.probabilityLarger,
      ties: test.hasTies,
      p_asymp_cc: test.pAsymptotic,
      p_asymp_nocc: test.pWithoutCorrection,
      p_scipy_auto: test.pValue,
      ...(test.z === null
        ? { reason: 'all values equal' }
        : { z_cc_abs: test.zCorrected, z_signed_nocc: test.z }),
      ...(isCounted && { p_exact: mannWhitneyExactPValue(x.n, y.n, larger) }),
    };
  },
  fisher_exact(input) {
    const test = fisherExact(z.tuple([Pair, Pair]).parse(input['table']));
    return {
      p_two_sided: test.pValue,
      p_less: test.pLess,
      p_greater: test.pGreater,
      sample_odds_ratio: test.oddsRatio,
    };
  },
  roc_auc(input) {
    const names = ['y', 'score', 'score2'].filter((name) => name in input);
    const rows = completeRows(names.map((name) => column(input[name])));
    const [labels, first, second] = names.map((_, k) => Float64Array.from(rows, (row) => row[k]!));
    if (second !== undefined) return pairedKeys(labels!, first!, second);
    const test = rocAuc(
      fromFinite(first!.filter((_, i) => labels![i] === 1)),
      fromFinite(first!.filter((_, i) => labels![i] === 0)),
    );
    return test.status === 'ok' ? aucKeys(test) : { ...test };
  },
  seq_msprt_look(input) {
    const { n1, mean1, var1, n2, mean2, var2, tau2, alpha } = Look.parse(input);
    const variance = var1 / n1 + var2 / n2;
    const look = mixtureTest(mean2 - mean1, variance, tau2, alpha);
    return {
      diff: mean2 - mean1,
      V: variance,
      lambda: Math.exp(look.logLambda),
      log_lambda: look.logLambda,
      p_always_valid_this_look: look.pValue,
      ci: look.interval,
      reject: look.pValue <= alpha,
    };
  },
  seq_msprt_path(input) {
    const { look_every: every, variance, tau2, alpha } = Path.parse(input);
    const [control, canary] = [column(input['control']), column(input['canary'])];
    const looks = Array.from({ length: control.length / every }, (_, i) => {
      const n = (i + 1) * every;
      const gap = meanOf(canary, n) - meanOf(control, n);
      return mixtureTest(gap, (2 * variance) / n, tau2, alpha);
    });
    let least = 1;
    const path = looks.map((look) => (least = Math.min(least, look.pValue)));
    const first = path.findIndex((p) => p <= alpha);
    return {
      log_lambda: looks.map((look) => look.logLambda),
      p_always_valid: path,
      first_reject_n_per_arm: first < 0 ? null : (first + 1) * every,
    };
  },
  seq_msprt_proportions(input) {
    const { x1, n1, x2, n2, tau2, alpha } = Rates.parse(input);
    const rates = mixtureRates({ count: x1, n: n1 }, { count: x2, n: n2 }, tau2, alpha);
    return {
      diff: rates.difference,
      V_pooled: rates.variance,
      log_lambda: rates.look?.logLambda,
      p_always_valid_this_look: rates.look?.pValue,
      expected_events_canary: rates.expectedEvents,
      decision_allowed: rates.isDecisive,
    };
  },
  seq_asymp_cs(input) {
    const of = (key: string) => z.number().parse(input[key]);
    const sample = { n: of('n'), mean: of('mean'), variance: of('sd') ** 2 };
    const interval = confidenceSequence(sample, of('rho'), of('alpha'));
    return { half_width: (interval[1] - interval[0]) / 2, ci: interval };
  },
  seq_asymp_cs_rho(input) {
    return { rho: bestRho(z.number().parse(input['n_opt']), z.number().parse(input['alpha'])) };
  },
  seq_bernoulli_mixture(input) {
    const { x, n, p0 } = Rate.parse(input);
    const prior = Pair.parse([input['prior_a'], input['prior_b']]);
    const evidence = betaBinomialEvidence(x, n, p0, prior);
    return {
      log_e_value: evidence.logE,
      e_value: Math.exp(evidence.logE),
      p_always_valid_this_look: evidence.pValue,
    };
  },
  seq_srm(input) {
    const check = sampleRatioCheck(Pair.parse(input['counts']), Pair.parse(input['weights']));
    return {
      log_e_value: check.logE,
      p_always_valid_this_look: check.pValue,
      chi2: check.chiSquare,
      chi2_p_fixed_horizon: check.chiSquarePValue,
    };
  },
  seq_wald_sprt(input) {
    const { x, n, p0 } = Rate.parse(input);
    const errors = Pair.parse([input['alpha'], input['beta']]);
    const look = waldTest(x, n, Pair.parse([p0, input['p1']]), errors);
    const words = { acceptNull: 'accept_h0', acceptAlternative: 'accept_h1', continue: 'continue' };
    return {
      llr: look.logLikelihoodRatio,
      upper: look.upper,
      lower: look.lower,
      decision: words[look.decision],
    };
  },
  seq_group_bounds(input) {
    const { type, alpha } = Bounds.parse(input);
    const looks = z.number().parse(input['looks']);
    const times = Array.from({ length: looks }, (_, i) => (i + 1) / looks);
    const { z: bounds } = groupBounds(DESIGNS.get(type)!, times, alpha);
    return {
      constant: bounds.at(-1),
      z: bounds,
      nominal_p_two_sided: bounds.map((bound) => 2 * normalSf(bound)),
    };
  },
  seq_spending_bounds(input) {
    const { type, alpha } = Bounds.parse(input);
    const information = z.array(z.number()).parse(input['information']);
    const bounds = groupBounds(DESIGNS.get(type)!, information, alpha);
    return { alpha_spent: bounds.alphaSpent, z: bounds.z };
  },
};

function moments(input: unknown) {
  return sampleMoments(summaryOf(input).finite);
}

function finite(input: unknown) {
  return fromFinite(summaryOf(input).finite);
}

function meanOf(values: ArrayLike<number | null>, n: number): number {
  return sampleMoments(Array.from({ length: n }, (_, i) => values[i]!)).mean;
}

function completeRows(columns: readonly ArrayLike<number | null>[]): (number | null)[][] {
  const rows = Array.from(columns[0]!, (_, i) => columns.map((values) => values[i]!));
  return rows.filter((row) => row.every((value) => value !== null && Number.isFinite(value)));
}

function aucKeys(test: Extract<ReturnType<typeof rocAuc>, { status: 'ok' }>) {
  return {
    auc: test.auc,
    n_pos: test.nPositive,
    n_neg: test.nNegative,
    var_delong: test.variance,
    se_delong: test.standardError,
    ci95_wald: test.waldInterval,
    ci95_logit: test.logitInterval,
  };
}

function pairedKeys(labels: Float64Array, first: Float64Array, second: Float64Array) {
  const test = pairedAuc(labels, first, second);
  if (test.status !== 'ok') return { ...test };
  return {
    ...aucKeys(test.first),
    auc2: test.second.auc,
    var2: test.second.variance,
    cov: test.covariance,
    diff: test.difference,
    z_paired: test.z,
    p_paired: test.pValue,
    ci95_diff: test.interval,
  };
}
