import { shapleyWeight } from './shapleyValues';

/** A decision tree as arrays; node 0 is its root. */
export interface DecisionTree {
  /** Feature that a node asks for; -1: a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** Children of a node whose question is answered by yes and by no. */
  readonly yes: Int32Array;
  readonly no: Int32Array;
  /** What a leaf adds to the answer. */
  readonly value: Float64Array;
  /** The question: is the value less than, or at most, the threshold, ... */
  readonly mode: TreeMode;
}

export type TreeMode = 'leq' | 'lt' | 'gte' | 'gt' | 'eq' | 'neq';

/** What a tree answers. @param row shape (features) */
export function treeAnswer(tree: DecisionTree, row: ArrayLike<number>): number {
  let node = 0;
  while (tree.feature[node]! >= 0) node = childOf(tree, node, row);
  return tree.value[node]!;
}

/**
 * Adds the exact Shapley values of one tree between two rows: players are features, which take their value from `row`
 * when they take part and from `base` when they do not.
 *
 * @param into where the values are added, shape (features); their sum grows by tree(row) - tree(base)
 * @source Lundberg et al., Nature Machine Intelligence 2 (2020) 56, interventional Tree SHAP; Laberge & Pequignot (2022)
 * Cost: O(leaves * depth) at most; features that agree do not branch.
 */
export function addTreeShapley(
  tree: DecisionTree,
  row: ArrayLike<number>,
  base: ArrayLike<number>,
  into: Float64Array,
): void {
  const [fromRow, fromBase]: number[][] = [[], []];
  const walk = (node: number): void => {
    const feature = tree.feature[node]!;
    if (feature < 0) return addLeaf(tree.value[node]!, fromRow!, fromBase!, into);
    const ofRow = childOf(tree, node, row);
    const ofBase = childOf(tree, node, base);
    if (ofRow === ofBase || fromRow!.includes(feature)) return walk(ofRow);
    if (fromBase!.includes(feature)) return walk(ofBase);
    for (const [side, child] of [
      [fromRow!, ofRow],
      [fromBase!, ofBase],
    ] as const) {
      side.push(feature);
      walk(child);
      side.pop();
    }
  };
  walk(0);
}

function addLeaf(
  value: number,
  fromRow: readonly number[],
  fromBase: readonly number[],
  into: Float64Array,
): void {
  const [p, q] = [fromRow.length, fromBase.length];
  for (const feature of fromRow) into[feature]! += value * shapleyWeight(p - 1, q);
  for (const feature of fromBase) into[feature]! -= value * shapleyWeight(p, q - 1);
}

function childOf(
  { feature, threshold, yes, no, mode }: DecisionTree,
  node: number,
  row: ArrayLike<number>,
): number {
  // Trees are trained and run on 32-bit floats; a value between two of them would take another turn.
  const value = Math.fround(row[feature[node]!]!);
  return answersYes(mode, value, threshold[node]!) ? yes[node]! : no[node]!;
}

function answersYes(mode: TreeMode, value: number, threshold: number): boolean {
  if (mode === 'leq') return value <= threshold;
  if (mode === 'lt') return value < threshold;
  if (mode === 'gte') return value >= threshold;
  if (mode === 'gt') return value > threshold;
  return (value === threshold) === (mode === 'eq');
}
