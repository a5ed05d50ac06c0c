import { z } from 'zod';
import { FileFingerprint } from '../base/files';
import { UtcInstant } from '../base/time';
import { countsOf, fromCounts, type EmpiricalDistribution } from '../stats/empiricalDistribution';
import { toGrid } from '../stats/quantileGrid';
import { mergeMoments } from '../stats/sampleMoments';

/** Distinct values kept exactly per arm and look; beyond, a grid. */
export const EXACT_VALUES = 1024;
/** Cells of the grid: shares of rows below a value are right to 1/512. */
export const GRID_CELLS = 512;

const Count = z.number().int().nonnegative();

/** A sample as distinct values with how many rows have each. */
const StoredValues = z.strictObject({
  values: z
    .array(z.number())
    .max(2 * EXACT_VALUES + 8)
    .readonly(),
  counts: z.array(z.number().int().positive()).readonly(),
  /** False: neighbouring values are joined, shares below a value are right to 1/512. */
  isExact: z.boolean(),
});
export type StoredValues = z.infer<typeof StoredValues>;

const Rate = z.strictObject({ count: Count, n: Count });
const Mean = z.strictObject({
  n: Count,
  mean: z.number(),
  variance: z.number().nonnegative(),
  /** Null when only a summary was imported. */
  values: StoredValues.nullable(),
});
const Ranks = z.strictObject({ positive: StoredValues, negative: StoredValues });

/** What the tests of one metric need, per arm; aggregates only. */
export const MetricEvidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rate'), control: Rate, candidate: Rate }),
  z.strictObject({ kind: z.literal('mean'), control: Mean, candidate: Mean }),
  z.strictObject({ kind: z.literal('ranked'), control: Ranks, candidate: Ranks }),
  /** Both versions scored the same rows. */
  z.strictObject({
    kind: z.literal('pairedRanked'),
    nPositive: Count,
    nNegative: Count,
    control: z.number(),
    candidate: z.number(),
    controlVariance: z.number().nonnegative(),
    candidateVariance: z.number().nonnegative(),
    covariance: z.number(),
  }),
]);
export type MetricEvidence = z.infer<typeof MetricEvidence>;

/** What became of an arm's rows. */
export const ArmRows = z.strictObject({
  /** In the file, for this arm. */
  rows: Count,
  /** Without an outcome yet; they count for the split, not for the metric. */
  notMatured: Count,
  /** Infinite values, left out. */
  infinite: Count,
  /** Later rows of somebody seen before in this arm, left out. */
  repeated: Count,
  /** Rows of somebody seen in both arms, left out. */
  inBothArms: Count,
  /** Values set to the bound of the outlier rule. */
  winsorised: Count,
});
export type ArmRows = z.infer<typeof ArmRows>;

/** One import: what one window adds. */
export const CanaryLook = z.strictObject({
  control: ArmRows,
  candidate: ArmRows,
  /** Null when no time column was named. */
  windowStartUtc: UtcInstant.nullable(),
  windowEndUtc: UtcInstant.nullable(),
  files: z.array(FileFingerprint).min(1).max(2).readonly(),
  primary: MetricEvidence,
  /** In the order of the plan. */
  guardrails: z.array(MetricEvidence).readonly(),
});
export type CanaryLook = z.infer<typeof CanaryLook>;

/** Keeps a sample in bounded size. */
export function storeValues(distribution: EmpiricalDistribution): StoredValues {
  const isExact = distribution.values.length <= EXACT_VALUES;
  const kept = isExact ? distribution : toGrid(distribution, GRID_CELLS);
  return { values: Array.from(kept.values), counts: Array.from(countsOf(kept)), isExact };
}

export function distributionOf({ values, counts }: StoredValues): EmpiricalDistribution {
  return fromCounts(values, counts);
}

function mergeValues(a: StoredValues, b: StoredValues): StoredValues {
  const rows = new Map(a.values.map((value, i) => [value, a.counts[i]!]));
  b.values.forEach((value, i) => rows.set(value, (rows.get(value) ?? 0) + b.counts[i]!));
  const sorted = [...rows].sort(([x], [y]) => x - y);
  const stored = storeValues(
    fromCounts(
      sorted.map(([value]) => value),
      sorted.map(([, count]) => count),
    ),
  );
  return { ...stored, isExact: stored.isExact && a.isExact && b.isExact };
}

type Of<K extends MetricEvidence['kind']> = Extract<MetricEvidence, { kind: K }>;

