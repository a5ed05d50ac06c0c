/**
 * The sample's model: which columns it may see, how it is fitted, how it did.
 */
import { measureBinary } from './binaryMetrics.mjs';
import { fitLogisticRegression, predictProbability, termNames } from './logisticRegression.mjs';

/**
 * @typedef {import('./bankMarketing.mjs').SampleRow} SampleRow
 * @typedef {import('./logisticRegression.mjs').InputSpec} InputSpec
 * @typedef {import('./logisticRegression.mjs').LogisticModel} LogisticModel
 * @typedef {import('./binaryMetrics.mjs').BinaryMetrics} BinaryMetrics
 * @typedef {{ readonly file: string, readonly sha256: string, readonly rows: number, readonly firstSourceRow: number, readonly lastSourceRow: number, readonly firstContactMonth: string, readonly lastContactMonth: string }} DatedFile
 * @typedef {{ readonly fitted: LogisticModel, readonly holdOut: { readonly nTraining: number, readonly metrics: BinaryMetrics } }} SampleModel
 */

const HYPERPARAMETERS = { ridge: 1, tolerance: 1e-10, maxIterations: 50 };
const DECISION_THRESHOLD = 0.5;
const HOLD_OUT_EVERY = 5;

/** @type {readonly InputSpec[]} */
export const INPUTS = [
  { column: 'age', kind: 'numeric' },
  { column: 'job', kind: 'categorical' },
  { column: 'marital', kind: 'categorical' },
  { column: 'education', kind: 'categorical' },
  { column: 'default', kind: 'categorical' },
  { column: 'balance', kind: 'numeric' },
  { column: 'housing', kind: 'categorical' },
  { column: 'loan', kind: 'categorical' },
  { column: 'contact', kind: 'categorical' },
  { column: 'campaign', kind: 'numeric' },
  { column: 'pdays', kind: 'numeric' },
  { column: 'previous', kind: 'numeric' },
  { column: 'poutcome', kind: 'categorical' },
];

export const NEVER_INPUTS = [
  {
    column: 'duration',
    reason: 'Known only after the call, when the outcome is known too: it would leak the label.',
  },
  { column: 'day', reason: 'A place in the calendar, not a property of the client.' },
  { column: 'month', reason: 'The training rows cover three months of one year only.' },
  { column: 'contact_month', reason: 'Always later in live rows than in any training row.' },
];

const LIMITS = [
  'At a threshold of 0.5 it says no to every row, so its accuracy is only the share of no. Judge it by AUC, log-loss and calibration.',
  'It ranks clients weakly even in its own time, and has never seen a client of an earlier campaign.',
  'It knows three months of 2008; later live windows come from other months, channels and clients.',
];

/**
 * Fits a model on all rows of its training window, and once more without every fifth row to measure it there.
 *
 * @param {readonly SampleRow[]} rows the training rows
 * @param {readonly InputSpec[]} inputs
 * @returns {SampleModel}
 */
export function fitSampleModel(rows, inputs = INPUTS) {
  const isHeldOut = (/** @type {unknown} */ _row, /** @type {number} */ index) =>
    index % HOLD_OUT_EVERY === HOLD_OUT_EVERY - 1;
  const training = rows.filter((row, index) => !isHeldOut(row, index));
  const fitted = (/** @type {readonly SampleRow[]} */ part) =>
    fitLogisticRegression(part, part.map(labelOf), inputs, HYPERPARAMETERS);
  const heldOut = rows.filter(isHeldOut);
  const partial = fitted(training);
  const predictions = heldOut.map((row) => predictProbability(partial, row));
  const metrics = measureBinary(predictions, heldOut.map(labelOf), DECISION_THRESHOLD);
  return { fitted: fitted(rows), holdOut: { nTraining: training.length, metrics } };
}

/**
 * Everything that is recorded about the model, as stored in model.json.
 *
 * @param {SampleModel} model
 * @param {readonly SampleRow[]} rows all rows
 * @param {DatedFile} reference
 * @param {readonly DatedFile[]} live
 */
export function modelRecord(model, rows, reference, live) {
  return {
    name: 'Term deposit subscription',
    algorithm: 'logistic regression',
    purpose:
      'Estimate, before a call, the probability that the client subscribes to a term deposit.',
    target: { column: 'y', positiveValue: 'yes' },
    prediction: { column: 'prediction', decisionThreshold: DECISION_THRESHOLD },
    ...fittedRecord(model, rows, { training: reference, excluded: NEVER_INPUTS }),
    limits: LIMITS,
    liveMetrics: live.map((file) => datesOf(file, measureFile(model.fitted, rows, file))),
  };
}

/**
 * What is recorded about a fit: how, on which rows, with which result.
 *
 * @param {SampleModel} model
 * @param {readonly SampleRow[]} rows all rows
 * @param {{ readonly training: DatedFile, readonly excluded: readonly { readonly column: string, readonly reason: string }[] }} what
 */
export function fittedRecord({ fitted, holdOut }, rows, { training, excluded }) {
  return {
    hyperparameters: {
      ...HYPERPARAMETERS,
      penalty: 'ridge / 2 * sum of squared coefficients; the intercept is not penalised',
      solver: "Newton's method on the summed log-likelihood, from zero",
      numericInputs:
        'standardised by the mean and the population standard deviation of the training rows',
      categoricalInputs:
        'one indicator per level except the first by code point; an unseen level counts as that one',
    },
    trainingData: datesOf(training, { sha256: training.sha256, rows: training.rows }),
    inputs: fitted.inputs,
    excludedColumns: [
      ...excluded,
      ...fitted.constantColumns.map((column) => ({
        column,
        reason: 'Constant in the training rows, so nothing could be learnt from it.',
      })),
    ],
    intercept: fitted.intercept,
    coefficients: termNames(fitted.inputs).map((term, i) => ({
      term,
      value: fitted.coefficients[i],
    })),
    iterations: fitted.iterations,
    metrics: {
      inSample: measureFile(fitted, rows, training),
      holdOut: {
        rule: `every ${HOLD_OUT_EVERY}th ${training.file.startsWith('bank-reference') ? 'reference' : 'training'} row held out; fitted again on the others with the same hyperparameters`,
        nTraining: holdOut.nTraining,
        ...holdOut.metrics,
      },
    },
  };
}

/**
 * @template T
 * @param {DatedFile} file
 * @param {T} facts
 */
export function datesOf({ file, firstContactMonth, lastContactMonth }, facts) {
  return { file, firstContactMonth, lastContactMonth, ...facts };
}

/**
 * @param {LogisticModel} fitted
 * @param {readonly SampleRow[]} allRows
 * @param {DatedFile} file
 */
export function measureFile(fitted, allRows, { firstSourceRow, lastSourceRow }) {
  const rows = allRows.slice(firstSourceRow - 1, lastSourceRow);
  const predictions = rows.map((row) => predictProbability(fitted, row));
  return measureBinary(predictions, rows.map(labelOf), DECISION_THRESHOLD);
}

/** @param {SampleRow} row */
export function labelOf(row) {
  return row['y'] === 'yes' ? 1 : 0;
}
