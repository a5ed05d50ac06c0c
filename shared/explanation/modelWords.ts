import { formatCount, formatStatistic } from '../base/formatNumber';
import type { ComputedFacts, Permutation, ShapMethod } from './computed';
import type { ModelOutput, ModelStructure } from './onnxModel';

export const STRUCTURE_WORDS: Readonly<Record<ModelStructure, string>> = {
  additive: 'A sum of one part per feature: contributions are exact',
  additiveLogit: 'A sum of one part per feature in log-odds: contributions are exact there',
  trees: 'Decision trees: contributions are read from them and exact',
  treesLogit: 'Decision trees that add up in log-odds: contributions are exact there',
  other: 'Features may act on each other in any way',
};

export const METHOD_NAMES: Readonly<Record<ShapMethod, string>> = {
  additive: 'Exact: parts of a sum',
  trees: 'Exact: Tree SHAP',
  enumerated: 'Exact: every coalition',
  sampled: 'Kernel SHAP, sampled',
};

export const METRIC_WORDS: Readonly<Record<Permutation['metric'], string>> = {
  auc: 'AUC',
  rmse: 'root mean square error',
};

/** An output with its column where it has several. */
export function outputWords({ name, column }: ModelOutput, isOnlyColumn: boolean): string {
  return isOnlyColumn ? name : `${name}, column ${column + 1}`;
}

/** How contributions were computed, and how sure that is. */
export function methodSentence(facts: ComputedFacts): string {
  const { method, nBackground, largestError, nCoalitions, settings } = facts;
  const against = `against ${formatCount(nBackground)} background cases (seed ${settings.seed})`;
  if (method === 'sampled')
    return `Estimated by Kernel SHAP from ${formatCount(nCoalitions ?? 0)} coalitions per case ${against}; the standard error of a contribution is at most ${formatStatistic(largestError ?? 0)}.`;
  const ways: Readonly<Record<Exclude<ShapMethod, 'sampled'>, string>> = {
    additive: 'the model is a sum of one part per feature',
    trees: 'read from the decision trees of the file',
    enumerated: 'every coalition of features was looked at',
  };
  return `Exact: ${ways[method]}, ${against}.`;
}

/** Which feature the model needs most to predict well; null without outcomes. */
export function permutationSentence(permutation: Permutation | null): string | null {
  const [top] = permutation?.features ?? [];
  if (permutation === null || top === undefined) return null;
  const { metric, baseline, nRows, nRepeats } = permutation;
  const word = METRIC_WORDS[metric];
  if (top.meanDrop <= 0)
    return `Shuffling no single feature makes the ${word} worse (${formatStatistic(baseline)} as it is, n = ${formatCount(nRows)}, ${nRepeats} shuffles each).`;
  const way = metric === 'auc' ? 'falls' : 'rises';
  return `Without \`${top.name}\` the model predicts worst: its ${word} of ${formatStatistic(baseline)} ${way} by ${formatStatistic(top.meanDrop)} (standard deviation ${formatStatistic(top.sd)}) when the feature is shuffled, n = ${formatCount(nRows)}, ${nRepeats} shuffles each.`;
}
