import { formatCount, formatShare } from '../base/formatNumber';
import type { PerformanceOverview, PerformanceWindow } from './channels';
import { formatMetric, METRIC_FACTS, type Metric } from './metric';

/** The metric that says most about a window: the first of these that it has. */
export const LEADING_METRICS: readonly Metric[] = ['auc', 'accuracy', 'mae'];

/** The metric of a window to speak of first; null when nothing is measured yet. */
export function leadingMetric({ report }: PerformanceWindow): Metric | null {
  return (
    LEADING_METRICS.find((name) =>
      report.measurement.metrics.some(({ metric, value }) => metric === name && value !== null),
    ) ?? null
  );
}

/** Share of predictions whose outcome is known, 0..1. */
export function shareLabelled({ report }: PerformanceWindow): number {
  const { nLabelled, nPredictions } = report.measurement.join;
  return nPredictions === 0 ? 0 : nLabelled / nPredictions;
}

/** What the performance of a model comes to, in one or two sentences. */
export function performanceSentence({ windows }: PerformanceOverview): string {
  const live = windows.filter(({ log }) => !log.isBaseline);
  const newest = live.at(-1);
  if (newest === undefined) {
    return windows.length === 0
      ? 'No prediction log has been imported yet.'
      : 'The baseline is measured; no live window has been imported yet.';
  }
  const measured = live.findLast((window) => leadingMetric(window) !== null);
  if (measured === undefined) {
    return `${formatCount(newest.log.counts.nPredictions)} predictions of \`${newest.log.label}\` wait for their outcomes.`;
  }
  const broken = newest.report.findings.filter(({ verdict }) => verdict === 'broken').length;
  const rules =
    broken === 0 ? '' : ` ${broken === 1 ? 'One rule is' : `${broken} rules are`} broken.`;
  return `${windowSentence(measured)}${rules}`;
}

/** The leading figure of a window with its interval, its baseline and how many outcomes it rests on. */
export function windowSentence(window: PerformanceWindow): string {
  const { log, report } = window;
  const name = leadingMetric(window);
  const figure = report.measurement.metrics.find(({ metric }) => metric === name);
  if (name === null || figure === undefined || figure.value === null) {
    return `In \`${log.label}\` no outcome is known yet for ${formatCount(log.counts.nPredictions)} predictions.`;
  }
  const write = (value: number): string => formatMetric(name, value, log.currency);
  const between =
    figure.interval === null
      ? ''
      : `95 % interval ${write(figure.interval[0])} to ${write(figure.interval[1])}, `;
  const baseline = report.baseline.find((one) => one.metric === name && one.segment === null);
  const compared =
    baseline === undefined
      ? ''
      : `, ${comparedWith(figure.value, baseline.value)} of ${write(baseline.value)}`;
  return (
    `In \`${log.label}\` ${METRIC_FACTS[name].label} is ${write(figure.value)} (${between}` +
    `n = ${formatCount(figure.n)})${compared}; ${maturityWords(window)}.`
  );
}

function comparedWith(value: number, baseline: number): string {
  if (baseline === 0 || value === baseline) return 'as the baseline';
  const change = (value - baseline) / Math.abs(baseline);
  return `${formatShare(Math.abs(change))} ${change < 0 ? 'below' : 'above'} the baseline`;
}

/** How much of a window is known. */
export function maturityWords(window: PerformanceWindow): string {
  const share = shareLabelled(window);
  if (share === 1) return 'every outcome is known';
  return `outcomes are known for ${formatShare(share)} of the predictions`;
}

/** A past estimate beside what came true. */
export interface ScoredEstimate {
  readonly label: string;
  readonly versionId: string;
  readonly version: number;
  readonly metric: 'accuracy' | 'auc';
  readonly estimate: number;
  readonly interval: readonly [number, number];
  /** Null while too few outcomes are known. */
  readonly realised: number | null;
  readonly isInside: boolean | null;
}

/** An estimate is compared with what came true once this share of the outcomes is known. */
export const MATURE_SHARE = 0.9;

/** Every estimate of a model with what became of it, oldest first. */
export function scoreEstimates(
  windows: readonly PerformanceWindow[],
  metric: 'accuracy' | 'auc',
): readonly ScoredEstimate[] {
  return windows
    .filter(({ log }) => !log.isBaseline)
    .flatMap((window) => {
      const { label, versionId, version } = window.log;
      const { estimates, metrics } = window.report.measurement;
      const found = estimates.find((one) => one.metric === metric);
      if (found === undefined) return [];
      const isMature = shareLabelled(window) >= MATURE_SHARE;
      const realised = isMature
        ? (metrics.find((one) => one.metric === metric)?.value ?? null)
        : null;
      const [low, high] = found.interval;
      const isInside = realised === null ? null : realised >= low && realised <= high;
      const { value: estimate, interval } = found;
      return [{ label, versionId, version, metric, estimate, interval, realised, isInside }];
    });
}

/** How far the estimates of a model can be trusted, by its own record. */
export function trustSentence(scored: readonly ScoredEstimate[]): string {
  const known = scored.filter(({ realised }) => realised !== null);
  if (known.length === 0)
    return 'No past estimate can be compared with what came true yet, so nothing is known about how far to trust them.';
  const nInside = known.filter(({ isInside }) => isInside === true).length;
  const meanGap =
    known.reduce((sum, { estimate, realised }) => sum + Math.abs(estimate - (realised ?? 0)), 0) /
    known.length;
  const verdict =
    nInside === known.length
      ? 'The estimates have held so far.'
      : nInside === 0
        ? 'Do not rely on them: the scores are not calibrated on these data.'
        : 'Read them with care.';
  return `${formatCount(nInside)} of ${formatCount(known.length)} past estimates held what came true within their interval; on average they were off by ${meanGap.toFixed(3)}. ${verdict}`;
}
