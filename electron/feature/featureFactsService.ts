import type { FeatureId, ModelId } from '../../shared/base/ids';
import type { FeatureDefinition } from '../../shared/feature/feature';
import type { AppContext } from '../app/context';
import { columnUses } from './columnUses';
import { findFeatures } from './featureRepo';

/** A feature as it is now, with the models that take it in. */
export interface UsedFeature {
  readonly id: FeatureId;
  readonly name: string;
  /** Of its column, in the order of its own name and the others. */
  readonly columnNames: readonly string[];
  readonly definition: FeatureDefinition;
  /** Each model with a version that takes it in, once. */
  readonly models: readonly { readonly id: ModelId; readonly name: string }[];
}

/** Every feature of the catalogue as it is now, without who uses it, by name. */
export function definedFeatures({
  db,
}: Pick<AppContext, 'db'>): Pick<UsedFeature, 'id' | 'name' | 'definition'>[] {
  return findFeatures(db).map(({ id, name, newest: { definition } }) => ({ id, name, definition }));
}

/**
 * Every feature of the catalogue with the models that take it in, by name.
 *
 * Cost: O(features), and once O(columns) of what was registered and frozen since
 */
export async function usedFeatures({ db }: Pick<AppContext, 'db'>): Promise<UsedFeature[]> {
  const uses = await columnUses(db);
  return findFeatures(db).map(({ id, name, newest: { definition } }) => {
    const columnNames = [...new Set([name, ...definition.columnNames])];
    const models = new Map<ModelId, string>();
    for (const column of columnNames)
      for (const { modelId, modelName, direction } of uses.get(column) ?? [])
        if (direction === 'input') models.set(modelId, modelName);
    return {
      id,
      name,
      columnNames,
      definition,
      models: [...models].map(([modelId, modelName]) => ({ id: modelId, name: modelName })),
    };
  });
}
