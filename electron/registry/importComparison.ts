import { canonicalJson } from '../../shared/base/canonicalJson';
import { formatCount } from '../../shared/base/formatNumber';
import type { ArtefactFile, VersionSnapshot } from '../../shared/registry/model';
import type { ImportedContent } from './mlflowCandidate';

/** What differs between a version here and what it is there now. */
export interface ImportDifference {
  /** In words; none when nothing differs. */
  readonly changes: readonly string[];
  /** Only what people attach to a version differs: its stage, aliases and tags there. */
  readonly isLabelsOnly: boolean;
}

const MAX_CHANGES = 20;

/**
 * Compares what a store says of a version with what was imported of it before.
 *
 * What a store does not hold (artefacts and the signature in a database without its files) is no difference.
 *
 * @param artefacts null when they are not in the store
 */
export function compareImport(
  known: VersionSnapshot,
  content: ImportedContent,
  artefacts: readonly ArtefactFile[] | null,
): ImportDifference {
  const facts = [
    ...compareText('description', known.description, content.description),
    ...compareRecords('parameter', known.hyperparameters, content.hyperparameters),
    ...compareRecords('metric', known.metrics, content.metrics),
    ...compareWhole('series of metrics', known.metricSeries ?? {}, content.metricSeries ?? {}),
    ...compareWhole('datasets', known.datasets ?? [], content.datasets ?? []),
    ...(content.schema.length === 0 ? [] : compareSchema(known.schema, content.schema)),
    ...(artefacts === null ? [] : compareArtefacts(known.artefacts ?? [], artefacts)),
    ...compareText('link to the run', known.runLink ?? '', content.runLink ?? ''),
  ];
  const [before, after] = [known.importedFrom, content.importedFrom];
  const labels = [
    ...compareText('stage there', before?.stage ?? 'none', after.stage ?? 'none'),
    ...compareText('aliases there', listed(before?.aliases), listed(after.aliases)),
    ...compareRecords('tag', before?.tags ?? {}, after.tags),
  ];
  return { changes: shortened([...facts, ...labels]), isLabelsOnly: facts.length === 0 };
}

function shortened(changes: readonly string[]): readonly string[] {
  if (changes.length <= MAX_CHANGES) return changes;
  return [
    ...changes.slice(0, MAX_CHANGES),
    `and ${formatCount(changes.length - MAX_CHANGES)} more`,
  ];
}

function listed(aliases: readonly string[] = []): string {
  return aliases.length === 0 ? 'none' : aliases.toSorted().join(', ');
}

function compareText(what: string, before: string, after: string): string[] {
  if (before === after) return [];
  return before.length + after.length > 120
    ? [`${what} changed`]
    : [`${what}: ${quoted(before)} → ${quoted(after)}`];
}

function quoted(text: string): string {
  return text === '' ? 'empty' : text;
}

type Values = Readonly<Record<string, string | number | boolean>>;

function compareRecords(what: string, before: Values, after: Values): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [old, fresh] = [valueAt(before, name), valueAt(after, name)];
    if (old === fresh) return [];
    if (old === undefined) return [`${what} ${name} added`];
    if (fresh === undefined) return [`${what} ${name} no longer there`];
    return compareText(`${what} ${name}`, String(old), String(fresh));
  });
}

function valueAt(values: Values, name: string): string | number | boolean | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function compareWhole(what: string, before: unknown, after: unknown): string[] {
  return canonicalJson(before) === canonicalJson(after) ? [] : [`${what} changed`];
}

function compareSchema(
  before: VersionSnapshot['schema'],
  after: VersionSnapshot['schema'],
): string[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  return before.length === after.length
    ? ['schema changed']
    : [`schema: ${formatCount(before.length)} columns → ${formatCount(after.length)}`];
}

function compareArtefacts(
  before: readonly ArtefactFile[],
  after: readonly ArtefactFile[],
): string[] {
  const old = new Map(before.map(({ path, sha256 }) => [path, sha256]));
  const fresh = new Map(after.map(({ path, sha256 }) => [path, sha256]));
  const counts = [
    [[...fresh].filter(([path]) => !old.has(path)).length, 'added'],
    [[...old.keys()].filter((path) => !fresh.has(path)).length, 'no longer there'],
    [
      [...fresh].filter(([path, sha256]) => old.has(path) && old.get(path) !== sha256).length,
      'with other content',
    ],
  ] as const;
  const words = counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`);
  return words.length === 0 ? [] : [`artefacts: ${words.join(', ')}`];
}
