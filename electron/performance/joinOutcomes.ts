import type { JoinCounts } from '../../shared/performance/performanceReport';
import { gather, recode } from './gather';
import { NO_DAY, type OutcomeTable, type PredictionTable } from './predictionTable';
import { sortKeys } from './sortKeys';

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
  const known: KnownOutcomes = {
    truth: new Float64Array(predictions.n).fill(NaN),
    isContradicted: new Uint8Array(predictions.n),
    days: new Int32Array(predictions.n).fill(NO_DAY),
    nRepeated: 0,
  };
  const matched = files.map((file) => meet(predictions.keys, file, labels, known));
  const { truth, isContradicted, nRepeated } = known;
  let nLabelled = 0;
  let nContradictory = 0;
  for (let i = 0; i < truth.length; i++) {
    if (isContradicted[i] === 1) {
      truth[i] = NaN;
      nContradictory += 1;
    } else if (!Number.isNaN(truth[i]!)) nLabelled += 1;
  }
  const timing = measureDelays(predictions.days, known.days, truth, lateAfterDays);
  return {
    ...usedLabels(truth, labels),
    delays: timing.delays,
    matched,
    counts: {
      nPredictions: predictions.n,
      nLabelled,
      nContradictory,
      nRepeated,
      nLate: timing.nLate,
      nBeforePrediction: timing.nBefore,
    },
  };
}

/** What the files have told so far, per prediction. */
interface KnownOutcomes {
  readonly truth: Float64Array;
  readonly isContradicted: Uint8Array;
  readonly days: Int32Array;
  nRepeated: number;
}

/**
 * Takes the outcomes of one file in.
 *
 * @returns per row, 1 where it met a prediction
 */
function meet(
  keys: Float64Array,
  file: OutcomeTable,
  labels: readonly string[] | null,
  known: KnownOutcomes,
): Uint8Array {
  const sorted = sortKeys(file.keys);
  const values = valuesInOrder(file, sorted.order, labels);
  const days = file.days && gather(file.days, sorted.order, new Int32Array(file.n));
  const { truth, isContradicted } = known;
  const meets = new Uint8Array(file.n);
  let at = 0;
  for (let i = 0; i < file.n; i++) {
    const key = sorted.keys[i]!;
    // Both sides ascend, so one walk through them finds every pair.
    while (at < keys.length && keys[at]! < key) at += 1;
    if (at === keys.length) break;
    if (keys[at] !== key) continue;
    meets[sorted.order[i]!] = 1;
    const value = values[i]!;
    if (Number.isNaN(truth[at]!)) truth[at] = value;
    else {
      known.nRepeated += 1;
      if (truth[at] !== value) isContradicted[at] = 1;
    }
    const day = days === null ? NO_DAY : days[i]!;
    if (day !== NO_DAY && (known.days[at] === NO_DAY || day < known.days[at]!))
      known.days[at] = day;
  }
  return meets;
}

/** The file's outcomes in the coding of all files. */
function valuesInOrder(
  file: OutcomeTable,
  order: Uint32Array,
  labels: readonly string[] | null,
): Float64Array {
  const values = gather(file.values, order, new Float64Array(file.n));
  if (file.labels === null) return values;
  return recode(
    values,
    Float64Array.from(file.labels, (label) => labels?.indexOf(label) ?? -1),
  );
}

/** Leaves out labels that only other logs have. */
function usedLabels(
  truth: Float64Array,
  labels: readonly string[] | null,
): Pick<JoinedOutcomes, 'truth' | 'labels'> {
  if (labels === null) return { truth, labels };
  const isUsed = new Uint8Array(labels.length);
  for (let i = 0; i < truth.length; i++) if (!Number.isNaN(truth[i]!)) isUsed[truth[i]!] = 1;
  const used = labels.filter((_label, code) => isUsed[code] === 1);
  if (used.length === labels.length) return { truth, labels };
  const newCodes = Float64Array.from(labels, (label) => used.indexOf(label));
  return { truth: recode(truth, newCodes), labels: used };
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
