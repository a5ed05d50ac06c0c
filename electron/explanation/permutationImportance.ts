import type { ComputeSettings, Permutation } from '../../shared/explanation/computed';
import { AppFailure } from '../../shared/ipc/errors';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { rocAuc } from '../../shared/stats/rocAuc';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { seededOrder, seededSample } from '../../shared/stats/seededSample';
import type { ModelRows } from './modelRows';
import type { OpenModel } from './onnxSession';

const MOST_ROWS = 5000;

interface Outcomes {
  readonly metric: Permutation['metric'];
  /** Rows of the file that have an outcome. */
  readonly rows: readonly number[];
  /** Loss of a set of predictions, shape (rows): higher is worse. */
  loss(predictions: Float64Array): number;
}

/**
 * How much worse a model predicts when the values of one feature are shuffled among the rows.
 *
 * @param step says which shuffle is next, of how many
 * @returns drop of AUC, or rise of the root mean square error, mean and standard deviation over the repeats
 * @throws AppFailure INSUFFICIENT_DATA (one class only, or no outcomes), BAD_DATA, CANCELLED
 * @source Breiman, Machine Learning 45 (2001) 5; model-agnostic: Fisher, Rudin & Dominici, JMLR 20 (2019) 177
 * Cost: (features * repeats + 1) runs over at most 5,000 rows.
 */
export async function permutationImportance(
  model: OpenModel,
  modelRows: ModelRows,
  settings: ComputeSettings & { readonly target: NonNullable<ComputeSettings['target']> },
  step: (at: number, of: number) => void,
): Promise<Permutation> {
  const { output, seed, nRepeats } = settings;
  const { metric, rows, loss } = await outcomesOf(modelRows, settings);
  const n = rows.length;
  const asTheyAre = await model.predict(output, n, (f, i) => modelRows.cell(f, rows[i]!));
  const baseline = loss(asTheyAre);
  const { features } = model.facts;
  const permuted: { name: string; meanDrop: number; sd: number }[] = [];
  for (const [feature, { name }] of features.entries()) {
    const drops: number[] = [];
    for (let repeat = 0; repeat < nRepeats; repeat++) {
      const at = feature * nRepeats + repeat;
      step(at, features.length * nRepeats);
      const order = seededOrder(n, (seed + 1 + at) >>> 0);
      const predictions = await model.predict(output, n, (f, i) =>
        modelRows.cell(f, rows[f === feature ? order[i]! : i]!),
      );
      drops.push(loss(predictions) - baseline);
    }
    const { mean, variance } = sampleMoments(drops);
    permuted.push({ name, meanDrop: mean, sd: Math.sqrt(variance) });
  }
  permuted.sort((a, b) => b.meanDrop - a.meanDrop);
  const shown = metric === 'auc' ? -baseline : baseline;
  return { metric, baseline: shown, nRows: n, nRepeats, features: permuted };
}

async function outcomesOf(
  { table, complete }: ModelRows,
  { target, seed }: ComputeSettings & { readonly target: NonNullable<ComputeSettings['target']> },
): Promise<Outcomes> {
  const { column, positive } = target;
  const pick = (has: (row: number) => boolean): number[] => {
    const known = complete.filter(has);
    return Array.from(seededSample(known.length, MOST_ROWS, seed), (at) => known[at]!);
  };
  if (positive === null) {
    const outcome = await table.readColumn(column, 'numeric');
    if (!('values' in outcome)) throw new Error('a numeric column holds no numbers');
    const rows = pick((row) => Number.isFinite(outcome.values[row]!));
    if (rows.length < 2) throw tooFew(rows.length, 'no outcomes');
    const loss = (predictions: Float64Array) =>
      Math.sqrt(
        predictions.reduce((sum, value, i) => sum + (value - outcome.values[rows[i]!]!) ** 2, 0) /
          rows.length,
      );
    return { metric: 'rmse', rows, loss };
  }
  const outcome = await table.readColumn(column, 'categorical');
  if (!('codes' in outcome)) throw new Error('a text column holds no texts');
  const rows = pick((row) => outcome.codes[row]! >= 0);
  const yes = outcome.labels.indexOf(positive);
  const isYes = rows.map((row) => outcome.codes[row] === yes);
  const nYes = isYes.filter(Boolean).length;
  if (nYes === 0 || nYes === rows.length)
    throw tooFew(Math.min(nYes, rows.length - nYes), 'outcomes of one kind only');
  return {
    metric: 'auc',
    rows,
    loss(predictions) {
      const side = (wanted: boolean) =>
        fromUnsorted(predictions.filter((_value, i) => isYes[i] === wanted));
      const auc = rocAuc(side(true), side(false));
      if (auc.status !== 'ok') throw new Error('both classes were there a moment ago');
      return -auc.auc;
    },
  };
}

function tooFew(n: number, what: string): AppFailure {
  return new AppFailure(
    'INSUFFICIENT_DATA',
    `The rows that have a value of every feature hold ${what}, so nothing says how well the model predicts. Nothing was recorded. Choose another outcome column, or none.`,
    { n, required: 2 },
  );
}
