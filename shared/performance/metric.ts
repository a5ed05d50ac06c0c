import { z } from 'zod';
import { formatStatistic } from '../base/formatNumber';

export const METRICS = [
  'accuracy',
  'balancedAccuracy',
  'auc',
  'precision',
  'recall',
  'f1',
  'logLoss',
  'brier',
  'ece',
  'mae',
  'rmse',
  'r2',
  'bias',
  'latencyP50',
  'latencyP95',
  'latencyP99',
  'errorRate',
  'costPerPrediction',
] as const;
export const Metric = z.enum(METRICS);
export type Metric = z.infer<typeof Metric>;

export interface MetricFacts {
  readonly label: string;
  /** What it means, in one sentence. */
  readonly meaning: string;
  readonly better: 'higher' | 'lower' | 'nearZero';
  readonly unit: 'share' | 'number' | 'ms' | 'cost';
  /** What has to be known before it can be measured. */
  readonly needs: 'outcomes' | 'log';
}

const outcome = (
  label: string,
  better: MetricFacts['better'],
  unit: MetricFacts['unit'],
  meaning: string,
): MetricFacts => ({ label, better, unit, meaning, needs: 'outcomes' });
const log = (label: string, unit: MetricFacts['unit'], meaning: string): MetricFacts => ({
  label,
  better: 'lower',
  unit,
  meaning,
  needs: 'log',
});

/** How every metric is called and read. */
export const METRIC_FACTS: Readonly<Record<Metric, MetricFacts>> = {
  accuracy: outcome('Accuracy', 'higher', 'share', 'Share of predictions that came true.'),
  balancedAccuracy: outcome(
    'Balanced accuracy',
    'higher',
    'share',
    'Mean recall of the classes: what accuracy would be if every class were as frequent.',
  ),
  auc: outcome(
    'AUC',
    'higher',
    'number',
    'Chance that a positive case scores above a negative one; interval by DeLong.',
  ),
  precision: outcome(
    'Precision',
    'higher',
    'share',
    'Share of positive predictions that came true; mean over the classes when there are several.',
  ),
  recall: outcome(
    'Recall',
    'higher',
    'share',
    'Share of positive cases that were predicted; mean over the classes when there are several.',
  ),
  f1: outcome('F1', 'higher', 'number', 'Harmonic mean of precision and recall.'),
  logLoss: outcome(
    'Log-loss',
    'lower',
    'number',
    'Mean surprise in nats; probabilities are clipped to 2^-52 from 0 and 1.',
  ),
  brier: outcome('Brier score', 'lower', 'number', 'Mean squared error of the probability.'),
  ece: outcome(
    'Calibration error',
    'lower',
    'number',
    'Expected calibration error over ten right-closed tenths of the score.',
  ),
  mae: outcome('MAE', 'lower', 'number', 'Mean absolute error, in the unit of the outcome.'),
  rmse: outcome('RMSE', 'lower', 'number', 'Root of the mean squared error.'),
  r2: outcome('R2', 'higher', 'number', 'Share of the variance that is explained.'),
  bias: outcome('Bias', 'nearZero', 'number', 'Mean of predicted minus true.'),
  latencyP50: log('Latency, median', 'ms', 'Half of the predictions took at most this long.'),
  latencyP95: log('Latency, p95', 'ms', '95 % of the predictions took at most this long.'),
  latencyP99: log('Latency, p99', 'ms', '99 % of the predictions took at most this long.'),
  errorRate: log('Error rate', 'share', 'Share of predictions that failed.'),
  costPerPrediction: log('Cost per prediction', 'cost', 'Mean cost of one prediction.'),
};

/**
 * A figure of a metric for people: shares in percent, small costs with their digits, never `0.00`.
 *
 * @param currency what a cost is counted in; nothing is said when it is not known
 */
export function formatMetric(metric: Metric, value: number, currency: string | null): string {
  const { unit } = METRIC_FACTS[metric];
  if (unit === 'share') return formatPercent(value);
  if (unit === 'ms') return `${formatAmount(value)} ms`;
  if (unit === 'cost') return [formatAmount(value), currency].filter(Boolean).join(' ');
  return formatStatistic(value);
}

/** Percent with enough digits to tell windows apart; what is not 0 does not show as 0. */
function formatPercent(share: number): string {
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size === 0 || size >= 1) return `${percent.toFixed(1)} %`;
  return `${Number(percent.toPrecision(2))} %`;
}

/** Three significant digits, written out down to a millionth, e.g. `0.0001`, `0.0000234`. */
export function formatAmount(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-9 || size >= 1e9) return value.toExponential(2);
  const digits = Math.max(0, Math.min(20, 2 - Math.floor(Math.log10(size))));
  const fixed = value.toFixed(size >= 100 ? 0 : digits);
  return fixed.includes('.') ? fixed.replace(/0+$/, '').replace(/\.$/, '') : fixed;
}
