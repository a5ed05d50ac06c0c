/**
 * A scorecard of the sample as an ONNX model that takes the raw columns of the files.
 */
import { ML_DOMAIN, onnxModel } from './onnxWriter.mjs';

/**
 * @typedef {{ readonly column: string, readonly kind: 'numeric', readonly mean: number, readonly standardDeviation: number }
 *   | { readonly column: string, readonly kind: 'categorical', readonly levels: readonly string[] }} Input
 * @typedef {object} Scorecard
 * @property {readonly Input[]} inputs
 * @property {number} intercept
 * @property {readonly { readonly term: string, readonly value: number }[]} coefficients
 * @typedef {import('./onnxWriter.mjs').Node} Node
 */

/**
 * One input per column: numbers are standardised and weighted, a level of a category is its coefficient (0 for the
 * dropped one and for what was never seen); the sum goes through the logistic function.
 *
 * @param {Scorecard} card
 * @param {string} description
 * @returns {Buffer} bytes of the .onnx file
 */
export function onnxScorecard({ inputs, intercept, coefficients }, description) {
  const weightOf = new Map(coefficients.map(({ term, value }) => [term, value]));
  const weight = (/** @type {string} */ term) => {
    const value = weightOf.get(term);
    if (value === undefined) throw new Error(`The scorecard has no coefficient of ${term}.`);
    return value;
  };
  const scalar = (/** @type {string} */ name, /** @type {number} */ value) => ({
    name,
    dims: [1],
    floats: [value],
  });
  const tensors = [scalar('intercept', intercept)];
  /** @type {Node[]} */
  const nodes = [];
  for (const input of inputs) {
    const { column } = input;
    const outputs = [`${column}_part`];
    if (input.kind === 'categorical') {
      const attributes = {
        keys_strings: input.levels,
        values_floats: input.levels.map((level) => weight(`${column}=${level}`)),
        default_float: 0,
      };
      nodes.push({ op: 'LabelEncoder', domain: ML_DOMAIN, inputs: [column], outputs, attributes });
      continue;
    }
    tensors.push(scalar(`${column}_mean`, input.mean));
    tensors.push(scalar(`${column}_weight`, weight(column) / input.standardDeviation));
    nodes.push({ op: 'Sub', inputs: [column, `${column}_mean`], outputs: [`${column}_centred`] });
    nodes.push({ op: 'Mul', inputs: [`${column}_centred`, `${column}_weight`], outputs });
  }
  const parts = inputs.map(({ column }) => `${column}_part`);
  nodes.push({ op: 'Sum', inputs: [...parts, 'intercept'], outputs: ['log_odds'] });
  nodes.push({ op: 'Sigmoid', inputs: ['log_odds'], outputs: ['probability'] });
  return onnxModel({
    description,
    graph: {
      name: 'scorecard',
      nodes,
      tensors,
      inputs: inputs.map(({ column, kind }) => ({
        name: column,
        type: kind === 'numeric' ? 'float' : 'string',
        shape: ['rows', 1],
      })),
      outputs: [{ name: 'probability', type: 'float', shape: ['rows', 1] }],
    },
  });
}
