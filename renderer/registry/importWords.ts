import type {
  CandidateState,
  ImportCandidate,
  ImportedVersions,
  InspectedStore,
  StoreKind,
} from '../../shared/registry/importChannels';
import { formatBytes, formatCount, formatNoun } from '../ui/formatNumber';
import type { StateBadgeProps } from '../ui/StateBadge';

export const IMPORT_FILTERS = ['all', 'new', 'changed', 'known', 'runs'] as const;
export type ImportFilter = (typeof IMPORT_FILTERS)[number];

const KIND_WORDS: Readonly<Record<StoreKind, string>> = {
  folder: 'an MLflow folder',
  database: 'an MLflow database',
  bundle: 'an export of mlflow-export-import',
  model: 'a saved model',
};

/** What was found, in one sentence from its figures. */
export function storeSentence(store: InspectedStore): string {
  const { sourceName, kind, nRuns, nDeleted, nBroken, candidates } = store;
  const count = (state: CandidateState): number =>
    candidates.filter((one) => one.state === state && one.version !== null).length;
  const nVersions = candidates.filter(({ version }) => version !== null).length;
  const versions =
    nVersions === 0
      ? 'no registered version'
      : `${formatNoun(nVersions, 'registered version')} (${formatCount(count('new'))} new here, ${formatCount(count('changed'))} changed, ${formatCount(count('known'))} known)`;
  const alone = formatNoun(candidates.length - nVersions, 'run');
  const deleted = nDeleted === 0 ? '' : ` ${formatCount(nDeleted)} deleted there and left out.`;
  const broken =
    nBroken === 0
      ? ' Everything could be read.'
      : nBroken === 1
        ? ' 1 part could not be taken over as it is; it is listed below.'
        : ` ${formatCount(nBroken)} parts could not be taken over as they are; they are listed below.`;
  return `${sourceName} is ${KIND_WORDS[kind]} with ${formatNoun(nRuns, 'run')}: ${versions}, and ${alone} that no registered version names.${deleted}${broken}`;
}

/** What was recorded, in one sentence. */
export function importedSentence(imported: ImportedVersions): string {
  const { versions, nNewModels, nAliases, nLeft } = imported;
  const nModels = new Set(versions.map(({ modelId }) => modelId)).size;
  const models =
    nNewModels === 0
      ? formatNoun(nModels, 'model')
      : `${formatNoun(nModels, 'model')}, ${formatCount(nNewModels)} of them new`;
  const aliases = nAliases === 0 ? '' : `, with ${formatNoun(nAliases, 'alias', 'aliases')}`;
  const left =
    nLeft === 0
      ? ''
      : ` ${formatNoun(nLeft, 'chosen version')} not yet, since you cancelled: look at the store again to import the rest.`;
  return `${formatNoun(versions.length, 'version')} of ${models}${aliases}: signed and on record.${left}`;
}

export const STATE_LOOK: Readonly<
  Record<CandidateState, Pick<StateBadgeProps, 'state' | 'label'>>
> = {
  new: { state: 'ok', label: 'New' },
  changed: { state: 'watch', label: 'Changed' },
  known: { state: 'unknown', label: 'Known' },
};

/** What a candidate brings, or how it differs from what is here. */
export function candidateWords(candidate: ImportCandidate): string {
  const { state, changes, knownVersion } = candidate;
  if (state === 'known') return `Same content as version ${String(knownVersion)} here`;
  if (state === 'changed')
    return `Since version ${String(knownVersion)} here: ${changes.join('; ')}`;
  const { nParameters, nMetrics, nColumns, nArtefacts, artefactBytes } = candidate;
  const parts = [
    formatNoun(nParameters, 'parameter'),
    formatNoun(nMetrics, 'metric'),
    ...(nColumns === 0 ? [] : [formatNoun(nColumns, 'column')]),
    ...(nArtefacts === 0
      ? []
      : [`${formatNoun(nArtefacts, 'file')} (${formatBytes(artefactBytes)})`]),
  ];
  return parts.join(', ');
}

export function filterCandidates(
  candidates: readonly ImportCandidate[],
  filter: ImportFilter,
): readonly ImportCandidate[] {
  if (filter === 'all') return candidates;
  if (filter === 'runs') return candidates.filter(({ version }) => version === null);
  return candidates.filter(({ state }) => state === filter);
}

/** How many candidates each filter shows. */
export function filterItems(
  candidates: readonly ImportCandidate[],
): readonly { readonly value: ImportFilter; readonly label: string }[] {
  const names: Readonly<Record<ImportFilter, string>> = {
    all: 'All',
    new: 'New',
    changed: 'Changed',
    known: 'Known',
    runs: 'Unregistered runs',
  };
  return IMPORT_FILTERS.map((value) => ({
    value,
    label: `${names[value]} ${formatCount(filterCandidates(candidates, value).length)}`,
  }));
}

/** Stage and aliases there, as one line. */
export function labelsThere({ stage, aliases }: ImportCandidate): string {
  const shown = stage === null || stage === 'None' ? [] : [stage];
  return [...shown, ...aliases.map((alias) => `@${alias}`)].join(', ');
}
