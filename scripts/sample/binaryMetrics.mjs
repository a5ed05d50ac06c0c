/**
 * Quality of a binary classifier on labelled rows.
 */
import { toTenDigits } from './logisticRegression.mjs';

/**
 * @typedef {object} BinaryMetrics
 * @property {number} n rows
 * @property {number} positiveRate share of rows whose label is positive
 * @property {number} meanPrediction
 * @property {number} predictedPositiveRate share of rows whose prediction is at or above the threshold
 * @property {number} accuracy share of rows where (prediction >= threshold) is the label
 * @property {number} auc area under the ROC curve; a tie counts one half
 * @property {number} logLoss in nats
 * @property {number} brierScore
 */

/**
 * Measures predictions against labels.
 *
 * @param {readonly number[]} predictions probabilities, each in (0, 1)
 * @param {readonly number[]} labels 1 or 0, as long as `predictions`; both values must occur
 * @param {number} threshold a prediction at or above it counts as positive
 * @returns {BinaryMetrics} rounded to ten significant digits
 * Cost: O(n log n).
 */
export function measureBinary(predictions, labels, threshold) {
  const pairs = predictions.map((p, i) => ({ p, label: labels[i] ?? 0 }));
  const mean = (/** @type {(pair: { p: number, label: number }) => number} */ term) =>
    toTenDigits(pairs.reduce((sum, pair) => sum + term(pair), 0) / pairs.length);
  return {
    n: pairs.length,
    positiveRate: mean(({ label }) => label),
    meanPrediction: mean(({ p }) => p),
    predictedPositiveRate: mean(({ p }) => (p >= threshold ? 1 : 0)),
    accuracy: mean(({ p, label }) => (p >= threshold === (label === 1) ? 1 : 0)),
    auc: toTenDigits(aucByMidranks(pairs)),
    logLoss: mean(({ p, label }) => -Math.log(label === 1 ? p : 1 - p)),
    brierScore: mean(({ p, label }) => (p - label) ** 2),
  };
}

/**
 * @param {readonly { p: number, label: number }[]} pairs
 */
function aucByMidranks(pairs) {
  const sorted = pairs.toSorted((a, b) => a.p - b.p);
  const nPositive = sorted.filter(({ label }) => label === 1).length;
  let rankSum = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (sorted[end]?.p === sorted[start]?.p && end < sorted.length) end += 1;
    const midrank = (start + 1 + end) / 2;
    rankSum += midrank * sorted.slice(start, end).filter(({ label }) => label === 1).length;
    start = end;
  }
  const nNegative = sorted.length - nPositive;
  return (rankSum - (nPositive * (nPositive + 1)) / 2) / (nPositive * nNegative);
}
