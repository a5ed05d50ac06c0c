import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ML_DOMAIN, onnxModel, type Model, type Node } from '../../scripts/sample/onnxWriter.mjs';
import { tempFolder } from './tempFolder';

/** Weights of the linear models below, for `size`, `red` and `age`. */
export const LINEAR = { bias: 0.5, weights: [2, -1.5, 0.25] } as const;

const NAMES = ['size', 'red', 'age'] as const;
const MATRIX = { name: 'x', type: 'float', shape: ['n', 3] } as const;
const ANSWER = { name: 'y', type: 'float', shape: ['n', 1] } as const;

/** Writes a model into a file of its own and gives its path. */
export function onnxFile(model: Model | Uint8Array, name = 'model.onnx'): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, model instanceof Uint8Array ? model : onnxModel(model));
  return path;
}

function overMatrix(nodes: readonly Node[], outputs: Model['graph']['outputs'] = [ANSWER]): Model {
  return {
    metadata: { feature_names: JSON.stringify(NAMES) },
    graph: { name: 'test', nodes, inputs: [MATRIX], outputs },
  };
}

/** bias + weights x, as scikit-learn's linear regression is exported. */
export function linearModel(): Model {
  return overMatrix([
    {
      op: 'LinearRegressor',
      domain: ML_DOMAIN,
      inputs: ['x'],
      outputs: ['y'],
      attributes: { coefficients: LINEAR.weights, intercepts: [LINEAR.bias] },
    },
  ]);
}

/** Added to the line before the logistic function, so that no answer is near 0 or 1. */
export const LOGISTIC_SHIFT = -9;

/** The logistic function of it, shifted, as a classifier of two classes without ZipMap. */
export function logisticModel(): Model {
  const { weights, bias } = LINEAR;
  return overMatrix(
    [
      {
        op: 'LinearClassifier',
        domain: ML_DOMAIN,
        inputs: ['x'],
        outputs: ['label', 'probabilities'],
        attributes: {
          coefficients: [...weights.map((weight) => -weight), ...weights],
          intercepts: [-bias - LOGISTIC_SHIFT, bias + LOGISTIC_SHIFT],
          classlabels_ints: { ints: [0, 1] },
          multi_class: { int: 0 },
          post_transform: 'LOGISTIC',
        },
      },
      {
        op: 'Normalizer',
        domain: ML_DOMAIN,
        inputs: ['probabilities'],
        outputs: ['shares'],
        attributes: { norm: 'L1' },
      },
    ],
    [
      { name: 'label', type: 'int64', shape: ['n'] },
      { name: 'shares', type: 'float', shape: ['n', 2] },
    ],
  );
}

/** Two trees of depth two: their answers are {@link treeAnswerByHand}. */
export function treeModel(): Model {
  return overMatrix([
    {
      op: 'TreeEnsembleRegressor',
      domain: ML_DOMAIN,
      inputs: ['x'],
      outputs: ['y'],
      attributes: {
        n_targets: { int: 1 },
        nodes_treeids: { ints: [0, 0, 0, 0, 0, 1, 1, 1] },
        nodes_nodeids: { ints: [0, 1, 2, 3, 4, 0, 1, 2] },
        nodes_featureids: { ints: [0, 1, 0, 0, 0, 2, 0, 0] },
        nodes_values: [0.5, 0.5, 0, 0, 0, 30, 0, 0],
        nodes_modes: [
          'BRANCH_LEQ',
          'BRANCH_LEQ',
          'LEAF',
          'LEAF',
          'LEAF',
          'BRANCH_LEQ',
          'LEAF',
          'LEAF',
        ],
        nodes_truenodeids: { ints: [1, 2, 0, 0, 0, 1, 0, 0] },
        nodes_falsenodeids: { ints: [4, 3, 0, 0, 0, 2, 0, 0] },
        target_treeids: { ints: [0, 0, 0, 1, 1] },
        target_nodeids: { ints: [2, 3, 4, 1, 2] },
        target_ids: { ints: [0, 0, 0, 0, 0] },
        target_weights: [1, 4, -2, 0.5, 3],
      },
    },
  ]);
}

export function treeAnswerByHand([size, red, age]: readonly number[]): number {
  const first = size! <= 0.5 ? (red! <= 0.5 ? 1 : 4) : -2;
  return first + (age! <= 30 ? 0.5 : 3);
}

/** A network with one hidden layer: features act on each other. One input per feature. */
export function networkModel(): Model {
  const inputs = NAMES.map((name) => ({ name, type: 'float', shape: ['n', 1] }) as const);
  return {
    graph: {
      name: 'network',
      inputs,
      outputs: [ANSWER],
      tensors: [
        { name: 'w1', dims: [3, 2], floats: [1.5, -2, 2, 1, 0.02, -0.03] },
        { name: 'b1', dims: [2], floats: [-0.5, 0.25] },
        { name: 'w2', dims: [2, 1], floats: [1.25, -1.5] },
        { name: 'b2', dims: [1], floats: [0.1] },
      ],
      nodes: [
        { op: 'Concat', inputs: [...NAMES], outputs: ['x'], attributes: { axis: { int: 1 } } },
        { op: 'Gemm', inputs: ['x', 'w1', 'b1'], outputs: ['h'] },
        { op: 'Relu', inputs: ['h'], outputs: ['r'] },
        { op: 'Gemm', inputs: ['r', 'w2', 'b2'], outputs: ['z'] },
        { op: 'Sigmoid', inputs: ['z'], outputs: ['y'] },
      ],
    },
  };
}

/** What the network answers, by hand in 64-bit numbers. */
export function networkAnswerByHand([size, red, age]: readonly number[]): number {
  const h1 = Math.max(0, 1.5 * size! + 2 * red! + 0.02 * age! - 0.5);
  const h2 = Math.max(0, -2 * size! + red! - 0.03 * age! + 0.25);
  return 1 / (1 + Math.exp(-(1.25 * h1 - 1.5 * h2 + 0.1)));
}

/** Rows for these models, with an outcome that follows the linear one. */
export function modelRows(
  n = 40,
): Record<'case_id' | 'size' | 'red' | 'age' | 'label', (string | number)[]> {
  const rows = Array.from({ length: n }, (_none, i) => [
    ((i * 17) % n) / n,
    i % 4 === 0 ? 1 : 0,
    20 + ((i * 7) % 30),
  ]);
  return {
    case_id: rows.map((_row, i) => `k-${i}`),
    size: rows.map((row) => row[0]!),
    red: rows.map((row) => row[1]!),
    age: rows.map((row) => row[2]!),
    label: rows.map((row, i) => (linearByHand(row) + (i % 3) - 1 > 9 ? 'yes' : 'no')),
  };
}

export function linearByHand(row: readonly number[]): number {
  return LINEAR.weights.reduce<number>((sum, weight, i) => sum + weight * row[i]!, LINEAR.bias);
}
