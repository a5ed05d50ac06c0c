import type { EmpiricalDistribution } from '../stats/empiricalDistribution';
import { LEAST_EXPECTED_EVENTS, mixtureRates } from '../stats/mixtureTest';
import { quantile } from '../stats/quantile';
import { rocAuc } from '../stats/rocAuc';
import { distributionOf, type MetricEvidence } from './canaryEvidence';

/** Rows that each arm must have before a mean may decide: below, skewed values raise false alarms. */
export const LEAST_ROWS_FOR_MEANS = 100;

/** One metric of both arms, whatever its kind. */
export interface Effect {
  /** Null when it is not defined for these rows. */
  readonly control: number | null;
  readonly candidate: number | null;
  /** Candidate minus control; null with one of them. */
  readonly difference: number | null;
  /** Of the difference, >= 0; null when it cannot be estimated. */
  readonly variance: number | null;
  readonly controlRows: number;
  readonly candidateRows: number;
  /** Candidate rows from which on the difference may decide; null when no number of rows can be named. */
  readonly leastRows: number | null;
  /** Why it may not decide yet; null when it may. */
  readonly obstacle: string | null;
}

type Of<K extends MetricEvidence['kind']> = Extract<MetricEvidence, { kind: K }>;

/**
 * Difference of a metric between the arms with its variance.
 *
 * @param evidence accumulated over looks
 * @param at the quantile to compare; null for means, rates and ranks
 */
export function effectOf(evidence: MetricEvidence, at: number | null = null): Effect {
  if (evidence.kind === 'rate') return rateEffect(evidence);
  if (evidence.kind === 'ranked') return rankedEffect(evidence);
  if (evidence.kind === 'pairedRanked') return pairedEffect(evidence);
  return at === null ? meanEffect(evidence) : quantileEffect(evidence, at);
}

function undefinedEffect(controlRows: number, candidateRows: number, obstacle: string): Effect {
  const nothing = { control: null, candidate: null, difference: null, variance: null };
  return { ...nothing, controlRows, candidateRows, leastRows: null, obstacle };
}

function rateEffect({ control, candidate }: Of<'rate'>): Effect {
  if (control.n === 0 || candidate.n === 0)
    return undefinedEffect(control.n, candidate.n, 'An arm has no row with an outcome.');
  const rates = mixtureRates(control, candidate, 1, 0.05);
  const rarer = rates.expectedEvents / candidate.n;
  const least = rarer === 0 ? null : Math.ceil(LEAST_EXPECTED_EVENTS / rarer);
  const tooFew = `${rates.expectedEvents.toFixed(1)} events are expected in the candidate's rows; the test needs ${LEAST_EXPECTED_EVENTS}.`;
  return {
    control: control.count / control.n,
    candidate: candidate.count / candidate.n,
    difference: rates.difference,
    variance: rates.variance,
    controlRows: control.n,
    candidateRows: candidate.n,
    leastRows: least,
    obstacle:
      rarer === 0 ? 'Every outcome of both arms is the same.' : rates.isDecisive ? null : tooFew,
  };
}

function meanEffect({ control, candidate }: Of<'mean'>): Effect {
  const [controlRows, candidateRows] = [control.n, candidate.n];
  if (Math.min(controlRows, candidateRows) === 0)
    return undefinedEffect(controlRows, candidateRows, 'An arm has no row with an outcome.');
  const variance = control.variance / controlRows + candidate.variance / candidateRows;
  return {
    control: control.mean,
    candidate: candidate.mean,
    difference: candidate.mean - control.mean,
    variance: Math.min(controlRows, candidateRows) < 2 ? null : variance,
    controlRows,
    candidateRows,
    leastRows: LEAST_ROWS_FOR_MEANS,
    obstacle: meanObstacle(Math.min(controlRows, candidateRows), variance),
  };
}

function meanObstacle(rows: number, variance: number): string | null {
  if (rows < LEAST_ROWS_FOR_MEANS)
    return `${rows} rows in the smaller arm; a test of means needs ${LEAST_ROWS_FOR_MEANS}.`;
  return variance === 0 ? 'The metric is constant in both arms.' : null;
}

