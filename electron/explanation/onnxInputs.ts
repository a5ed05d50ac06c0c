import type { FeatureType, ModelFeature } from '../../shared/explanation/onnxModel';
import { MAX_MODEL_FEATURES } from '../../shared/explanation/onnxModel';
import { badData } from '../io/badData';
import { ELEMENT, type OnnxGraph, type OnnxValue } from './onnxGraph';

/** How features become the inputs of a model. */
export interface OnnxInputs {
  readonly features: readonly ModelFeature[];
  /** Per input of the graph: its name, element type, the features in its columns, and whether rows are a matrix. */
  readonly inputs: readonly {
    readonly name: string;
    readonly element: number;
    readonly features: readonly number[];
    readonly isMatrix: boolean;
  }[];
  /** Rows that the model takes at once where it fixes them; null: any number. */
  readonly fixedRows: number | null;
}

const TYPES: Readonly<Record<number, FeatureType>> = {
  [ELEMENT.float]: 'number',
  [ELEMENT.double]: 'number',
  [ELEMENT.int32]: 'integer',
  [ELEMENT.int64]: 'integer',
  [ELEMENT.boolean]: 'boolean',
  [ELEMENT.text]: 'text',
};

/**
 * Finds which feature goes where: one input per feature, named after it, or one matrix whose columns are the features
 * in the order of `names`, or of `feature_names` in the file.
 *
 * @param names inputs that the version declares, in its order; empty: none
 * @throws AppFailure BAD_DATA where the inputs are not those of a table, or columns of a matrix have no names
 */
export function onnxInputs(graph: OnnxGraph, names: readonly string[], file: string): OnnxInputs {
  for (const input of graph.inputs) requireTabular(input, file);
  const [first] = graph.inputs;
  if (first === undefined) throw badData(file, 'the model takes no inputs.');
  const isMatrix = graph.inputs.length === 1 && first.shape?.length === 2 && first.shape[1] !== 1;
  const rows = first.shape?.[0];
  const fixedRows = typeof rows === 'number' && rows > 0 ? rows : null;
  if (isMatrix) return { ...matrixInput(graph, first, names, file), fixedRows };
  if (graph.inputs.length > MAX_MODEL_FEATURES)
    throw badData(file, `the model takes more than ${MAX_MODEL_FEATURES} features.`);
  return {
    features: graph.inputs.map(({ name, element }) => ({ name, type: TYPES[element ?? 0]! })),
    inputs: graph.inputs.map(({ name, element, shape }, at) => ({
      name,
      element: element ?? 0,
      features: [at],
      isMatrix: shape?.length !== 1,
    })),
    fixedRows,
  };
}

function requireTabular({ name, element, shape }: OnnxValue, file: string): void {
  if (element === null || TYPES[element] === undefined)
    throw badData(
      file,
      `the input \`${name}\` is of a type that no column of a table has. Numbers, whole numbers, booleans and text are read.`,
    );
  if (shape !== null && shape.length !== 1 && shape.length !== 2)
    throw badData(
      file,
      `the input \`${name}\` has ${shape.length} dimensions. Models of tables take rows and columns.`,
    );
}

function matrixInput(
  graph: OnnxGraph,
  { name, element, shape }: OnnxValue,
  names: readonly string[],
  file: string,
): Omit<OnnxInputs, 'fixedRows'> {
  const width = shape?.[1];
  const own = namesInFile(graph.metadata.get('feature_names'));
  const fits = (list: readonly string[]) =>
    list.length > 0 && (typeof width !== 'number' || list.length === width);
  const found = [own, names].find(fits);
  if (found === undefined)
    throw badData(
      file,
      `the model takes one matrix of ${typeof width === 'number' ? width : 'an unknown number of'} columns without names. Write a JSON list \`feature_names\` into its metadata, or register the version with exactly these inputs in their order.`,
    );
  if (found.length > MAX_MODEL_FEATURES)
    throw badData(file, `the model takes more than ${MAX_MODEL_FEATURES} features.`);
  const type = TYPES[element ?? 0]!;
  const all = found.map((_feature, at) => at);
  return {
    features: found.map((feature) => ({ name: feature, type })),
    inputs: [{ name, element: element ?? 0, features: all, isMatrix: true }],
  };
}

function namesInFile(text: string | undefined): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(parsed) && parsed.every((one) => typeof one === 'string' && one !== '')
      ? parsed
      : [];
  } catch {
    return [];
  }
}
