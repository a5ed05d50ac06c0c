import { z } from 'zod';
import { FeatureType } from './onnxModel';

const Name = z.string().min(1).max(1024);
const Value = z.union([z.number(), z.string().max(1000)]);

/** One input of a case, with what is usual among the cases of the file. */
const CaseInput = z.strictObject({
  feature: Name,
  type: FeatureType,
  value: Value,
  /** 5th and 95th percentile; null of a category. */
  usual: z.tuple([z.number(), z.number()]).readonly().nullable(),
  /** Categories that ten cases or more have, the most frequent first; empty of a number. */
  labels: z.array(z.string()).readonly(),
});
export type CaseInput = z.infer<typeof CaseInput>;

/** A line that stands for the model near one case, fitted again and again on new draws. */
const LocalSurrogate = z.strictObject({
  /** The largest |weight| first; per standard deviation of a number, or for a category being as it is. */
  weights: z
    .array(z.strictObject({ feature: Name, weight: z.number(), sd: z.number().nonnegative() }))
    .readonly(),
  /** Mean weighted share of variance that the line explains; null where nothing varies. */
  r2: z.number().nullable(),
  nSamples: z.number().int().positive(),
  nRepeats: z.number().int().positive(),
  kernelWidth: z.number().positive(),
  seed: z.number().int().nonnegative(),
});
export type LocalSurrogate = z.infer<typeof LocalSurrogate>;

/** What can be asked of the model about one case. */
export const ModelCase = z.strictObject({
  inputs: z.array(CaseInput).min(1).readonly(),
  surrogate: LocalSurrogate,
  /** Standard errors of the contributions by feature; null: exact. */
  errors: z
    .array(z.strictObject({ feature: Name, error: z.number() }))
    .readonly()
    .nullable(),
});
export type ModelCase = z.infer<typeof ModelCase>;

/** An input that is set to another value. */
export const InputChange = z.strictObject({ feature: Name, value: Value });
export type InputChange = z.infer<typeof InputChange>;

/** Which other outcome is looked for, and what may not change. */
export const OutcomeWish = z.strictObject({
  /** Prediction at which the decision turns. */
  threshold: z.number(),
  fixed: z.array(Name).max(500).readonly(),
});
export type OutcomeWish = z.infer<typeof OutcomeWish>;

/** A change of few inputs that brings the prediction to the other side, verified by running the model. */
export const Counterfactual = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        feature: Name,
        from: Value,
        to: Value,
        /** True: values beyond it, away from where it was, lead there too, as far as is usual. */
        isBound: z.boolean(),
      }),
    )
    .min(1)
    .readonly(),
  /** With these changes. */
  prediction: z.number(),
});
export type Counterfactual = z.infer<typeof Counterfactual>;

/** What was found, the nearest change first; empty: nothing within what is usual. */
export const OtherOutcome = OutcomeWish.extend({
  prediction: z.number(),
  /** Whether the other outcome lies at or above the threshold. */
  isAbove: z.boolean(),
  found: z.array(Counterfactual).max(3).readonly(),
});
export type OtherOutcome = z.infer<typeof OtherOutcome>;
