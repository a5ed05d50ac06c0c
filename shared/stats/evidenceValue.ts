import { chiSquareSf, logGamma } from './distributions';

/** Evidence against a hypothesis that may be looked at as often as one likes. */
export interface EvidenceValue {
  /** Natural logarithm of the e-value. */
  readonly logE: number;
  /** min(1, 1 / E); the running minimum over looks stays valid. */
  readonly pValue: number;
}

function evidenceOf(logE: number): EvidenceValue {
  return { logE, pValue: Math.min(1, Math.exp(-logE)) };
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * Beta-binomial e-value against a fixed rate, for a guardrail such as the error rate.
 *
 * @param events 0..n
 * @param n rows
 * @param rate the rate that must hold, between 0 and 1
 * @param prior parameters of the beta mixture, > 0
 * @source Robbins (1970); Howard, Ramdas, McAuliffe & Sekhon, Ann. Statist. 49 (2021) 1055; golden values in
 *   test/golden (seq_bernoulli_mixture)
 */
export function betaBinomialEvidence(
  events: number,
  n: number,
  rate: number,
  prior: readonly [a: number, b: number],
): EvidenceValue {
  const [a, b] = prior;
  return evidenceOf(
    logBeta(a + events, b + n - events) -
      logBeta(a, b) -
      events * Math.log(rate) -
      (n - events) * Math.log1p(-rate),
  );
}

/** Whether the arms hold the shares of rows that were planned. */
export interface SampleRatioCheck extends EvidenceValue {
  readonly chiSquare: number;
  /** Of the chi-square test, valid for one look. */
  readonly chiSquarePValue: number;
}

const PRIOR_STRENGTH = 100;

/**
 * Compares the rows per arm with the planned split.
 *
 * @param counts rows per arm, shape (k), total > 0
 * @param weights planned shares, shape (k), each > 0, sum 1
 * @source Pearson's chi-square; Lindon & Malek, NeurIPS 2022 (Dirichlet-multinomial mixture); golden values in
 *   test/golden (seq_srm)
 */
export function sampleRatioCheck(
  counts: readonly number[],
  weights: readonly number[],
): SampleRatioCheck {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let chiSquare = 0;
  let logE = logGamma(PRIOR_STRENGTH) - logGamma(PRIOR_STRENGTH + total);
  counts.forEach((count, i) => {
    const expected = total * weights[i]!;
    const prior = PRIOR_STRENGTH * weights[i]!;
    chiSquare += (count - expected) ** 2 / expected;
    logE += logGamma(prior + count) - logGamma(prior) - count * Math.log(weights[i]!);
  });
  return {
    ...evidenceOf(logE),
    chiSquare,
    chiSquarePValue: chiSquareSf(chiSquare, counts.length - 1),
  };
}

/** Wald's sequential test between two rates. */
export interface WaldLook {
  readonly logLikelihoodRatio: number;
  readonly upper: number;
  readonly lower: number;
  readonly decision: 'acceptNull' | 'acceptAlternative' | 'continue';
}

/**
 * Sequential probability ratio test of one rate against another.
 *
 * @param events 0..n
 * @param rates of the null and of the alternative, each between 0 and 1
 * @param errors alpha and beta, each between 0 and 1
 * @source Wald, Ann. Math. Stat. 16 (1945) 117; golden values in test/golden (seq_wald_sprt)
 */
export function waldTest(
  events: number,
  n: number,
  rates: readonly [null0: number, alternative: number],
  errors: readonly [alpha: number, beta: number],
): WaldLook {
  const [p0, p1] = rates;
  const [alpha, beta] = errors;
  const logLikelihoodRatio =
    events * Math.log(p1 / p0) + (n - events) * Math.log((1 - p1) / (1 - p0));
  const upper = Math.log((1 - beta) / alpha);
  const lower = Math.log(beta / (1 - alpha));
  const isOver = logLikelihoodRatio >= upper;
  const decision = isOver
    ? 'acceptAlternative'
    : logLikelihoodRatio <= lower
      ? 'acceptNull'
      : 'continue';
  return { logLikelihoodRatio, upper, lower, decision };
}
