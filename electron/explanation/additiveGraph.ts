import type { OnnxGraph, OnnxNode } from './onnxGraph';

/**
 * How a value inside a graph depends on the features: not at all; on one (named); column by column on one each; as a sum
 * of functions of one each; as the logistic function of such a sum; in some other way.
 */
type Dependence =
  | { readonly on: 'one'; readonly feature: string }
  | { readonly on: 'nothing' | 'columns' | 'sum' | 'logisticOfSum' | 'all' };

const NOTHING: Dependence = { on: 'nothing' };
const ALL: Dependence = { on: 'all' };
const SUM: Dependence = { on: 'sum' };
const COLUMNS: Dependence = { on: 'columns' };

/** Operators that pass a value on as it is, or change each column by a line. */
const PASSING = ['Identity', 'Cast', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Neg', 'Scaler'];
const PICKING = ['ArrayFeatureExtractor', 'Gather', 'Slice'];
const JOINING = ['Concat', 'FeatureVectorizer'];
const ADDING = ['Add', 'Sub', 'Sum', 'Mean'];
const WEIGHING = ['MatMul', 'Gemm'];
const TOTALLING = ['ReduceSum', 'ReduceMean'];
/** Operators that change each cell by itself, or each column of categories into columns of its own. */
const CELLWISE = [
  'Relu',
  'Tanh',
  'Exp',
  'Log',
  'Sqrt',
  'Abs',
  'Clip',
  'Imputer',
  'Binarizer',
  'OneHotEncoder',
  'LabelEncoder',
];
const BRANCHING = ['If', 'Loop', 'Scan'];

/**
 * Finds the outputs that are a sum of functions of one feature each, or the logistic function of such a sum: models
 * whose Shapley values need no coalitions.
 *
 * That rows do not act on each other is taken for granted here; that contributions add up is checked on every case.
 *
 * @returns per output of the graph; absent: neither
 */
export function additiveOutputs(
  graph: OnnxGraph,
): ReadonlyMap<string, 'additive' | 'additiveLogit'> {
  const known = new Map<string, Dependence>([...graph.constants].map((name) => [name, NOTHING]));
  for (const { name, shape } of graph.inputs)
    known.set(name, isWide(shape) ? COLUMNS : { on: 'one', feature: name });
  for (const node of graph.nodes) {
    const inputs = node.inputs.filter((name) => name !== '').map((name) => known.get(name) ?? ALL);
    const result = dependenceOf(node, inputs);
    for (const [at, output] of node.outputs.entries())
      // The first output of a classifier is its label.
      known.set(output, node.operator === 'LinearClassifier' && at === 0 ? ALL : result);
  }
  const found = new Map<string, 'additive' | 'additiveLogit'>();
  for (const { name } of graph.outputs) {
    const on = known.get(name)?.on ?? 'all';
    if (on === 'logisticOfSum') found.set(name, 'additiveLogit');
    else if (on !== 'all' && on !== 'nothing') found.set(name, 'additive');
  }
  return found;
}

function isWide(shape: readonly (number | string)[] | null): boolean {
  const width = shape?.[1];
  return shape !== null && shape.length === 2 && width !== 1;
}

function dependenceOf(node: OnnxNode, inputs: readonly Dependence[]): Dependence {
  const { operator } = node;
  const [first = NOTHING, ...others] = inputs;
  if (BRANCHING.includes(operator) || inputs.some(({ on }) => on === 'all')) return ALL;
  const ones = new Set(inputs.flatMap((input) => (input.on === 'one' ? [input.feature] : [])));
  const isPlain = inputs.every(({ on }) => on === 'nothing' || on === 'one');
  if (isPlain && ones.size === 0) return NOTHING;
  if (isPlain && ones.size === 1) return { on: 'one', feature: [...ones][0]! };
  const areOthersFixed = others.every(({ on }) => on === 'nothing');
  if (operator === 'Normalizer') return keepsShares(node) ? first : ALL;
  if (first.on === 'logisticOfSum')
    return areOthersFixed && ['Identity', 'Cast', 'Reshape', ...PICKING].includes(operator)
      ? first
      : ALL;
  if (inputs.some(({ on }) => on === 'logisticOfSum')) return ALL;
  if (PASSING.includes(operator) || PICKING.includes(operator)) return areOthersFixed ? first : ALL;
  if (JOINING.includes(operator)) return inputs.some(({ on }) => on === 'sum') ? SUM : COLUMNS;
  if (ADDING.includes(operator)) return sumOf(inputs);
  if (operator === 'Mul' || operator === 'Div') return scaled(operator, inputs);
  if (WEIGHING.includes(operator)) return areOthersFixed ? SUM : ALL;
  if (TOTALLING.includes(operator)) return areOthersFixed ? SUM : ALL;
  if (operator === 'Sigmoid') return first.on === 'sum' ? { on: 'logisticOfSum' } : first;
  if (CELLWISE.includes(operator)) return first.on === 'columns' && areOthersFixed ? COLUMNS : ALL;
  return linearModel(node);
}

function sumOf(inputs: readonly Dependence[]): Dependence {
  const varying = inputs.filter(({ on }) => on !== 'nothing');
  return varying.length === 1 ? varying[0]! : SUM;
}

function scaled(operator: 'Mul' | 'Div', inputs: readonly Dependence[]): Dependence {
  const varying = inputs.filter(({ on }) => on !== 'nothing');
  if (varying.length !== 1) return ALL;
  return operator === 'Div' && inputs[0]!.on === 'nothing' ? ALL : varying[0]!;
}

/** Two shares that add up to one stay as they are. */
function keepsShares({ attributes }: OnnxNode): boolean {
  return attributes.get('norm')?.text === 'L1';
}

function linearModel({ operator, attributes }: OnnxNode): Dependence {
  const transform = attributes.get('post_transform')?.text ?? 'NONE';
  if (operator === 'LinearRegressor')
    return transform === 'NONE' ? SUM : transform === 'LOGISTIC' ? { on: 'logisticOfSum' } : ALL;
  if (operator !== 'LinearClassifier') return ALL;
  const labels = attributes.get('classlabels_ints')?.ints.length ?? 0;
  const nClasses = labels + (attributes.get('classlabels_strings')?.texts.length ?? 0);
  const isLogistic = transform === 'LOGISTIC' || transform === 'SOFTMAX';
  return nClasses === 2 && isLogistic ? { on: 'logisticOfSum' } : ALL;
}
