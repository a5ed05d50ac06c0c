import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { foldText } from '../../shared/base/foldText';
import { FeatureId } from '../../shared/base/ids';
import type { featureChannels, FeaturePage } from '../../shared/feature/channels';
import type {
  Feature,
  FeatureDefinition,
  FeatureHead,
  FeatureUse,
} from '../../shared/feature/feature';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { columnUses, findStages, type ColumnUses } from './columnUses';
import {
  findFeatures,
  findName,
  findRevisions,
  hasName,
  insertFeature,
  insertRevision,
  type StoredFeature,
} from './featureRepo';

type Input<K extends keyof typeof featureChannels> = InputOf<(typeof featureChannels)[K]>;

const MAX_USES = 500;

/**
 * One page of the catalogue, by name.
 *
 * Cost: O(features) per call, and once O(columns) of what was registered and frozen since
 */
export async function search(
  ctx: AppContext,
  { text, sensitivity, offset, limit }: Input<'feature.search'>,
): Promise<FeaturePage> {
  const uses = await columnUses(ctx.db);
  const all = findFeatures(ctx.db);
  const wanted = foldText(text.trim());
  const matching = all.filter(
    (feature) =>
      (sensitivity === null || feature.newest.definition.sensitivity === sensitivity) &&
      (wanted === '' || searchText(feature).includes(wanted)),
  );
  const sensitivities = all.map(({ newest }) => newest.definition.sensitivity);
  return {
    nTotal: all.length,
    nNotAssessed: sensitivities.filter((one) => one === 'notAssessed').length,
    nPersonal: sensitivities.filter((one) => one !== 'notAssessed' && one !== 'none').length,
    nMatching: matching.length,
    features: matching.slice(offset, offset + limit).map((feature) => headOf(feature, uses)),
  };
}

function searchText({ name, newest: { definition } }: StoredFeature): string {
  const { description, owner, source, tags } = definition;
  return foldText([name, description, owner, source, ...tags].join('\n'));
}

function headOf({ id, name, newest }: StoredFeature, uses: ColumnUses): FeatureHead {
  const { definition, revision, savedAtUtc, savedBy } = newest;
  const { valueType, description, owner, sensitivity, isRetired } = definition;
  const models = new Set(usesOf(name, definition, uses).map(({ modelId }) => modelId));
  return {
    id,
    name,
    valueType,
    description,
    owner,
    sensitivity,
    isRetired,
    revision,
    nModels: models.size,
    changedAtUtc: savedAtUtc,
    changedBy: savedBy,
  };
}

type NamedUse = Omit<FeatureUse, 'stage'>;

function usesOf(name: string, { columnNames }: FeatureDefinition, uses: ColumnUses): NamedUse[] {
  return [...new Set([name, ...columnNames])].flatMap((columnName) =>
    (uses.get(columnName) ?? []).map((use) => ({ ...use, columnName })),
  );
}

/** A feature with everything that was ever said about it, and who uses it. @throws AppFailure NOT_FOUND */
export async function get(ctx: AppContext, { featureId }: Input<'feature.get'>): Promise<Feature> {
  const name = requireName(ctx.db, featureId);
  const revisions = findRevisions(ctx.db, featureId);
  const uses = usesOf(name, revisions[0]!.definition, await columnUses(ctx.db)).toSorted(
    (a, b) => a.modelName.localeCompare(b.modelName, 'en') || b.version - a.version,
  );
  const shown = uses.slice(0, MAX_USES);
  const stages = findStages(
    ctx.db,
    shown.map(({ versionId }) => versionId),
  );
  return {
    id: featureId,
    name,
    revisions,
    uses: shown.map((use) => ({ ...use, stage: stages.get(use.versionId) ?? 'None' })),
    nUses: uses.length,
  };
}

function requireName(db: Db, featureId: FeatureId): string {
  const name = findName(db, featureId);
  if (name === null)
    throw new AppFailure('NOT_FOUND', 'There is no such feature in this workspace.', { featureId });
  return name;
}

/** Adds a feature to the catalogue. @throws AppFailure CONFLICT (one of that name is there) */
export async function define(
  ctx: AppContext,
  { name, definition, reason }: Input<'feature.define'>,
): Promise<Feature> {
  const id = FeatureId.parse(randomUUID());
  ctx.write('feature.defined', id, { after: { name, definition }, reason }, (db) => {
    if (hasName(db, name))
      throw new AppFailure(
        'CONFLICT',
        `A feature called "${name}" is in the catalogue already. Nothing was added. Change that one, or choose another name.`,
      );
    addFeature(ctx, db, { id, name, definition, reason });
  });
  return get(ctx, { featureId: id });
}

interface NewFeature {
  readonly id: FeatureId;
  readonly name: string;
  readonly definition: FeatureDefinition;
  readonly reason: string;
}

/** Inserts a feature with its first revision; to be called inside a write. */
export function addFeature(ctx: AppContext, db: Db, feature: NewFeature): void {
  const { id, name, definition, reason } = feature;
  insertFeature(db, id, name);
  insertRevision(db, id, {
    revision: 1,
    definition,
    reason,
    savedAtUtc: ctx.nowUtc(),
    savedBy: ctx.actor.id,
  });
}

/**
 * Changes what is said about a feature, as a new revision; the ones before stay readable.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody changed it first, or nothing is different)
 */
export async function revise(
  ctx: AppContext,
  { featureId, revision, definition, reason }: Input<'feature.revise'>,
): Promise<Feature> {
  const current = await get(ctx, { featureId });
  const [newest] = current.revisions;
  if (newest === undefined || newest.revision !== revision)
    throw new AppFailure(
      'CONFLICT',
      `${newest?.savedBy ?? 'Somebody'} changed this feature while you were writing. Nothing was changed. Look at it as it is now and repeat your change.`,
      { current },
    );
  if (canonicalJson(newest.definition) === canonicalJson(definition))
    throw new AppFailure('CONFLICT', 'Nothing is different. Nothing was changed.', { current });
  const detail = { before: newest.definition, after: definition, reason };
  ctx.write('feature.revised', featureId, detail, (db) =>
    insertRevision(db, featureId, {
      revision: revision + 1,
      definition,
      reason,
      savedAtUtc: ctx.nowUtc(),
      savedBy: ctx.actor.id,
    }),
  );
  return get(ctx, { featureId });
}
