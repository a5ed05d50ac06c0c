/**
 * A plain logistic regression: standardised numbers, indicator columns, ridge, Newton's method.
 */

/**
 * @typedef {import('./bankMarketing.mjs').SampleRow} SampleRow
 * @typedef {{ readonly column: string, readonly kind: 'numeric' | 'categorical' }} InputSpec
 * @typedef {{ readonly column: string, readonly kind: 'numeric', readonly mean: number, readonly standardDeviation: number }} NumericInput
 * @typedef {{ readonly column: string, readonly kind: 'categorical', readonly droppedLevel: string, readonly levels: readonly string[] }} CategoricalInput
 * @typedef {NumericInput | CategoricalInput} ModelInput
 * @typedef {{ readonly ridge: number, readonly tolerance: number, readonly maxIterations: number }} Hyperparameters
 * @typedef {object} LogisticModel
 * @property {readonly ModelInput[]} inputs
 * @property {readonly string[]} constantColumns given as inputs, left out because they never vary
 * @property {number} intercept
 * @property {readonly number[]} coefficients in the order of `termNames(inputs)`
 * @property {number} iterations
 */

/**
 * Rounds to ten significant digits, so that the last bits of a platform's exp() do not show.
 *
 * @param {number} value
 */
export function toTenDigits(value) {
  return Number(value.toPrecision(10));
}

/**
 * Names of the model's terms, one per coefficient.
 *
 * @param {readonly ModelInput[]} inputs
 * @returns {string[]} `age` for a number, `job=student` for a level
 */
export function termNames(inputs) {
  return inputs.flatMap((input) =>
    input.kind === 'numeric'
      ? [input.column]
      : input.levels.map((level) => `${input.column}=${level}`),
  );
}

/**
 * Fits the model by Newton's method on the penalised log-likelihood.
 *
 * Maximises sum(log-likelihood) - ridge / 2 * sum(coefficient^2); the intercept is not penalised.
 *
 * @param {readonly SampleRow[]} rows training rows
 * @param {readonly number[]} labels 1 for the positive class, else 0; as long as `rows`
 * @param {readonly InputSpec[]} specs
 * @param {Hyperparameters} hyperparameters
 * @returns {LogisticModel} coefficients on standardised numbers, rounded to ten digits
 * @throws {Error} when the steps do not become smaller than the tolerance
 */
export function fitLogisticRegression(rows, labels, specs, hyperparameters) {
  const described = specs.map((spec) => describeInput(rows, spec));
  const inputs = described.filter((input) => input !== null);
  const constantColumns = specs.flatMap((spec, i) => (described[i] === null ? [spec.column] : []));
  const design = rows.map((row) => encodeRow(row, inputs));
  const weights = new Float64Array(termNames(inputs).length + 1);
  for (let iteration = 1; iteration <= hyperparameters.maxIterations; iteration += 1) {
    const step = newtonStep(design, labels, weights, hyperparameters.ridge);
    for (const [j, change] of step.entries()) weights[j] = at(weights, j) + change;
    if (Math.max(...step.map(Math.abs)) < hyperparameters.tolerance) {
      const [intercept = 0, ...coefficients] = Array.from(weights, toTenDigits);
      return { inputs, constantColumns, intercept, coefficients, iterations: iteration };
    }
  }
  throw new Error(`The regression did not settle in ${hyperparameters.maxIterations} iterations.`);
}

/**
 * Probability of the positive class, rounded to the six significant digits that the files hold.
 *
 * A level that the training rows never had counts as the dropped level.
 *
 * @param {LogisticModel} model
 * @param {SampleRow} row
 * @returns {number} in (0, 1)
 */
export function predictProbability(model, row) {
  const weights = Float64Array.of(model.intercept, ...model.coefficients);
  return Number(logistic(dot(encodeRow(row, model.inputs), weights)).toPrecision(6));
}

/**
 * @param {readonly SampleRow[]} rows
 * @param {InputSpec} spec
 * @returns {ModelInput | null} null when the column is constant
 */
