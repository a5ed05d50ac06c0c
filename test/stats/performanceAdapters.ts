import { z } from 'zod';
import { classificationMetrics, countConfusion } from '../../shared/stats/classificationMetrics';
import { probabilisticMetrics } from '../../shared/stats/probabilisticMetrics';
import { regressionMetrics } from '../../shared/stats/regressionMetrics';
import { column, type Compute } from './goldenColumns';

/** Our answers about the quality of a model, by golden function name. */
export const performanceCompute: Readonly<Record<string, Compute>> = {
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
