import type { ModelId } from '../../shared/base/ids';
import type { FlowFacts, FlowFeature } from '../../shared/dataflow/flowFacts';
import type { AppContext } from '../app/context';
import { get, list } from '../explanation/explanationService';
import { usedFeatures, type UsedFeature } from '../feature/featureFactsService';

type Importance = FlowFeature['importances'][number];
/** By the name of the feature in the explanation. */
type ImportanceByName = ReadonlyMap<string, Omit<Importance, 'modelName'>>;

/** What the catalogue and the explanations know that findings about flows rest on. */
export async function flowFacts(ctx: AppContext): Promise<FlowFacts> {
  const features = await usedFeatures(ctx);
  const models = new Map(features.flatMap((one) => one.models.map(({ id, name }) => [id, name])));
  const explained = new Map([...models.keys()].map((id) => [id, newestImportance(ctx, id)]));
  return {
    features: features.map((one) => toFlowFeature(one, explained)),
    models: [...models].map(([id, name]) => ({ id, name })),
  };
}

function toFlowFeature(
  { id, name, columnNames, definition, models }: UsedFeature,
  explained: ReadonlyMap<ModelId, ImportanceByName>,
): FlowFeature {
  const { sensitivity, purposes, consentRule, isRetired } = definition;
  return {
    id,
    name,
    sensitivity,
    purposes,
    consentRule,
    isRetired,
    modelNames: models.map((model) => model.name),
    importances: models.flatMap((model) => {
      const byName = explained.get(model.id);
      const found = columnNames
        .map((column) => byName?.get(column))
        .find((one) => one !== undefined);
      return found === undefined ? [] : [{ modelName: model.name, ...found }];
    }),
  };
}

/**
 * Shares of importance in a model's newest explanation; of several outputs, where a feature matters most.
 * Without an interval nothing is said: a mean over few cases shows no feature to be needless.
 */
function newestImportance(ctx: AppContext, modelId: ModelId): ImportanceByName {
  const [newest] = list(ctx, { modelId });
  const shares = new Map<string, Omit<Importance, 'modelName'>>();
  if (newest === undefined) return shares;
  const { aggregates } = get(ctx, { explanationId: newest.id });
  for (const { features } of aggregates.outputs) {
    const total = features.reduce((sum, { meanAbsolute }) => sum + meanAbsolute, 0);
    if (total === 0) continue;
    for (const { name, meanAbsolute, interval } of features) {
      const before = shares.get(name);
      const share = meanAbsolute / total;
      if (interval === null || (before !== undefined && before.share >= share)) continue;
      shares.set(name, { share, shareHigh: interval[1] / total, nCases: aggregates.nCases });
    }
  }
  return shares;
}