/**
 * The evidence of two windows together.
 *
 * @throws RangeError when they measure different things
 */
export function mergeEvidence(a: MetricEvidence, b: MetricEvidence): MetricEvidence {
  if (a.kind === 'rate' && b.kind === 'rate') return mergeRates(a, b);
  if (a.kind === 'mean' && b.kind === 'mean') return mergeMeans(a, b);
  if (a.kind === 'ranked' && b.kind === 'ranked') return mergeRanks(a, b);
  if (a.kind === 'pairedRanked' && b.kind === 'pairedRanked') return mergePaired(a, b);
  throw new RangeError('mergeEvidence: the windows measure different things');
}

function mergeRates(a: Of<'rate'>, b: Of<'rate'>): Of<'rate'> {
  const sum = (x: Of<'rate'>['control'], y: Of<'rate'>['control']) => ({
    count: x.count + y.count,
    n: x.n + y.n,
  });
  return {
    kind: 'rate',
    control: sum(a.control, b.control),
    candidate: sum(a.candidate, b.candidate),
  };
}

function mergeMeans(a: Of<'mean'>, b: Of<'mean'>): Of<'mean'> {
  const both = (x: Of<'mean'>['control'], y: Of<'mean'>['control']) => ({
    ...mergeMoments(x, y),
    values: x.values === null || y.values === null ? null : mergeValues(x.values, y.values),
  });
  const pick = (merged: ReturnType<typeof both>) => ({
    n: merged.n,
    mean: merged.mean,
    variance: merged.variance,
    values: merged.values,
  });
  return {
    kind: 'mean',
    control: pick(both(a.control, b.control)),
    candidate: pick(both(a.candidate, b.candidate)),
  };
}

function mergeRanks(a: Of<'ranked'>, b: Of<'ranked'>): Of<'ranked'> {
  const both = (x: Of<'ranked'>['control'], y: Of<'ranked'>['control']) => ({
    positive: mergeValues(x.positive, y.positive),
    negative: mergeValues(x.negative, y.negative),
  });
  return {
    kind: 'ranked',
    control: both(a.control, b.control),
    candidate: both(a.candidate, b.candidate),
  };
}

/** Windows are strata: areas are averaged with weights, not recomputed over windows. */
function mergePaired(a: Of<'pairedRanked'>, b: Of<'pairedRanked'>): Of<'pairedRanked'> {
  const weightOf = ({ nPositive, nNegative }: Of<'pairedRanked'>) =>
    (nPositive * nNegative) / Math.max(1, nPositive + nNegative);
  const total = weightOf(a) + weightOf(b);
  const share = total > 0 ? weightOf(a) / total : 0.5;
  const mean = (x: number, y: number) => share * x + (1 - share) * y;
  const spread = (x: number, y: number) => share ** 2 * x + (1 - share) ** 2 * y;
  return {
    kind: 'pairedRanked',
    nPositive: a.nPositive + b.nPositive,
    nNegative: a.nNegative + b.nNegative,
    control: mean(a.control, b.control),
    candidate: mean(a.candidate, b.candidate),
    controlVariance: spread(a.controlVariance, b.controlVariance),
    candidateVariance: spread(a.candidateVariance, b.candidateVariance),
    covariance: spread(a.covariance, b.covariance),
  };
}

/** Everything seen up to and including each look, oldest first. */
export function accumulate(
  looks: readonly Pick<CanaryLook, 'control' | 'candidate' | 'primary' | 'guardrails'>[],
): readonly AccumulatedLook[] {
  const path: AccumulatedLook[] = [];
  for (const look of looks) {
    const before = path.at(-1);
    path.push(
      before === undefined
        ? look
        : {
            control: addRows(before.control, look.control),
            candidate: addRows(before.candidate, look.candidate),
            primary: mergeEvidence(before.primary, look.primary),
            guardrails: before.guardrails.map((one, i) => mergeEvidence(one, look.guardrails[i]!)),
          },
    );
  }
  return path;
}

export type AccumulatedLook = Pick<CanaryLook, 'control' | 'candidate' | 'primary' | 'guardrails'>;

function addRows(a: ArmRows, b: ArmRows): ArmRows {
  return {
    rows: a.rows + b.rows,
    notMatured: a.notMatured + b.notMatured,
    infinite: a.infinite + b.infinite,
    repeated: a.repeated + b.repeated,
    inBothArms: a.inBothArms + b.inBothArms,
    winsorised: a.winsorised + b.winsorised,
  };
}
