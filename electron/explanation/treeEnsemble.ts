import type { DecisionTree, TreeMode } from '../../shared/stats/treeShapley';
import type { OnnxGraph, OnnxNode } from './onnxGraph';

const MODES: Readonly<Record<string, TreeMode>> = {
  BRANCH_LEQ: 'leq',
  BRANCH_LT: 'lt',
  BRANCH_GTE: 'gte',
  BRANCH_GT: 'gt',
  BRANCH_EQ: 'eq',
  BRANCH_NEQ: 'neq',
};
const AROUND = ['TreeEnsembleRegressor', 'TreeEnsembleClassifier', 'Cast', 'Identity', 'ZipMap'];

/** Trees whose answers add up to one column of an output, but for a constant. */
export interface TreeEnsemble {
  readonly output: string;
  /** True: to its log-odds. */
  readonly isLogit: boolean;
  treesOf(column: number): readonly DecisionTree[];
}

/**
 * Reads the trees of a model that is nothing but one ensemble over its one matrix of features.
 *
 * @returns null: another model, or an ensemble whose answer is no plain sum over its trees
 * @throws RangeError where nodes of a tree are missing or lead in a circle
 * @source onnx/onnx, docs/Operators-ml.md: TreeEnsembleRegressor, TreeEnsembleClassifier (ai.onnx.ml 1 to 3)
 */
export function treeEnsemble(graph: OnnxGraph): TreeEnsemble | null {
  const ensembles = graph.nodes.filter(({ operator }) => operator.startsWith('TreeEnsemble'));
  const [node] = ensembles;
  const isAlone = graph.nodes.every(({ operator }) => AROUND.includes(operator));
  if (node === undefined || ensembles.length > 1 || !isAlone || graph.inputs.length !== 1)
    return null;
  const isClassifier = node.operator === 'TreeEnsembleClassifier';
  const answer = node.outputs[isClassifier ? 1 : 0] ?? '';
  const output = graph.outputs.find(({ name }) => traces(graph, name, answer))?.name;
  const kind = sumKind(node, isClassifier);
  if (output === undefined || kind === null) return null;
  return {
    output,
    isLogit: kind === 'logit',
    treesOf(column) {
      // With one score for two classes, the first class has its opposite.
      const [id, sign] = kind === 'logit' ? [null, column === 0 ? -1 : 1] : [column, 1];
      return readTrees(node, isClassifier ? 'class' : 'target', id, sign);
    },
  };
}

/** Whether an output is a value as it is, but for its type. */
function traces({ nodes }: OnnxGraph, output: string, value: string): boolean {
  if (output === value) return true;
  const from = nodes.find(({ outputs }) => outputs.includes(output));
  const passes = from?.operator === 'Cast' || from?.operator === 'Identity';
  return passes && traces({ nodes } as OnnxGraph, from.inputs[0] ?? '', value); // only nodes are read
}

function sumKind(node: OnnxNode, isClassifier: boolean): 'sum' | 'logit' | null {
  const transform = node.attributes.get('post_transform')?.text ?? 'NONE';
  const aggregate = node.attributes.get('aggregate_function')?.text ?? 'SUM';
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE') return null;
  if (!isClassifier) return transform === 'NONE' ? 'sum' : null;
  const nScores = new Set(node.attributes.get('class_ids')?.ints ?? []).size;
  if (nScores === 1 && transform === 'LOGISTIC') return 'logit';
  return nScores > 1 && transform === 'NONE' ? 'sum' : null;
}

function readTrees(
  node: OnnxNode,
  prefix: 'class' | 'target',
  id: number | null,
  sign: number,
): DecisionTree[] {
  const ints = (name: string) => node.attributes.get(name)?.ints ?? [];
  const weights = node.attributes.get(`${prefix}_weights`)?.floats ?? [];
  const treeIds = ints('nodes_treeids');
  const rowsOf = new Map<number, number[]>();
  for (const [row, tree] of treeIds.entries()) {
    const rows = rowsOf.get(tree);
    if (rows === undefined) rowsOf.set(tree, [row]);
    else rows.push(row);
  }
  const isMean = node.attributes.get('aggregate_function')?.text === 'AVERAGE';
  const factor = isMean ? sign / rowsOf.size : sign;
  const leafValue = new Map<string, number>();
  const ofNodes = ints(`${prefix}_nodeids`);
  const ids = ints(`${prefix}_ids`);
  for (const [at, tree] of ints(`${prefix}_treeids`).entries()) {
    if (id !== null && ids[at] !== id) continue;
    const key = `${tree} ${ofNodes[at]}`;
    leafValue.set(key, (leafValue.get(key) ?? 0) + factor * (weights[at] ?? 0));
  }
  return [...rowsOf].map(([tree, rows]) =>
    readTree(node, rows, (nodeId) => leafValue.get(`${tree} ${nodeId}`) ?? 0),
  );
}

function readTree(
  { attributes }: OnnxNode,
  rows: readonly number[],
  valueOf: (nodeId: number) => number,
): DecisionTree {
  const ints = (name: string) => attributes.get(name)?.ints ?? [];
  const ids = ints('nodes_nodeids');
  const modes = attributes.get('nodes_modes')?.texts ?? [];
  const position = new Map(rows.map((row, at) => [ids[row], at]));
  const inner = rows.filter((row) => modes[row] !== 'LEAF');
  const names = new Set(inner.map((row) => modes[row]));
  const mode = MODES[[...names][0] ?? 'BRANCH_LEQ'];
  if (names.size > 1 || mode === undefined) throw new RangeError('a tree mixes its questions');
  const child = (name: string, row: number, at: number): number => {
    if (modes[row] === 'LEAF') return -1;
    const to = position.get(ints(name)[row]) ?? -1;
    // Children stand after their parents, so that no path leads in a circle.
    if (to <= at) throw new RangeError('a node leads nowhere or back');
    return to;
  };
  const features = ints('nodes_featureids');
  const values = attributes.get('nodes_values')?.floats ?? [];
  return {
    mode,
    feature: Int32Array.from(rows, (row) => (modes[row] === 'LEAF' ? -1 : (features[row] ?? 0))),
    threshold: Float64Array.from(rows, (row) => values[row] ?? 0),
    yes: Int32Array.from(rows, (row, at) => child('nodes_truenodeids', row, at)),
    no: Int32Array.from(rows, (row, at) => child('nodes_falsenodeids', row, at)),
    value: Float64Array.from(rows, (row) => (modes[row] === 'LEAF' ? valueOf(ids[row] ?? -1) : 0)),
  };
}
