import { beforeAll, describe, expect, it } from 'vitest';
import { encode, labelOf, probability, sumProduct, weightsOf } from './followModel';
import { allFiles, manifest, model, readSampleRows } from './readSample';
import type { SampleRows } from './readSample';

const HALF_UNIT_OF_SIXTH_DIGIT = 5.001e-6;
const windows: SampleRows[] = [];
const recorded = [model.metrics.inSample, ...model.liveMetrics];

beforeAll(async () => {
  for (const file of allFiles) windows.push(await readSampleRows(file));
});

describe('the sample model', () => {
  it('is tied to the reference file and sees neither the label nor what leaks it', () => {
    const { file, sha256, rows } = manifest.reference;
    expect(model.trainingData).toEqual({ file, sha256, rows });
    const inputs = model.inputs.map(({ column }) => column);
    for (const column of ['duration', 'y', 'prediction']) expect(inputs).not.toContain(column);
    const excluded = model.excludedColumns.map(({ column }) => column);
    const named = [...inputs, ...excluded, 'y', 'prediction'].toSorted();
    expect(named).toEqual(manifest.columns.map(({ name }) => name).toSorted());
  });

  it('gives every prediction in the files when its record is followed by hand', () => {
    const wrong = windows.flat().filter((row) => {
      const p = probability(model, row);
      return Math.abs(p - Number(row['prediction'])) > HALF_UNIT_OF_SIXTH_DIGIT * p;
    });
    expect(wrong).toHaveLength(0);
  });

  it('is at the optimum: the gradient of the penalised log-likelihood is zero', () => {
    const weights = weightsOf(model);
    const gradient = weights.map((weight, j) =>
      j === 0 ? 0 : -model.hyperparameters.ridge * weight,
    );
    for (const row of windows[0] ?? []) {
      const x = encode(model, row);
      const residual = labelOf(row) - 1 / (1 + Math.exp(-sumProduct(x, weights)));
      for (const [j, value] of x.entries()) gradient[j] = (gradient[j] ?? 0) + residual * value;
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-5);
  });

  it('records an AUC that counting pairs agrees with, in every window', () => {
    expect(recorded.map(({ auc }) => auc)).toEqual(
      windows.map((rows) => expect.closeTo(aucByPairs(rows), 9)),
    );
  });

  it('records accuracy, rates, log-loss and Brier score as they are, in every window', () => {
    for (const [i, rows] of windows.entries()) {
      const scored = rows.map((row) => ({ p: Number(row['prediction']), y: labelOf(row) }));
      const share = (test: (row: { p: number; y: number }) => boolean) =>
        expect.closeTo(scored.filter(test).length / rows.length, 9);
      const average = (term: (row: { p: number; y: number }) => number) =>
        expect.closeTo(scored.map(term).reduce((a, b) => a + b, 0) / rows.length, 8);
      expect(recorded[i]).toMatchObject({
        n: rows.length,
        positiveRate: share(({ y }) => y === 1),
        predictedPositiveRate: share(({ p }) => p >= 0.5),
        accuracy: share(({ p, y }) => Math.round(p) === y),
        meanPrediction: average(({ p }) => p),
        logLoss: average(({ p, y }) => -(y * Math.log(p) + (1 - y) * Math.log(1 - p))),
        brierScore: average(({ p, y }) => p * p - 2 * p * y + y),
      });
    }
  });

  it('loses accuracy over time, and was measured on rows it had not seen', () => {
    const { inSample, holdOut } = model.metrics;
    expect([holdOut.nTraining, holdOut.n]).toEqual([12_000, 3_000]);
    expect(holdOut.auc).toBeLessThan(inSample.auc);
    expect(inSample.accuracy).toBeCloseTo(0.959, 3);
    expect(recorded.at(-1)?.accuracy).toBeCloseTo(0.539, 3);
  });
});

/** Share of (positive, negative) pairs in the right order, a tie counting one half. */
function aucByPairs(rows: SampleRows): number {
  const scores = (label: number) =>
    rows.filter((row) => labelOf(row) === label).map((row) => Number(row['prediction']));
  const negatives = Float64Array.from(scores(0)).sort();
  const positives = scores(1);
  const wins = positives.map(
    (p) => (countBelow(negatives, p, false) + countBelow(negatives, p, true)) / 2,
  );
  return wins.reduce((a, b) => a + b, 0) / (positives.length * negatives.length);
}

function countBelow(sorted: Float64Array, limit: number, includesEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? Infinity;
    if (value < limit || (includesEqual && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}
