import { Text } from '@mantine/core';
import { formatMetric, type Metric } from '../../shared/performance/metric';
import type { RuleFinding } from '../../shared/performance/performancePolicy';
import type { MetricValue } from '../../shared/performance/performanceReport';
import { NO_VALUE } from '../ui/formatNumber';
import type { State } from '../ui/theme';

/** How what a rule found is called, and which state it is. */
export const FINDING_LOOK: Readonly<
  Record<RuleFinding['verdict'], { readonly state: State; readonly label: string }>
> = {
  broken: { state: 'alert', label: 'Broken' },
  pending: { state: 'watch', label: 'Beyond once' },
  inconclusive: { state: 'watch', label: 'Inconclusive' },
  holds: { state: 'ok', label: 'Holds' },
  notAssessed: { state: 'unknown', label: 'Not assessed' },
};

/** A figure, or why there is none. */
export function Figure({
  figure,
  currency,
}: {
  readonly figure: MetricValue;
  readonly currency: string | null;
}) {
  if (figure.value === null) return <Text c="dimmed">{figure.reason ?? NO_VALUE}</Text>;
  return <>{formatMetric(figure.metric, figure.value, currency)}</>;
}

export function intervalWords(
  metric: Metric,
  interval: MetricValue['interval'],
  currency: string | null,
): string {
  if (interval === null) return NO_VALUE;
  const [low, high] = interval.map((end) => formatMetric(metric, end, currency));
  return `${low} to ${high}`;
}
