import { countChanges } from '../../shared/registry/compareVersions';
import type {
  ChangeCounts,
  ComparedSide,
  FactDifference,
  VersionComparison,
} from '../../shared/registry/versionComparison';
import {
  formatCount,
  formatNoun,
  formatShare,
  formatStatistic,
  NO_VALUE,
} from '../ui/formatNumber';

export const FACT_WORDS: Readonly<Record<FactDifference['fact'], string>> = {
  description: 'Description',
  trainingFile: 'Training data: file',
  trainingSizeBytes: 'Training data: size in bytes',
  trainingSha256: 'Training data: SHA-256',
  runLink: 'Link to the run',
  importedFrom: 'Imported from',
  importSource: 'Import: source',
  importSha256: 'Import: SHA-256 of the source',
  experiment: 'Import: experiment',
  runId: 'Import: run',
  importedVersion: 'Import: version there',
};

/** How many things of these counts differ. */
export function nDifferent({ added, removed, changed }: ChangeCounts): number {
  return added + removed + changed;
}

/** Counts in words, such as `1 added, 2 changed, 12 the same`. */
export function countWords(counts: ChangeCounts): string {
  const words = [
    [counts.added, 'added'],
    [counts.removed, 'removed'],
    [counts.changed, 'changed'],
    [counts.same, 'the same'],
  ] as const;
  const shown = words.filter(([n]) => n > 0).map(([n, what]) => `${formatCount(n)} ${what}`);
  return shown.length === 0 ? 'none on either side' : shown.join(', ');
}

/** The name of a side; the model is named where the two belong to different ones. */
export function sideName(side: ComparedSide, { left, right }: VersionComparison): string {
  const name = `version ${side.version}`;
  return left.modelId === right.modelId ? name : `${side.modelName}, ${name}`;
}

/** The finding of a comparison in one sentence; names stand between backticks. */
export function comparisonSentence(comparison: VersionComparison): string {
  const { left, right, parameters, metrics, columns, datasets, artefactCounts } = comparison;
  if (left.id === right.id) return 'Both sides are the same version. Choose another one.';
  const found = [
    differing(countChanges(parameters), 'hyperparameter'),
    differing(countChanges(metrics), 'metric'),
    differing(countChanges(columns), 'column'),
    differing(countChanges(datasets), 'dataset'),
    differing(artefactCounts, 'file'),
    ...factsFound(comparison),
  ].filter((words) => words !== null);
  const [from, to] = [sideName(left, comparison), capital(sideName(right, comparison))];
  if (found.length === 0) return `\`${to}\` froze the same as \`${from}\`.`;
  return `\`${to}\` differs from \`${from}\` in ${listWords(found)}.`;
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function differing(counts: ChangeCounts, noun: string): string | null {
  const n = nDifferent(counts);
  return n === 0 ? null : formatNoun(n, noun);
}

function factsFound({ facts }: VersionComparison): readonly string[] {
  const differs = (names: readonly FactDifference['fact'][]): boolean =>
    facts.some(({ fact, change }) => change !== 'same' && names.includes(fact));
  return [
    ...(differs(['trainingSha256']) ? ['the training data'] : []),
    ...(differs(['description']) ? ['the description'] : []),
    ...(differs(['importedFrom', 'importSha256', 'runId', 'runLink']) ? ['the origin'] : []),
  ];
}

function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A value as it is recorded: text in quotation marks, numbers and booleans without. */
export function valueWords(value: string | number | boolean | null): string {
  if (value === null) return NO_VALUE;
  return typeof value === 'string' ? `“${value}”` : String(value);
}

/** A difference with its sign, such as `+0.012`. */
export function signed(value: number | null): string {
  if (value === null) return NO_VALUE;
  return `${value > 0 ? '+' : ''}${formatStatistic(value)}`;
}

/** A relative difference with its sign, such as `-4.1 %`. */
export function signedShare(share: number | null): string {
  if (share === null) return NO_VALUE;
  return `${share > 0 ? '+' : ''}${formatShare(share)}`;
}
