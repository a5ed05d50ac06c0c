import type {
  ClassFigures,
  Measurement,
  MetricValue,
} from '../../shared/performance/performanceReport';
import type { PredictionTask } from '../../shared/performance/predictionLog';
import {
  classificationMetrics,
  countConfusion,
  type ClassificationMetrics,
} from '../../shared/stats/classificationMetrics';
import { fromFinite } from '../../shared/stats/empiricalDistribution';
import { probabilisticMetrics } from '../../shared/stats/probabilisticMetrics';
import { regressionMetrics } from '../../shared/stats/regressionMetrics';
import { rocAuc } from '../../shared/stats/rocAuc';
import { thresholdCurve } from '../../shared/stats/thresholdCurve';
import type { Interval } from '../../shared/stats/twoProportionTest';
import { wilsonInterval } from '../../shared/stats/wilsonInterval';
import { splitByFlag } from './gather';

/** Labelled predictions, or those of one segment. */
export interface LabelledRows {
  readonly task: PredictionTask;
  /** True class as a code into `classes`, or the true number. Shape (n). */
  readonly truth: Float64Array;
  /** Probability of the positive class, or the predicted number; null without. */
  readonly scores: Float64Array | null;
  /** Predicted class as a code into `classes`; null for a regression. */
  readonly predicted: Int32Array | null;
  /** Of a task with a positive class: `not X`, `X`. */
  readonly classes: readonly string[];
}

export type RowFigures = Pick<Measurement, 'metrics' | 'classes' | 'calibration' | 'thresholds'>;

const THRESHOLDS = Array.from({ length: 99 }, (_none, i) => (i + 1) / 100);
const NO_ROWS = 'No outcome has come yet.';

/** True when the rows have a positive class: its metrics are those of that class alone. */
export function isBinary({ task }: Pick<LabelledRows, 'task'>): boolean {
  return task.kind === 'classification' && task.positiveLabel !== null;
}

/**
 * Every metric that the rows can carry.
 *
 * @param confidence of the intervals of accuracy, AUC and MAE, between 0 and 1
 * Cost: O(n), and sorting the scores.
 */
export function measureRows(rows: LabelledRows, confidence = 0.95): RowFigures {
  if (rows.task.kind === 'regression') {
    return { metrics: regressionValues(rows), classes: [], calibration: [], thresholds: [] };
  }
  const { classes, confusion } = occurring(rows);
  const result = classificationMetrics(confusion, classes.length);
  const metrics = classValues(rows, result.status === 'ok' ? result : null, confidence);
  const figures = result.status === 'ok' ? classFigures(classes, result) : [];
  return rows.scores === null || !isBinary(rows)
    ? { metrics, classes: figures, calibration: [], thresholds: [] }
    : withScores({ metrics, classes: figures }, rows.truth, rows.scores, confidence);
}

/** Counts of pairs over the classes that occur; both of them where there is a positive one. */
function occurring(rows: LabelledRows): {
  readonly classes: readonly string[];
  readonly confusion: Float64Array;
} {
  const { classes, predicted, truth } = rows;
  const k = classes.length;
  const confusion = countConfusion(truth, predicted ?? [], k);
  if (isBinary(rows)) return { classes, confusion };
  const codes = classes.map((_label, code) => code);
  const has = (a: number): boolean =>
    codes.some((b) => confusion[a * k + b]! > 0 || confusion[b * k + a]! > 0);
  const kept = codes.filter(has);
  return {
    classes: kept.map((code) => classes[code]!),
    confusion: Float64Array.from(kept.flatMap((t) => kept.map((p) => confusion[t * k + p]!))),
  };
}

function value(
  metric: MetricValue['metric'],
  n: number,
  figure: number | null,
  interval: Interval | null = null,
  reason: string | null = null,
): MetricValue {
  return {
    metric,
    n,
    value: figure,
    interval,
    reason: figure === null ? (reason ?? NO_ROWS) : null,
  };
}

function classValues(
  rows: LabelledRows,
  result: ClassificationMetrics | null,
  confidence: number,
): MetricValue[] {
  if (result === null) {
    return (['accuracy', 'balancedAccuracy', 'precision', 'recall', 'f1'] as const).map((metric) =>
      value(metric, 0, null),
    );
  }
  const { n, nCorrect, macro } = result;
  const positive = isBinary(rows) ? result.perClass[1] : undefined;
  const shown = positive ?? macro;
  const shareInterval = (count: number, of: number): Interval | null =>
    of === 0 ? null : wilsonInterval({ count, n: of });
  return [
    value('accuracy', n, result.accuracy, wilsonInterval({ count: nCorrect, n }, confidence)),
    value('balancedAccuracy', n, result.balancedAccuracy),
    positive?.predicted === 0
      ? value('precision', 0, null, null, 'Nothing was predicted positive.')
      : value(
          'precision',
          positive?.predicted ?? n,
          shown.precision,
          positive === undefined ? null : shareInterval(positive.correct, positive.predicted),
        ),
    positive?.support === 0
      ? value('recall', 0, null, null, 'No outcome is positive.')
      : value(
          'recall',
          positive?.support ?? n,
          shown.recall,
          positive === undefined ? null : shareInterval(positive.correct, positive.support),
        ),
    value('f1', n, shown.f1),
  ];
}

function classFigures(
  labels: readonly string[],
  { perClass }: ClassificationMetrics,
): ClassFigures[] {
  return perClass.map(({ support, predicted, correct, precision, recall, f1 }, code) => ({
    label: labels[code]!,
    support,
    precision,
    precisionInterval: predicted === 0 ? null : wilsonInterval({ count: correct, n: predicted }),
    recall,
    recallInterval: support === 0 ? null : wilsonInterval({ count: correct, n: support }),
    f1,
  }));
}

function withScores(
  figures: Pick<RowFigures, 'metrics' | 'classes'>,
  truth: Float64Array,
  scores: Float64Array,
  confidence: number,
): RowFigures {
  const { ones: positive, zeros: negative } = splitByFlag(scores, truth);
  // fromFinite() sorts them in place, as the curve needs them.
  const auc = rocAuc(fromFinite(positive), fromFinite(negative), confidence);
  const n = positive.length + negative.length;
  const probability = probabilisticMetrics(truth, scores);
  const ok = probability.status === 'ok' ? probability : null;
  const metrics = [
    auc.status === 'ok'
      ? value('auc', n, auc.auc, auc.logitInterval ?? auc.waldInterval)
      : value('auc', n, null, null, n === 0 ? NO_ROWS : 'Every outcome is of one class.'),
    value('logLoss', n, ok?.logLoss ?? null, ok?.logLossInterval ?? null),
    value('brier', n, ok?.brier ?? null, ok?.brierInterval ?? null),
    value('ece', n, ok?.ece ?? null),
  ];
  return {
    metrics: [...figures.metrics, ...metrics],
    classes: figures.classes,
    calibration: ok?.bins ?? [],
    thresholds: n === 0 ? [] : thresholdCurve(positive, negative, THRESHOLDS),
  };
}

function regressionValues({ truth, scores }: LabelledRows): MetricValue[] {
  const result = regressionMetrics(truth, scores ?? []);
  if (result.status !== 'ok') {
    return (['mae', 'rmse', 'r2', 'bias'] as const).map((metric) => value(metric, 0, null));
  }
  const { n } = result;
  return [
    value('mae', n, result.mae, result.maeInterval),
    value('rmse', n, result.rmse, result.rmseInterval),
    value('r2', n, result.r2, null, 'The outcomes do not vary.'),
    value('bias', n, result.bias, result.biasInterval),
  ];
}
