import { METRICS, type Metric } from '../../shared/performance/metric';
import type { PerformancePolicy } from '../../shared/performance/performancePolicy';
import type {
  BaselineValue,
  PerformanceReport,
  PredictionLog,
} from '../../shared/performance/performanceReport';
import type { Db } from '../db/openDatabase';
import { requireVersion } from '../registry/registryService';
import { findLogs, findReport } from './performanceRepo';

/** How the metrics of a version are called; figures on held-out rows come first. */
const NAMES: Readonly<Partial<Record<Metric, readonly string[]>>> = {
  accuracy: ['holdOut.accuracy', 'test_accuracy', 'accuracy'],
  auc: ['holdOut.auc', 'test_auc', 'auc', 'roc_auc', 'AUC'],
  precision: ['holdOut.precision', 'test_precision', 'precision'],
  recall: ['holdOut.recall', 'test_recall', 'recall'],
  f1: ['holdOut.f1', 'test_f1', 'f1', 'f1_score'],
  logLoss: ['holdOut.logLoss', 'test_log_loss', 'logLoss', 'log_loss'],
  brier: ['holdOut.brier', 'test_brier', 'brier', 'brier_score'],
  mae: ['holdOut.mae', 'test_mae', 'mae'],
  rmse: ['holdOut.rmse', 'test_rmse', 'rmse'],
  r2: ['holdOut.r2', 'test_r2', 'r2'],
};

/**
 * What a window of a log is compared with: the version's baseline window where there is one, otherwise
 * the metrics that the version was registered with.
 */
export function baselineOf(
  db: Db,
  log: PredictionLog,
  policy: PerformancePolicy,
): readonly BaselineValue[] {
  const window = findLogs(db, log.modelId).findLast(
    ({ isBaseline, versionId, id }) => isBaseline && versionId === log.versionId && id !== log.id,
  );
  const report = window === undefined ? null : findReport(db, window.id, null);
  return window === undefined || report === null
    ? fromVersion(db, log)
    : fromWindow(window, report, policy);
}

function fromWindow(
  window: PredictionLog,
  { measurement }: PerformanceReport,
  policy: PerformancePolicy,
): BaselineValue[] {
  const source = `baseline window "${window.label}"`;
  const overall = [...measurement.metrics, ...window.operations].flatMap(({ metric, value }) =>
    value === null ? [] : [{ metric, segment: null, value, source }],
  );
  const ofSegments = policy.rules.flatMap(({ metric, segment }) => {
    if (segment === null) return [];
    const figures = measurement.segments.find(
      (one) => one.column === segment.column && one.value === segment.value,
    );
    const value = figures?.metrics.find((one) => one.metric === metric)?.value ?? null;
    return value === null ? [] : [{ metric, segment, value, source }];
  });
  return [...overall, ...ofSegments];
}

function fromVersion(db: Db, { versionId }: PredictionLog): BaselineValue[] {
  const { version, metrics } = requireVersion({ db }, versionId).snapshot;
  return METRICS.flatMap((metric) => {
    const name = (NAMES[metric] ?? []).find((one) => metrics[one] !== undefined);
    const value = name === undefined ? undefined : metrics[name];
    return name === undefined || value === undefined
      ? []
      : [{ metric, segment: null, value, source: `metric "${name}" of version ${version}` }];
  });
}
