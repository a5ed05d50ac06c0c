import { z } from 'zod';
import { FileFingerprint } from '../base/files';
import { ExplainedSpace, ShapAggregates } from './explanation';
import { ModelFeature, ModelOutput, MODEL_STRUCTURES } from './onnxModel';

const Name = z.string().min(1).max(1024);
const Count = z.number().int().nonnegative();

export const MOST_CASES = 5000;
export const MOST_BACKGROUND = 500;

/** What a person chooses before an explanation is computed; the same choices give the same figures. */
export const ComputeSettings = z.strictObject({
  output: ModelOutput,
  /** Where contributions add up. */
  space: ExplainedSpace,
  /** Column that names the cases; null: the number of the row. */
  idColumn: Name.nullable(),
  /** Outcome column, for permutation importance; null: none. */
  target: z
    .strictObject({
      column: Name,
      /** Value that counts as a yes; null: the outcome is a number. */
      positive: z.string().max(1000).nullable(),
    })
    .nullable(),
  seed: z.number().int().min(0).max(4_294_967_295),
  /** Cases that are explained, drawn by the seed. */
  nCases: z.number().int().min(10).max(MOST_CASES),
  /** Cases that stand for a feature that is left out, drawn by the seed. */
  nBackground: z.number().int().min(10).max(MOST_BACKGROUND),
  /** Shuffles per feature. */
  nRepeats: z.number().int().min(2).max(50),
});
export type ComputeSettings = z.infer<typeof ComputeSettings>;

/** How contributions were computed; all but the last are exact for the background that was drawn. */
export const SHAP_METHODS = ['additive', 'trees', 'enumerated', 'sampled'] as const;
export const ShapMethod = z.enum(SHAP_METHODS);
export type ShapMethod = z.infer<typeof ShapMethod>;

const PermutedFeature = z.strictObject({
  name: Name,
  /** How much worse the metric gets when the feature is shuffled, mean over the repeats; below 0 by chance. */
  meanDrop: z.number(),
  /** Standard deviation over the repeats. */
  sd: z.number().nonnegative(),
});
export type PermutedFeature = z.infer<typeof PermutedFeature>;

const Permutation = z.strictObject({
  metric: z.enum(['auc', 'rmse']),
  /** Of the data as they are. */
  baseline: z.number(),
  nRows: z.number().int().positive(),
  nRepeats: z.number().int().positive(),
  /** The most important first. */
  features: z.array(PermutedFeature).readonly(),
});
export type Permutation = z.infer<typeof Permutation>;

/** How an explanation was computed from a model; everything that is needed to compute it again. */
export const ComputedFacts = z.strictObject({
  /** Raised when the same choices would give other figures. */
  methodVersion: z.literal(1),
  runtime: z.string(),
  model: FileFingerprint,
  /** Whether the version's signed manifest names the file; null: the version has none. */
  isArtefact: z.boolean().nullable(),
  opsets: z.array(z.string()).readonly(),
  structure: z.enum(MODEL_STRUCTURES),
  features: z.array(ModelFeature).min(1).readonly(),
  settings: ComputeSettings,
  method: ShapMethod,
  /** Rows of the data, and those among them that lack a value of a feature and were left out. */
  nRows: Count,
  nIncomplete: Count,
  nBackground: Count,
  /** Coalitions per case; null: none were drawn. */
  nCoalitions: Count.nullable(),
  /** Largest standard error of a contribution by the drawing of coalitions; null: exact. */
  largestError: z.number().nonnegative().nullable(),
  /** Rows that the model was run on. */
  nRuns: Count,
  permutation: Permutation.nullable(),
});
export type ComputedFacts = z.infer<typeof ComputedFacts>;

/** What is kept of an explanation: imported, or computed from a model. */
export const ExplanationAggregates = ShapAggregates.extend({
  /** Left out where SHAP values were imported: what was kept before models could be run keeps its bytes. */
  computed: ComputedFacts.optional(),
});
export type ExplanationAggregates = z.infer<typeof ExplanationAggregates>;