function describeInput(rows, { column, kind }) {
  if (kind === 'categorical') {
    // The default order of sort() is by UTF-16 code unit, which no locale changes.
    const [droppedLevel = '', ...levels] = [
      ...new Set(rows.map((row) => cell(row, column))),
    ].sort();
    return levels.length === 0 ? null : { column, kind, droppedLevel, levels };
  }
  const values = rows.map((row) => Number(cell(row, column)));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  if (variance === 0) return null;
  return {
    column,
    kind,
    mean: toTenDigits(mean),
    standardDeviation: toTenDigits(Math.sqrt(variance)),
  };
}

/**
 * @param {SampleRow} row
 * @param {readonly ModelInput[]} inputs
 * @returns {Float64Array} 1 for the intercept, then one value per term
 */
function encodeRow(row, inputs) {
  const values = [1];
  for (const input of inputs) {
    const text = cell(row, input.column);
    if (input.kind === 'numeric') {
      values.push((Number(text) - input.mean) / input.standardDeviation);
    } else {
      for (const level of input.levels) values.push(text === level ? 1 : 0);
    }
  }
  return Float64Array.from(values);
}

/**
 * @param {readonly Float64Array[]} design
 * @param {readonly number[]} labels
 * @param {Float64Array} weights
 * @param {number} ridge
 * @returns {Float64Array} the change of every weight
 */
function newtonStep(design, labels, weights, ridge) {
  const size = weights.length;
  const gradient = Float64Array.from(weights, (weight, j) => (j === 0 ? 0 : -ridge * weight));
  const hessian = Array.from(weights, () => new Float64Array(size));
  for (const [i, x] of design.entries()) {
    const p = logistic(dot(x, weights));
    const residual = (labels[i] ?? 0) - p;
    for (let j = 0; j < size; j += 1) {
      const xj = at(x, j);
      if (xj === 0) continue;
      gradient[j] = at(gradient, j) + residual * xj;
      const hessianRow = rowAt(hessian, j);
      for (let k = 0; k <= j; k += 1) {
        hessianRow[k] = at(hessianRow, k) + p * (1 - p) * xj * at(x, k);
      }
    }
  }
  for (let j = 1; j < size; j += 1) rowAt(hessian, j)[j] = at(rowAt(hessian, j), j) + ridge;
  return solveSymmetric(hessian, gradient);
}

/**
 * Solves A x = b by Cholesky's factorisation, in place.
 *
 * @param {readonly Float64Array[]} a lower triangle of a positive definite matrix
 * @param {Float64Array} b
 */
function solveSymmetric(a, b) {
  const size = b.length;
  for (let j = 0; j < size; j += 1) {
    const rowJ = rowAt(a, j);
    for (let i = j; i < size; i += 1) {
      const rowI = rowAt(a, i);
      let sum = at(rowI, j);
      for (let k = 0; k < j; k += 1) sum -= at(rowI, k) * at(rowJ, k);
      rowI[j] = i === j ? Math.sqrt(sum) : sum / at(rowJ, j);
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = at(x, i) - at(rowAt(a, i), k) * at(x, k);
    x[i] = at(x, i) / at(rowAt(a, i), i);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) x[i] = at(x, i) - at(rowAt(a, k), i) * at(x, k);
    x[i] = at(x, i) / at(rowAt(a, i), i);
  }
  return x;
}

/** @param {number} z */
function logistic(z) {
  return 1 / (1 + Math.exp(-z));
}

/**
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function dot(a, b) {
  return a.reduce((sum, value, i) => sum + value * at(b, i), 0);
}

/**
 * @param {SampleRow} row
 * @param {string} column
 */
function cell(row, column) {
  const text = row[column];
  if (text === undefined) throw new Error(`There is no column ${column}.`);
  return text;
}

/**
 * @param {Float64Array} values
 * @param {number} index
 */
function at(values, index) {
  return values[index] ?? Number.NaN;
}

/**
 * @param {readonly Float64Array[]} rows
 * @param {number} index
 */
function rowAt(rows, index) {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`There is no matrix row ${index}.`);
  return row;
}
