import { foldText } from '../../shared/base/foldText';
import {
  NO_FILTERS,
  type Choice,
  type ModelChoices,
  type ModelFilters,
  type ModelSort,
} from '../../shared/registry/listChannels';
import { RISK_CLASSES, STAGES } from '../../shared/registry/model';
import { compareNames, type ListedModel } from './modelList';

export interface ModelQuery {
  readonly text: string;
  readonly filters: ModelFilters;
}

type FilterName = keyof ModelFilters;
type Test = (model: ListedModel) => boolean;

/** The models that match, in the order in which they were given. */
export function matchingModels(
  models: readonly ListedModel[],
  query: ModelQuery,
): readonly ListedModel[] {
  const tests = [textTest(query.text), ...Object.values(filterTests(query.filters))];
  return models.filter((model) => tests.every((test) => test === null || test(model)));
}

function textTest(text: string): Test | null {
  const wanted = foldText(text.trim());
  return wanted === '' ? null : (model) => model.text.includes(wanted);
}

/** One test per filter; null where it lets everything pass. */
function filterTests(filters: ModelFilters): Readonly<Record<FilterName, Test | null>> {
  const { hasOpenAlert, stage } = filters;
  const owners = new Set(filters.owners);
  const risks = new Set<string>(filters.riskClasses);
  const tags = filters.tags.map(foldText);
  return {
    owners: owners.size === 0 ? null : ({ owner }) => owners.has(owner),
    riskClasses: risks.size === 0 ? null : ({ riskClass }) => risks.has(riskClass ?? 'notAssessed'),
    tags:
      tags.length === 0 ? null : ({ foldedTags }) => tags.every((tag) => foldedTags.includes(tag)),
    hasOpenAlert:
      hasOpenAlert === null ? null : ({ nOpenAlerts }) => nOpenAlerts > 0 === hasOpenAlert,
    stage: stage === null ? null : ({ stages }) => stages.includes(stage),
  };
}

/** @param models in the order of their names, which stays the order of equal ones */
export function sortModels(
  models: readonly ListedModel[],
  { key, direction }: ModelSort,
): readonly ListedModel[] {
  const sign = direction === 'ascending' ? 1 : -1;
  if (key === 'name') return sign === 1 ? models : models.toReversed();
  if (key === 'attention') return models.toSorted(byAttention);
  if (key === 'owner') return models.toSorted((a, b) => sign * compareNames(a.owner, b.owner));
  if (key === 'lastBatch') return models.toSorted((a, b) => byLastBatch(a, b, sign));
  const figure = FIGURES[key];
  return models.toSorted((a, b) => sign * (figure(a) - figure(b)));
}

const FIGURES = {
  alerts: (model: ListedModel) => model.nOpenAlerts,
  versions: (model: ListedModel) => model.nVersions,
  batches: (model: ListedModel) => model.nBatches,
} as const;

/** Models without a batch go last in both directions. */
function byLastBatch(a: ListedModel, b: ListedModel, sign: number): number {
  const [left, right] = [a.lastBatchAtUtc, b.lastBatchAtUtc];
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -sign : sign;
}

function byAttention(a: ListedModel, b: ListedModel): number {
  return b.nOpenAlerts - a.nOpenAlerts || byLastBatch(a, b, -1) || a.nameRank - b.nameRank;
}

const MAX_CHOICES = 200;

/** What the list can be narrowed down to: each filter's choices count what the other filters leave. */
export function modelChoices(models: readonly ListedModel[], query: ModelQuery): ModelChoices {
  const fitting = matchingModels(models, { text: query.text, filters: NO_FILTERS });
  const tests = filterTests(query.filters);
  const leftBy = (own: FilterName): readonly ListedModel[] => {
    const others = Object.entries(tests).flatMap(([name, test]) =>
      name === own || test === null ? [] : [test],
    );
    return fitting.filter((model) => others.every((test) => test(model)));
  };
  const risks = leftBy('riskClasses').map(({ riskClass }) => riskClass ?? 'notAssessed');
  // A tag narrows down further, so its choices count what all filters leave.
  const left = matchingModels(fitting, { text: '', filters: query.filters });
  return {
    owners: mostFirst(
      leftBy('owners').map(({ owner }) => owner),
      (owner) => owner,
    ),
    riskClasses: inOrder(risks, [...RISK_CLASSES, 'notAssessed']),
    tags: mostFirst(left.flatMap(({ tags }) => tags)),
    stages: inOrder(
      leftBy('stage').flatMap((model) => model.stages),
      STAGES,
    ),
    nAlerting: leftBy('hasOpenAlert').filter(({ nOpenAlerts }) => nOpenAlerts > 0).length,
  };
}

function inOrder(words: readonly string[], order: readonly string[]): readonly Choice[] {
  const counts = new Map(order.map((value) => [value, 0]));
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([value, n]) => ({ value, n }));
}

/**
 * How often each word occurs, most often first, then by name; at most 200.
 *
 * @param keyOf words of the same key count as the one that came first; unless told, letter case does not count
 */
export function mostFirst(
  words: readonly string[],
  keyOf: (word: string) => string = foldText,
): readonly Choice[] {
  const counts = new Map<string, { readonly value: string; n: number }>();
  for (const value of words) {
    const key = keyOf(value);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { value, n: 1 });
    else known.n += 1;
  }
  return [...counts.values()]
    .toSorted((a, b) => b.n - a.n || compareNames(a.value, b.value))
    .slice(0, MAX_CHOICES);
}
