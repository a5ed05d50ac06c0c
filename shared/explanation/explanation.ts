import { z } from 'zod';

const Count = z.number().int().nonnegative();
const Interval = z.tuple([z.number(), z.number()]).readonly();

/** Where contributions add up: in the prediction itself, or in its log-odds. */
export const ExplainedSpace = z.enum(['identity', 'logit']);
export type ExplainedSpace = z.infer<typeof ExplainedSpace>;

/** Fewer cases than this in a group are not told apart: a mean over them would be about people. */
export const SMALLEST_GROUP = 10;

/** How far base value plus contributions may be from the prediction: `absolute + relative * |prediction|`. */
const Tolerance = z.strictObject({
  absolute: z.number().nonnegative(),
  relative: z.number().nonnegative(),
});
export type Tolerance = z.infer<typeof Tolerance>;

/** Wide enough for contributions that were computed in 32-bit floats. */
export const ADDITIVITY_TOLERANCE: Tolerance = { absolute: 1e-5, relative: 1e-4 };

/** Whether base value and contributions give the prediction. */
const Additivity = z.strictObject({
  space: ExplainedSpace,
  /** True where Assay chose the space in which fewer cases fail. */
  isSpaceFound: z.boolean(),
  /** In the unit of the explained space. */
  tolerance: Tolerance,
  nCases: z.number().int().positive(),
  nFailed: Count,
  /** Rows of the file, counted from 1, that fail first. */
  failedRows: z.array(z.number().int().positive()).max(20).readonly(),
  /** Largest |base + sum - prediction| that is finite. */
  largestGap: z.number().nonnegative(),
});
export type Additivity = z.infer<typeof Additivity>;

/** Contributions of cases whose values lie together. */
const DependenceBin = z.strictObject({
  /** A category; null: an interval of numbers. */
  label: z.string().nullable(),
  /** Inner ends, the upper one included; null: open. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Mean value of the feature in the bin; null of a category. */
  at: z.number().nullable(),
  n: z.number().int().min(SMALLEST_GROUP),
  meanShap: z.number(),
  /** Standard deviation of the contributions in the bin. */
  sd: z.number().nonnegative(),
});
export type DependenceBin = z.infer<typeof DependenceBin>;

const Dependence = z.strictObject({
  kind: z.enum(['numeric', 'categorical']),
  bins: z.array(DependenceBin).readonly(),
  /** Groups that are left out because they are small, and the cases in them. */
  nSmallGroups: Count,
  nSmallCases: Count,
  /** Cases without a value of the feature. */
  nMissing: Count,
});
export type Dependence = z.infer<typeof Dependence>;

const FeatureImportance = z.strictObject({
  name: z.string(),
  /** Mean |SHAP| in the unit of the explained space. */
  meanAbsolute: z.number().nonnegative(),
  /** 95 %, Student; it speaks of cases drawn like these, not of another model. */
  interval: Interval.nullable(),
  meanSigned: z.number(),
  /** Null: the file holds no values of the feature. */
  dependence: Dependence.nullable(),
});
export type FeatureImportance = z.infer<typeof FeatureImportance>;

const ExplainedOutput = z.strictObject({
  name: z.string().nullable(),
  /** Mean of the base value: what the model says of nobody in particular. */
  meanBase: z.number(),
  additivity: Additivity,
  /** The most important first. */
  features: z.array(FeatureImportance).min(1).readonly(),
});
export type ExplainedOutput = z.infer<typeof ExplainedOutput>;

/** What is kept of a file of SHAP values. */
export const ShapAggregates = z.strictObject({
  nCases: z.number().int().min(SMALLEST_GROUP),
  outputs: z.array(ExplainedOutput).min(1).readonly(),
});
export type ShapAggregates = z.infer<typeof ShapAggregates>;

/** One feature's part in one prediction. */
const Contribution = z.strictObject({
  feature: z.string(),
  /** In the unit of the explained space. */
  shap: z.number(),
  /** The value as text; null where the file does not say, or it is missing. */
  value: z.string().nullable(),
});
export type Contribution = z.infer<typeof Contribution>;

/** One case, read from the person's file to be looked at. */
export const ExplainedCase = z.strictObject({
  output: z.string().nullable(),
  space: ExplainedSpace,
  base: z.number(),
  prediction: z.number(),
  /** The prediction in the explained space. */
  explained: z.number(),
  isAdditive: z.boolean(),
  /** The largest |contribution| first. */
  contributions: z.array(Contribution).readonly(),
});
export type ExplainedCase = z.infer<typeof ExplainedCase>;
