import type { JoinCounts } from '../../shared/performance/performanceReport';
import { NO_DAY, type OutcomeTable, type PredictionTable } from './predictionTable';
import { orderOfKeys } from './sortKeys';

/** Predictions with what became of them. */
export interface JoinedOutcomes {
  /** True class as a code into `labels`, or the true number; NaN while it is not known. Shape (n). */
  readonly truth: Float64Array;
  /** Distinct outcomes in ascending order; null when they are numbers. */
  readonly labels: readonly string[] | null;
  /** Days from prediction to outcome of the rows where both are known. */
  readonly delays: Int32Array;
  readonly counts: JoinCounts;
  /** Per file: which of its rows met a prediction. */
  readonly matched: readonly Uint8Array[];
}

/**
 * Joins outcomes to predictions by the hashes of their identifiers.
 *
 * The order of the files and of their rows changes nothing: an identifier that has the same outcome
 * several times counts once, one that has different outcomes counts as contradictory and is left out
 * of every metric, and the outcome's day is the earliest.
 *
 * @param lateAfterDays outcomes that came later than this after their prediction count as late
 * Cost: O(predictions + outcomes).
 */
export function joinOutcomes(
  predictions: PredictionTable,
  files: readonly OutcomeTable[],
  lateAfterDays: number,
): JoinedOutcomes {
  const labels = unionOfLabels(files);
  const truth = new Float64Array(predictions.n).fill(NaN);
  const isContradicted = new Uint8Array(predictions.n);
  const outcomeDays = new Int32Array(predictions.n).fill(NO_DAY);
  let nRepeated = 0;
  const matched = files.map((file) => {
    const codes = file.labels?.map((label) => labels?.indexOf(label) ?? -1) ?? null;
    const meets = new Uint8Array(file.n);
    const order = orderOfKeys(file.keys);
    let at = 0;
    for (const row of order) {
      const key = file.keys[row]!;
      // Both sides ascend, so one walk through them finds every pair.
      while (at < predictions.n && predictions.keys[at]! < key) at += 1;
      if (at === predictions.n) break;
      if (predictions.keys[at] !== key) continue;
      meets[row] = 1;
      const raw = file.values[row]!;
      const value = codes === null ? raw : codes[raw]!;
      if (Number.isNaN(truth[at]!)) truth[at] = value;
      else {
        nRepeated += 1;
        if (truth[at] !== value) isContradicted[at] = 1;
      }
      const day = file.days?.[row] ?? NO_DAY;
      if (day !== NO_DAY && (outcomeDays[at] === NO_DAY || day < outcomeDays[at]!))
        outcomeDays[at] = day;
    }
    return meets;
  });
  for (let i = 0; i < truth.length; i++) if (isContradicted[i] === 1) truth[i] = NaN;
  const timing = measureDelays(predictions.days, outcomeDays, truth, lateAfterDays);
  return {
    ...usedLabels(truth, labels),
    delays: timing.delays,
    matched,
    counts: {
      nPredictions: predictions.n,
      nLabelled: truth.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0),
      nContradictory: isContradicted.reduce((sum, flag) => sum + flag, 0),
      nRepeated,
      nLate: timing.nLate,
      nBeforePrediction: timing.nBefore,
    },
  };
}

/** Leaves out labels that only other logs have. */
function usedLabels(
  truth: Float64Array,
  labels: readonly string[] | null,
): Pick<JoinedOutcomes, 'truth' | 'labels'> {
  if (labels === null) return { truth, labels };
  const isUsed = new Uint8Array(labels.length);
  for (const code of truth) if (!Number.isNaN(code)) isUsed[code] = 1;
  const used = labels.filter((_label, code) => isUsed[code] === 1);
  const newCodes = labels.map((label) => used.indexOf(label));
  return { truth: truth.map((code) => newCodes[code] ?? NaN), labels: used };
}

function unionOfLabels(files: readonly OutcomeTable[]): readonly string[] | null {
  const all = files.flatMap(({ labels }) => labels ?? []);
  if (files.some(({ labels }) => labels === null)) return null;
  return [...new Set(all)].sort();
}

function measureDelays(
  days: Int32Array | null,
  outcomeDays: Int32Array,
  truth: Float64Array,
  lateAfterDays: number,
) {
  const delays = new Int32Array(truth.length);
  let n = 0;
  let nLate = 0;
  let nBefore = 0;
  for (let i = 0; i < truth.length; i++) {
    const from = days?.[i] ?? NO_DAY;
    const to = outcomeDays[i]!;
    if (from === NO_DAY || to === NO_DAY || Number.isNaN(truth[i]!)) continue;
    delays[n++] = to - from;
    if (to - from > lateAfterDays) nLate += 1;
    if (to < from) nBefore += 1;
  }
  return n === 0
    ? { delays: delays.subarray(0, 0), nLate: null, nBefore: null }
    : { delays: delays.subarray(0, n), nLate, nBefore };
}
