import type { InputOf } from '../../shared/ipc/channel';
import type { ModelOutline, registryChannels } from '../../shared/registry/channels';
import type {
  listChannels,
  ModelChoices,
  ModelPage,
  VersionChoices,
  VersionPage,
} from '../../shared/registry/listChannels';
import { STAGES } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { listedModels } from './modelList';
import { matchingModels, modelChoices as choicesOf, mostFirst, sortModels } from './modelSearch';
import { requireModel } from './registryService';
import { referencedVersions, versionAliases, versionTags } from './versionIndex';
import { countStages, findSummaries, findVersionRows, type VersionRow } from './versionList';
import { matchingVersions } from './versionSearch';

type Input<K extends keyof typeof listChannels> = InputOf<(typeof listChannels)[K]>;

/**
 * One page of the models that match a text and filters.
 *
 * @param input.text part of a name, owner, purpose or tag; letter case does not count
 * @returns the page, with the number of matching models and of all
 * Cost: O(models)
 */
export function searchModels(ctx: AppContext, input: Input<'registry.searchModels'>): ModelPage {
  const all = listedModels(ctx.db);
  const matching = matchingModels(all, input);
  const { offset, limit } = input;
  return {
    nTotal: all.length,
    nAlerting: all.filter(({ nOpenAlerts }) => nOpenAlerts > 0).length,
    nMonitored: all.filter(({ nBatches }) => nBatches > 0).length,
    nBatches: all.reduce((sum, { nBatches }) => sum + nBatches, 0),
    nMatching: matching.length,
    models: sortModels(matching, input.sort)
      .slice(offset, offset + limit)
      .map((listed) => listed.model()),
  };
}

/** What the models can be narrowed down to; each filter's choices count what the others leave. */
export function modelChoices(ctx: AppContext, input: Input<'registry.modelChoices'>): ModelChoices {
  return choicesOf(listedModels(ctx.db), input);
}

/**
 * One page of the versions that match a text and filters.
 *
 * @param input.text part of a description, tag or alias, a version's number, or without `modelId` part of a
 *   model's name; letter case does not count
 * @throws AppFailure NOT_FOUND (model), CANCELLED
 */
export async function searchVersions(
  ctx: AppContext,
  input: Input<'registry.searchVersions'>,
): Promise<VersionPage> {
  if (input.modelId !== null) requireModel(ctx, input.modelId);
  const oldestFirst = await matchingVersions(ctx.db, input, ctx.signal);
  const { offset, limit, sort } = input;
  const end = oldestFirst.length - offset;
  const rows =
    sort === 'oldest'
      ? oldestFirst.slice(offset, offset + limit)
      : oldestFirst.slice(Math.max(0, end - limit), Math.max(0, end)).toReversed();
  return { nTotal: oldestFirst.length, versions: findSummaries(ctx.db, rows) };
}

const MOST_REFERENCED = 50;

/**
 * One model with the versions that stand out.
 *
 * @throws AppFailure NOT_FOUND
 * Cost: O(versions of the model), from indexes
 */
export async function getModel(
  ctx: AppContext,
  { modelId }: InputOf<(typeof registryChannels)['registry.getModel']>,
): Promise<ModelOutline> {
  const model = requireModel(ctx, modelId);
  const rows = findVersionRows(ctx.db, { modelId, stage: null });
  const all = await referencedVersions(ctx.db, ctx.signal);
  const referenced = rows.filter((row) => all.has(row));
  const live = findVersionRows(ctx.db, { modelId, stage: 'Production' })[0];
  const shown = referenced.filter(
    (row, i) => row === live || i >= referenced.length - MOST_REFERENCED,
  );
  const summaryOf = (row: VersionRow | undefined) =>
    row === undefined ? null : (findSummaries(ctx.db, [row])[0] ?? null);
  return {
    model,
    newest: summaryOf(rows.at(-1)),
    live: summaryOf(live),
    nReferences: referenced.length,
    referenced: findSummaries(ctx.db, shown.toReversed()),
  };
}

/** What the versions of a model can be narrowed down to, with counts. @throws AppFailure NOT_FOUND */
export async function versionChoices(
  ctx: AppContext,
  input: Input<'registry.versionChoices'>,
): Promise<VersionChoices> {
  const { id: modelId, nVersions } = requireModel(ctx, input.modelId);
  const staged = countStages(ctx.db, modelId);
  const nStaged = [...staged.values()].reduce((sum, n) => sum + n, 0);
  const rows = findVersionRows(ctx.db, { modelId, stage: null });
  const tags = await versionTags(ctx.db, ctx.signal);
  const aliases = versionAliases(ctx.db);
  return {
    stages: STAGES.map((value) => ({
      value,
      n: value === 'None' ? nVersions - nStaged : (staged.get(value) ?? 0),
    })),
    aliases: mostFirst(
      rows.flatMap((row) => aliases.get(row) ?? []),
      (alias) => alias,
    ),
    tags: mostFirst(rows.flatMap((row) => tags.get(row)?.tags ?? [])),
  };
}
