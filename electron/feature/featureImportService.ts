import { randomUUID } from 'node:crypto';
import { FeatureId } from '../../shared/base/ids';
import type { featureChannels, StagedFeatures } from '../../shared/feature/channels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, StageKind } from '../app/context';
import { pickSourceFile, TABLE_EXTENSIONS } from '../io/pickSource';
import type { ReadFeatures } from './featureImportJob';
import { hasName } from './featureRepo';
import { addFeature } from './featureService';

type Input<K extends keyof typeof featureChannels> = InputOf<(typeof featureChannels)[K]>;

const READ_FEATURES: StageKind<ReadFeatures> = { name: 'feature.read' };

/**
 * Reads the features of a data file or a Feast registry dump and holds them ready for a person to choose.
 *
 * @throws AppFailure BAD_DATA, NOT_FOUND (token), CANCELLED
 */
export async function inspectImport(
  ctx: AppContext,
  { source }: Input<'feature.inspectImport'>,
): Promise<StagedFeatures> {
  const path = await pickSourceFile(ctx, source, {
    title: 'Features: a data file, or the output of "feast registry-dump"',
    extensions: [...TABLE_EXTENSIONS, 'json'],
  });
  const read = await ctx.jobs.run('feature.read', { path }, ctx);
  const features = read.features.map((one) => ({ ...one, isKnown: hasName(ctx.db, one.name) }));
  return { ...read, features, stageId: ctx.stages.put(READ_FEATURES, read) };
}

/**
 * Adds the chosen features, all or none. Their sensitivity is what the person said, whatever was proposed.
 *
 * @throws AppFailure NOT_FOUND (the step has expired, or the file has no such feature), CONFLICT (one is in
 *   the catalogue already)
 */
export function importFeatures(
  ctx: AppContext,
  { stageId, chosen, reason }: Input<'feature.import'>,
): { readonly nAdded: number } {
  const { features, file, origin } = ctx.stages.get(READ_FEATURES, stageId);
  const byName = new Map(features.map((one) => [one.name, one.definition]));
  const added = chosen.map(({ name, sensitivity }) => {
    const definition = byName.get(name);
    if (definition === undefined)
      throw new AppFailure(
        'NOT_FOUND',
        `The file has no feature called "${name}". Nothing was added.`,
      );
    const id = FeatureId.parse(randomUUID());
    return { id, name, definition: { ...definition, sensitivity }, reason };
  });
  const known = added.find(({ name }) => hasName(ctx.db, name));
  if (known !== undefined || new Set(chosen.map(({ name }) => name)).size < chosen.length)
    throw new AppFailure(
      'CONFLICT',
      `"${known?.name ?? 'One feature'}" is in the catalogue already, or was chosen twice. Nothing was added.`,
    );
  const names = added.map(({ id, name, definition: { sensitivity } }) => ({
    id,
    name,
    sensitivity,
  }));
  const detail = { after: { origin, file, features: names }, reason };
  ctx.write('feature.imported', stageId, detail, (db) => {
    for (const feature of added) addFeature(ctx, db, feature);
  });
  ctx.stages.drop(stageId);
  return { nAdded: added.length };
}
