import { z } from 'zod';
import { formatCount, formatStatistic } from '../base/formatNumber';
import { CHUNK_DEVIATIONS } from './variability';

/** Rows of a reference that its structure is taken from, and of a batch that are held against it. */
export const STRUCTURE_ROWS = 20_000;
export const BATCH_ROWS = 10_000;
/** Rows a side that the domain classifier sees. */
export const DOMAIN_ROWS = 10_000;
/** Which rows those are does not depend on chance: the seed is always this. */
export const SAMPLE_SEED = 20_260_101;
/** Of the variance that the components of a reference explain; NannyML's default. */
export const EXPLAINED_SHARE = 0.65;
/** Beyond, the components cost more than a person would wait for. */
export const MAX_STRUCTURE_COLUMNS = 120;
/** An AUC above this counts as drift; NannyML's default. */
export const DOMAIN_LIMIT = 0.65;

const Count = z.number().int().nonnegative();
const Interval = z.tuple([z.number(), z.number()]).readonly();
const Verdict = z.enum(['drifted', 'inconclusive', 'stable']);

/** The structure of a reference: how its columns go together. Aggregates, never rows. */
export const ReferenceStructure = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    /** Features, in the order of the arrays; categories stand as their place by frequency, 0..1. */
    columns: z.array(z.string()).readonly(),
    means: z.array(z.number()).readonly(),
    deviations: z.array(z.number().positive()).readonly(),
    /** Shape (components x columns), by rows. */
    loadings: z.array(z.number()).readonly(),
    shareExplained: z.number(),
    nRows: Count,
    /** Mean reconstruction error of the chunks, each by the components of the rest. */
    chunks: z.strictObject({ mean: z.number(), sd: z.number().nonnegative(), n: Count }),
  }),
  z.strictObject({ status: z.literal('notAssessed'), reason: z.string() }),
]);
export type ReferenceStructure = z.infer<typeof ReferenceStructure>;

/** How well the rows of a batch are reproduced by the components of its reference. */
export const ReconstructionDrift = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    /** Mean over the rows, in standard deviations. */
    error: z.number().nonnegative(),
    /** 95 %, from the sampling error of that mean. */
    interval: Interval,
    /** Mean of the reference's chunks -+ 3 sd. */
    lower: z.number(),
    upper: z.number(),
    expected: z.number(),
    nChunks: Count,
    nRows: Count,
    nColumns: Count,
    nComponents: Count,
    shareExplained: z.number(),
    verdict: Verdict,
  }),
  z.strictObject({ status: z.literal('notAssessed'), reason: z.string() }),
]);
export type ReconstructionDrift = z.infer<typeof ReconstructionDrift>;

/** How well a classifier tells the rows of a batch from those of the reference. */
export const DomainDrift = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    auc: z.number().min(0).max(1),
    /** DeLong, 95 %. */
    interval: Interval,
    limit: z.number(),
    nReference: Count,
    nLive: Count,
    nColumns: Count,
    seed: Count,
    verdict: Verdict,
  }),
  z.strictObject({ status: z.literal('notAssessed'), reason: z.string() }),
]);
export type DomainDrift = z.infer<typeof DomainDrift>;

/** Drift of all features together, which no single one need show. */
export const MultivariateDrift = z.strictObject({
  reconstruction: ReconstructionDrift,
  domain: DomainDrift,
});
export type MultivariateDrift = z.infer<typeof MultivariateDrift>;

const Z_95 = 1.959963984540054;

/**
 * Judges a mean reconstruction error: drifted when its whole interval lies outside what the reference's
 * chunks have, inconclusive when only the mean does.
 *
 * @param error mean over `nRows` rows with standard error `standardError`
 */
export function judgeReconstruction(
  {
    error,
    standardError,
    nRows,
  }: { readonly error: number; readonly standardError: number; readonly nRows: number },
  structure: Extract<ReferenceStructure, { status: 'measured' }>,
): ReconstructionDrift {
  const { mean, sd, n } = structure.chunks;
  const [lower, upper] = [Math.max(0, mean - CHUNK_DEVIATIONS * sd), mean + CHUNK_DEVIATIONS * sd];
  const [low, high] = [Math.max(0, error - Z_95 * standardError), error + Z_95 * standardError];
  const isOutside = error > upper || error < lower;
  return {
    status: 'measured',
    error,
    interval: [low, high],
    lower,
    upper,
    expected: mean,
    nChunks: n,
    nRows,
    nColumns: structure.columns.length,
    nComponents: structure.loadings.length / structure.columns.length,
    shareExplained: structure.shareExplained,
    verdict: !isOutside ? 'stable' : low > upper || high < lower ? 'drifted' : 'inconclusive',
  };
}

/** Judges an AUC: drifted above the limit with its interval above 0.5, inconclusive when only the first holds. */
export function judgeDomain(
  auc: number,
  interval: readonly [number, number],
): z.infer<typeof Verdict> {
  if (!(auc > DOMAIN_LIMIT)) return 'stable';
  return interval[0] > 0.5 ? 'drifted' : 'inconclusive';
}

/** What happened to the features together, in one sentence per method. */
export function multivariateSentences({
  reconstruction,
  domain,
}: MultivariateDrift): readonly string[] {
  return [reconstructionSentence(reconstruction), domainSentence(domain)];
}

function reconstructionSentence(found: ReconstructionDrift): string {
  if (found.status === 'notAssessed')
    return `Reconstruction error was not assessed. ${found.reason}`;
  const { error, interval, lower, upper, expected, nChunks, nRows, nColumns, verdict } = found;
  const figures = `reconstruction error ${formatStatistic(error)} (95 % interval ${formatStatistic(interval[0])} to ${formatStatistic(interval[1])}, n = ${formatCount(nRows)}) over ${formatCount(nColumns)} features; the ${formatCount(nChunks)} chunks of the reference have ${formatStatistic(expected)}, from ${formatStatistic(lower)} to ${formatStatistic(upper)} at 3 sd`;
  if (verdict === 'stable')
    return `The features go together as they do in the reference: ${figures}.`;
  if (verdict === 'inconclusive')
    return `The features may go together differently, but so few rows cannot tell: ${figures}.`;
  return `The features no longer go together as in the reference: ${figures}.`;
}

function domainSentence(found: DomainDrift): string {
  if (found.status === 'notAssessed') return `The domain classifier was not run. ${found.reason}`;
  const { auc, interval, limit, nReference, nLive, verdict } = found;
  const figures = `AUC ${formatStatistic(auc)} (95 % interval ${formatStatistic(interval[0])} to ${formatStatistic(interval[1])}, n = ${formatCount(nReference)} / ${formatCount(nLive)}; limit ${limit}, 0.5 is chance)`;
  if (verdict === 'stable')
    return interval[0] > 0.5
      ? `A classifier tells live rows from reference rows a little better than chance, not above the limit: ${figures}.`
      : `A classifier cannot tell live rows from reference rows: ${figures}.`;
  if (verdict === 'inconclusive')
    return `A classifier may tell live rows from reference rows, but so few rows cannot show it: ${figures}.`;
  return `A classifier tells live rows from reference rows: ${figures}.`;
}
