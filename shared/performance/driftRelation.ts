import { z } from 'zod';
import { formatCount, formatStatistic } from '../base/formatNumber';
import { adjustPValues } from '../stats/adjustPValues';
import { rankCorrelation, strictest } from '../stats/rankCorrelation';
import { METRIC_FACTS, Metric } from './metric';

const Share = z.number().min(0).max(1);
const Count = z.number().int().nonnegative();

/** With fewer, even the strictest order of the windows is nothing that chance could not give. */
export const FEWEST_WINDOWS = 5;
const ALPHA = 0.05;

/** How the drift of one feature goes with the change in performance. */
export const FeatureRelation = z.strictObject({
  name: z.string(),
  /** Windows in which both are known. */
  n: Count,
  /** Spearman's, -1..1: positive where more drift goes with worse performance. Null: not assessed. */
  rho: z.number().min(-1).max(1).nullable(),
  /** 95 %; null for so few windows. */
  interval: z.tuple([z.number(), z.number()]).readonly().nullable(),
  pValue: Share.nullable(),
  /** After the correction over the features (Benjamini-Hochberg). */
  adjustedPValue: Share.nullable(),
  method: z.enum(['exact', 'approximate']).nullable(),
  /** Why there is no figure; null when there is one. */
  reason: z.string().nullable(),
});
export type FeatureRelation = z.infer<typeof FeatureRelation>;

export const DriftRelation = z.strictObject({
  /** The metric whose change is looked at; null while no window has both. */
  metric: Metric.nullable(),
  /** Windows with both a drift report and outcomes, oldest first. */
  windows: z
    .array(
      z.strictObject({
        label: z.string(),
        batchLabel: z.string(),
        value: z.number(),
        /** How much worse than its baseline, or than nothing where it has none; negative is better. */
        loss: z.number(),
      }),
    )
    .readonly(),
  /** Live windows left out because too few of their outcomes are known. */
  nWaiting: Count,
  /** First those whose drift goes with worse performance; without a figure last. */
  features: z.array(FeatureRelation).readonly(),
  sentence: z.string(),
});
export type DriftRelation = z.infer<typeof DriftRelation>;

/** What a relation is made from. */
export interface RelatedWindows {
  readonly metric: Metric | null;
  readonly windows: DriftRelation['windows'];
  readonly nWaiting: number;
  /** Per feature its drift in each window; null where it was not assessed. */
  readonly features: readonly {
    readonly name: string;
    readonly drift: readonly (number | null)[];
  }[];
}

/**
 * Ranks features by how their drift goes with the loss of performance from window to window.
 *
 * It says what goes together, not what causes what, and with how many windows: few windows carry little.
 *
 * @returns features in the order of their correlation, each with n, p-value and interval where there is one
 * Cost: O(features x windows log windows).
 */
export function relateDrift(found: RelatedWindows): DriftRelation {
  const losses = found.windows.map(({ loss }) => loss);
  const raw = found.features.map(({ name, drift }) => relate(name, drift, losses));
  const adjusted = adjustPValues(
    raw.map(({ pValue }) => pValue),
    'bh',
  );
  const features = raw
    .map((one, i): FeatureRelation => ({ ...one, adjustedPValue: adjusted[i] ?? null }))
    .sort((a, b) => (b.rho ?? -2) - (a.rho ?? -2) || (a.name < b.name ? -1 : 1));
  const { metric, windows, nWaiting } = found;
  const relation = { metric, windows, nWaiting, features };
  return { ...relation, sentence: sentenceOf(relation) };
}

function relate(
  name: string,
  drift: readonly (number | null)[],
  losses: readonly number[],
): FeatureRelation {
  const pairs = drift.flatMap((value, i) => (value === null ? [] : [{ value, loss: losses[i]! }]));
  const n = pairs.length;
  const none = {
    name,
    n,
    rho: null,
    interval: null,
    pValue: null,
    adjustedPValue: null,
    method: null,
  };
  if (n < FEWEST_WINDOWS)
    return { ...none, reason: `Assessed in ${windowsWord(n)}; ${FEWEST_WINDOWS} are needed.` };
  const result = rankCorrelation(
    pairs.map(({ value }) => value),
    pairs.map(({ loss }) => loss),
  );
  if (result.status !== 'ok')
    return { ...none, reason: 'Its drift, or the performance, is the same in every window.' };
  const { rho, interval, pValue, method } = result;
  return { name, n, rho, interval, pValue, adjustedPValue: null, method, reason: null };
}

function sentenceOf({
  metric,
  windows,
  nWaiting,
  features,
}: Omit<DriftRelation, 'sentence'>): string {
  const waiting =
    nWaiting === 0 ? '' : ` ${windowsWord(nWaiting)} more wait for most of their outcomes.`;
  if (metric === null || windows.length < FEWEST_WINDOWS) {
    return (
      `Not enough windows: ${windowsWord(windows.length)} ${windows.length === 1 ? 'has' : 'have'} both a drift report and outcomes of the same version, and ${FEWEST_WINDOWS} are needed. ` +
      `With ${FEWEST_WINDOWS - 1} even the strictest order has p = ${strictest(FEWEST_WINDOWS - 1).toFixed(2)}.${waiting}`
    );
  }
  const { label } = METRIC_FACTS[metric];
  const first = features.find(({ rho }) => rho !== null);
  if (first === undefined || first.rho === null || first.rho <= 0)
    return `In ${windowsWord(windows.length)} no feature drifts more where ${label} is worse.${waiting}`;
  const figures = `rank correlation ${first.rho.toFixed(2)}, n = ${formatCount(first.n)}, p = ${formatStatistic(first.pValue ?? 1)}, ${formatStatistic(first.adjustedPValue ?? 1)} after the correction over ${formatCount(features.filter(({ rho }) => rho !== null).length)} features`;
  return (first.adjustedPValue ?? 1) <= ALPHA
    ? `Over ${windowsWord(windows.length)} the drift of \`${first.name}\` goes most with the loss of ${label} (${figures}). What goes together need not be the cause.${waiting}`
    : `Over ${windowsWord(windows.length)} the drift of \`${first.name}\` goes most with the loss of ${label}, but not more than chance could give (${figures}).${waiting}`;
}

function windowsWord(n: number): string {
  return n === 1 ? '1 window' : `${formatCount(n)} windows`;
}
