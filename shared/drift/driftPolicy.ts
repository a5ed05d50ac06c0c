import { z } from 'zod';

export const NUMERIC_METHODS = ['ks', 'wasserstein', 'psi', 'jensenShannon'] as const;
export const CATEGORICAL_METHODS = ['jensenShannon', 'totalVariation', 'psi'] as const;
export const DriftMethod = z.enum(['ks', 'wasserstein', 'psi', 'jensenShannon', 'totalVariation']);
export type DriftMethod = z.infer<typeof DriftMethod>;

export const CORRECTIONS = ['benjaminiHochberg', 'holm', 'bonferroni', 'none'] as const;

export const CORRECTION_WORDS: Readonly<Record<(typeof CORRECTIONS)[number], string>> = {
  benjaminiHochberg: 'Benjamini-Hochberg',
  holm: 'Holm',
  bonferroni: 'Bonferroni',
  none: 'no correction',
};

const Threshold = z.number().positive().max(1000);

/**
 * Where a threshold comes from: a number that is set, or what the reference itself hardly exceeds
 * (mean of its chunks plus three standard deviations).
 */
export const THRESHOLD_ORIGINS = ['fixed', 'reference'] as const;
const ThresholdOrigin = z.enum(THRESHOLD_ORIGINS);
export type ThresholdOrigin = z.infer<typeof ThresholdOrigin>;

/**
 * When a feature counts as drifted. A policy belongs to a model; every change is a revision with a
 * reason, so that any report can be read with the policy it was judged by.
 */
export const DriftPolicy = z.strictObject({
  numericMethod: z.enum(NUMERIC_METHODS),
  categoricalMethod: z.enum(CATEGORICAL_METHODS),
  /** Strictly greater than this counts as above the threshold. */
  threshold: Threshold,
  /** Not said: fixed. `threshold` then holds where the reference's variability is not known. */
  thresholdFrom: ThresholdOrigin.optional(),
  /** `significance` also asks for a corrected p-value of at most alpha; `source` is the bare rule. */
  rule: z.enum(['significance', 'source']),
  alpha: z.number().gt(0).lt(1),
  correction: z.enum(CORRECTIONS),
  /** Usable values each side must have before a feature is assessed. */
  minValues: z.number().int().min(2).max(1_000_000),
  /** Share of drifted features, in [0, 1], at which the whole batch counts as drifted. */
  datasetShare: z.number().gt(0).max(1),
  /** Per feature: another method or threshold; a number that is set here is fixed. */
  overrides: z.record(
    z.string().min(1).max(1024),
    z.strictObject({
      method: DriftMethod.optional(),
      threshold: Threshold.optional(),
      thresholdFrom: ThresholdOrigin.optional(),
    }),
  ),
});
export type DriftPolicy = z.infer<typeof DriftPolicy>;

export const DEFAULT_DRIFT_POLICY: DriftPolicy = {
  numericMethod: 'ks',
  categoricalMethod: 'jensenShannon',
  threshold: 0.1,
  rule: 'significance',
  alpha: 0.05,
  correction: 'benjaminiHochberg',
  minValues: 30,
  datasetShare: 0.5,
  overrides: {},
};
