import type { DriftHistory } from '../../shared/drift/channels';
import type { InputOf } from '../../shared/ipc/channel';
import type { performanceChannels, PerformanceWindow } from '../../shared/performance/channels';
import {
  relateDrift,
  type DriftRelation,
  type RelatedWindows,
} from '../../shared/performance/driftRelation';
import { METRIC_FACTS, type Metric } from '../../shared/performance/metric';
import {
  LEADING_METRICS,
  MATURE_SHARE,
  shareLabelled,
} from '../../shared/performance/performanceSummary';
import type { AppContext } from '../app/context';
import { history } from '../drift/reportService';
import { overview } from './performanceService';

/**
 * Which features drift where the model gets worse: over the windows that have a drift report and, for most
 * of their predictions, outcomes.
 *
 * @returns features ranked by rank correlation; not enough windows is said, not guessed around
 * @throws AppFailure NOT_FOUND
 */
export function driftRelation(
  ctx: AppContext,
  { modelId }: InputOf<(typeof performanceChannels)['performance.driftRelation']>,
): DriftRelation {
  return relateDrift(relatedWindows(history(ctx, { modelId }), overview(ctx, { modelId }).windows));
}

/** Pairs batches with windows of the same version that hold the same file, or cover the same days, or have the same label. */
export function relatedWindows(
  { batches, features }: Pick<DriftHistory, 'batches' | 'features'>,
  windows: readonly PerformanceWindow[],
): RelatedWindows {
  const pairs = windows
    .filter(({ log }) => !log.isBaseline)
    .flatMap((window) => {
      const at = batches.findLastIndex((batch) => isOfSameRows(batch, window));
      return at < 0 ? [] : [{ at, window }];
    });
  const mature = pairs.filter(({ window }) => shareLabelled(window) >= MATURE_SHARE);
  const metric = metricOf(mature.map(({ window }) => window));
  const measured = mature.flatMap(({ at, window }) => {
    const value = metric === null ? null : figureOf(window, metric);
    return metric === null || value === null ? [] : [{ at, window, value }];
  });
  // A loss from nothing and a loss from a baseline cannot be ordered together.
  const hasBaselines = measured.every(({ window }) => baselineOf(window, metric) !== null);
  return {
    metric,
    nWaiting: pairs.length - mature.length,
    windows: measured.map(({ at, window, value }) => ({
      label: window.log.label,
      batchLabel: batches[at]!.label,
      value,
      loss: lossOf(value, hasBaselines ? (baselineOf(window, metric) ?? 0) : 0, metric),
    })),
    features: features
      .filter(({ role }) => role === 'feature')
      .map(({ name, cells }) => {
        const primary = cells.findLast((cell) => cell !== null)?.primary;
        const drift = measured.map(({ at }) => {
          const cell = cells[at] ?? null;
          // Figures of different statistics cannot be ordered together.
          return cell?.primary === primary ? (cell?.value ?? null) : null;
        });
        return { name, drift };
      }),
  };
}

function isOfSameRows(batch: DriftHistory['batches'][number], { log }: PerformanceWindow): boolean {
  if (batch.versionId !== log.versionId) return false;
  if (batch.file.sha256 === log.file.sha256) return true;
  return batch.periodStart !== null && log.periodStart !== null
    ? batch.periodStart === log.periodStart && batch.periodEnd === log.periodEnd
    : batch.label === log.label;
}

/** Of the leading metrics the one that most windows have, the first where several do. */
function metricOf(windows: readonly PerformanceWindow[]): Metric | null {
  const counted = LEADING_METRICS.map((metric) => ({
    metric,
    n: windows.filter((window) => figureOf(window, metric) !== null).length,
  }));
  const most = Math.max(...counted.map(({ n }) => n));
  return most === 0 ? null : (counted.find(({ n }) => n === most)?.metric ?? null);
}

function figureOf({ report }: PerformanceWindow, name: Metric): number | null {
  return report.measurement.metrics.find(({ metric }) => metric === name)?.value ?? null;
}

function baselineOf({ report }: PerformanceWindow, name: Metric | null): number | null {
  const found = report.baseline.find(({ metric, segment }) => metric === name && segment === null);
  return found?.value ?? null;
}

function lossOf(value: number, baseline: number, metric: Metric | null): number {
  const rise = value - baseline;
  return metric !== null && METRIC_FACTS[metric].better === 'higher' ? -rise : rise;
}
