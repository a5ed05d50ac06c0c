import { z } from 'zod';
import { FeatureId, ModelId } from '../base/ids';
import { ConsentRule, Sensitivity } from '../feature/feature';

/** What a model's newest explanation says about a feature. */
const FeatureImportance = z.strictObject({
  modelName: z.string(),
  /** Its share of the mean |SHAP| of all features, 0..1, and the upper end of its 95 % interval. */
  share: z.number().min(0),
  shareHigh: z.number().min(0),
  nCases: z.number().int().positive(),
});

/** What the catalogue knows of a feature that matters for flows. */
export const FlowFeature = z.strictObject({
  id: FeatureId,
  name: z.string(),
  sensitivity: Sensitivity,
  purposes: z.array(z.string()).readonly(),
  consentRule: ConsentRule,
  isRetired: z.boolean(),
  /** Models with a version that takes it in. */
  modelNames: z.array(z.string()).readonly(),
  /** One per model that has an explanation with it. */
  importances: z.array(FeatureImportance).readonly(),
});
export type FlowFeature = z.infer<typeof FlowFeature>;

/** What the rest of the workspace knows that findings and registers about flows rest on. */
export const FlowFacts = z.strictObject({
  features: z.array(FlowFeature).readonly(),
  models: z.array(z.strictObject({ id: ModelId, name: z.string() })).readonly(),
});
export type FlowFacts = z.infer<typeof FlowFacts>;