function quantileEffect(evidence: Of<'mean'>, q: number): Effect {
  const { control, candidate } = evidence;
  if (control.values === null || candidate.values === null)
    return undefinedEffect(
      control.n,
      candidate.n,
      'A percentile cannot be computed from an imported summary.',
    );
  const [a, b] = [distributionOf(control.values), distributionOf(candidate.values)];
  const [lower, upper] = [quantile(a, q), quantile(b, q)];
  if (lower === null || upper === null)
    return undefinedEffect(control.n, candidate.n, 'An arm has no row with an outcome.');
  const least = Math.ceil(LEAST_EXPECTED_EVENTS / Math.min(q, 1 - q));
  const variance = quantileVariance(a, q) + quantileVariance(b, q);
  const few = Math.min(control.n, candidate.n);
  return {
    control: lower,
    candidate: upper,
    difference: upper - lower,
    variance,
    controlRows: control.n,
    candidateRows: candidate.n,
    leastRows: least,
    obstacle:
      few < least
        ? `${few} rows in the smaller arm; this percentile needs ${least}.`
        : variance === 0
          ? 'The metric does not vary around this percentile.'
          : null,
  };
}

/** Woodruff, JASA 47 (1952) 635: half the distance between the quantiles one standard error apart. */
function quantileVariance(sample: EmpiricalDistribution, q: number): number {
  const error = Math.sqrt((q * (1 - q)) / sample.n);
  const low = quantile(sample, Math.max(0, q - error)) ?? 0;
  const high = quantile(sample, Math.min(1, q + error)) ?? 0;
  return ((high - low) / 2) ** 2;
}

function rankedEffect({ control, candidate }: Of<'ranked'>): Effect {
  const [a, b] = [control, candidate].map(({ positive, negative }) =>
    rocAuc(distributionOf(positive), distributionOf(negative)),
  );
  const rows = [control, candidate].map(({ positive, negative }) =>
    [...positive.counts, ...negative.counts].reduce((sum, count) => sum + count, 0),
  );
  if (a?.status !== 'ok' || b?.status !== 'ok')
    return undefinedEffect(rows[0]!, rows[1]!, 'All labels of an arm are of one class.');
  const fewest = Math.min(a.nPositive, a.nNegative, b.nPositive, b.nNegative);
  const variance = a.variance === null || b.variance === null ? null : a.variance + b.variance;
  const rarer = Math.min(b.nPositive, b.nNegative) / rows[1]!;
  return {
    control: a.auc,
    candidate: b.auc,
    difference: b.auc - a.auc,
    variance,
    controlRows: rows[0]!,
    candidateRows: rows[1]!,
    leastRows: Math.ceil(LEAST_EXPECTED_EVENTS / rarer),
    obstacle: classObstacle(fewest, variance),
  };
}

function pairedEffect(evidence: Of<'pairedRanked'>): Effect {
  const { nPositive, nNegative, control, candidate } = evidence;
  const rows = nPositive + nNegative;
  const total = evidence.controlVariance + evidence.candidateVariance;
  const variance = Math.max(0, total - 2 * evidence.covariance);
  const isFlat = variance <= 1e-15 * total;
  const fewest = Math.min(nPositive, nNegative);
  return {
    control,
    candidate,
    difference: candidate - control,
    variance: isFlat ? 0 : variance,
    controlRows: rows,
    candidateRows: rows,
    leastRows: Math.ceil((LEAST_EXPECTED_EVENTS * rows) / Math.max(1, fewest)),
    obstacle: classObstacle(fewest, isFlat ? 0 : variance),
  };
}

function classObstacle(fewest: number, variance: number | null): string | null {
  if (fewest < LEAST_EXPECTED_EVENTS)
    return `${fewest} rows of the rarer class in an arm; the test needs ${LEAST_EXPECTED_EVENTS}.`;
  return variance === 0 ? 'The areas do not vary.' : null;
}
