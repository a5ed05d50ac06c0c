import { canonicalJson } from '../../shared/base/canonicalJson';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { factsChannels } from '../../shared/registry/factsChannels';
import { ModelFacts, type Model, type ModelVersion } from '../../shared/registry/model';
import { uniqueTags } from '../../shared/registry/tagList';
import type { AppContext, Json } from '../app/context';
import { updateFacts, updateVersionTags } from './factsRepo';
import { requireModel, requireVersion } from './registryService';

type Input<K extends keyof typeof factsChannels> = InputOf<(typeof factsChannels)[K]>;

/**
 * Changes what is known about a model; its name stays, and the log keeps what was there before.
 *
 * @param input.facts the facts as they are to be, all of them; tags that differ only by letter case count once
 * @param input.revision the revision of the model that the person looked at
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody changed it first; `current` is the model now),
 *   INVALID_INPUT (nothing would change)
 */
export function updateModel(ctx: AppContext, input: Input<'registry.updateModel'>): Model {
  const { modelId, reason, revision } = input;
  const facts: ModelFacts = { ...input.facts, tags: uniqueTags(input.facts.tags) };
  const before = requireModel(ctx, modelId);
  if (before.revision !== revision) throw changedMeanwhile(before);
  const changed = changedFacts(before, facts);
  if (changed.length === 0) {
    throw new AppFailure(
      'INVALID_INPUT',
      `Nothing would change about ${before.name}. Nothing was recorded. Change a fact first.`,
    );
  }
  const detail = { before: pick(before, changed), after: pick(facts, changed), reason };
  return ctx.write('registry.modelChanged', modelId, detail, (db) => {
    if (!updateFacts(db, modelId, facts, revision)) throw changedMeanwhile(before);
    return requireModel({ db }, modelId);
  });
}

type FactName = keyof ModelFacts;

function changedFacts(before: ModelFacts, after: ModelFacts): readonly FactName[] {
  return ModelFacts.keyof().options.filter(
    (name) => canonicalJson(before[name]) !== canonicalJson(after[name]),
  );
}

function pick(facts: ModelFacts, names: readonly FactName[]): Json {
  return Object.fromEntries(names.map((name) => [name, facts[name]]));
}

function changedMeanwhile(current: Model): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${current.name} was changed since you opened it. Nothing was recorded. Compare with what is on record now.`,
    { current },
  );
}

/**
 * Replaces the tags of a version. They are words to find it by: its signed snapshot stays as it is.
 *
 * @param input.tags all tags that it is to have; those that differ only by letter case count once
 * @param input.revision `tagsRevision` of the version that the person looked at
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody changed them first; `current` is the version now),
 *   INVALID_INPUT (nothing would change)
 */
export function setVersionTags(
  ctx: AppContext,
  input: Input<'registry.setVersionTags'>,
): ModelVersion {
  const { versionId, revision } = input;
  const tags = uniqueTags(input.tags);
  const current = requireVersion(ctx, versionId);
  if (current.tagsRevision !== revision) throw tagsChangedMeanwhile(current);
  if (canonicalJson(current.tags) === canonicalJson(tags)) {
    throw new AppFailure(
      'INVALID_INPUT',
      'These are the tags that the version has. Nothing was recorded. Add or remove one first.',
    );
  }
  const detail = { before: { tags: current.tags }, after: { tags } };
  return ctx.write('registry.versionTagsSet', versionId, detail, (db) => {
    if (!updateVersionTags(db, versionId, tags, revision)) throw tagsChangedMeanwhile(current);
    return requireVersion({ db }, versionId);
  });
}

function tagsChangedMeanwhile(current: ModelVersion): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'The tags of this version were changed since you opened it. Nothing was recorded. Look at them again.',
    { current },
  );
}
