import type { NoResult } from './noResult';
import { noResult } from './noResult';
import type { Interval } from './twoProportionTest';
import { meanInterval } from './meanInterval';

/** Bins of the calibration curve: (k/10, (k+1)/10], and 0 in the first. */
export const CALIBRATION_BINS = 10;
const EPSILON = 2 ** -52;

/** The rows whose probability lies in one bin. */
export interface CalibrationBin {
  readonly n: number;
  /** Mean probability; null without rows. */
  readonly meanProbability: number | null;
  /** Share of positive outcomes; null without rows. */
  readonly sharePositive: number | null;
  readonly nPositive: number;
}

/** How good probabilities of the positive class are. */
export interface ProbabilisticMetrics {
  readonly status: 'ok';
  readonly n: number;
  readonly nPositive: number;
  /** Nats, >= 0; probabilities are clipped to [2^-52, 1 - 2^-52]. */
  readonly logLoss: number;
  readonly logLossInterval: Interval | null;
  /** Mean squared error of the probability, 0..1. */
  readonly brier: number;
  readonly brierInterval: Interval | null;
  /** Expected calibration error of the positive class, 0..1. */
  readonly ece: number;
  /** Largest gap of any bin, 0..1. */
  readonly mce: number;
  /** Expected calibration error of the predicted class at threshold 0.5, 0..1. */
  readonly eceConfidence: number;
  readonly bins: readonly CalibrationBin[];
}

/**
 * Log-loss, Brier score and calibration of probabilities in one pass.
 *
 * @param outcome 1 positive, 0 negative; anything else leaves the row out, shape (n)
 * @param probability 0..1; NaN leaves the row out, shape (n)
 * @returns no result (empty) when no row has both
 * @throws RangeError when a probability is outside 0..1
 * @source Brier, Mon. Weather Rev. 78 (1950) 1; Naeini et al., AAAI 2015 (ECE; there is no standard
 *   for its bins, these are right-closed tenths); golden values in test/golden (probabilistic)
 * Cost: O(n).
 */
export function probabilisticMetrics(
  outcome: ArrayLike<number>,
  probability: ArrayLike<number>,
): ProbabilisticMetrics | NoResult {
  const positive = new Float64Array(3 * CALIBRATION_BINS);
  const confidence = new Float64Array(3 * CALIBRATION_BINS);
  const logLoss = new Sums();
  const brier = new Sums();
  for (let i = 0; i < outcome.length; i++) {
    const y = outcome[i]!;
    const p = probability[i]!;
    if ((y !== 0 && y !== 1) || Number.isNaN(p)) continue;
    if (p < 0 || p > 1) throw new RangeError('probabilisticMetrics: probability outside 0..1');
    const right = Math.min(1 - EPSILON, Math.max(EPSILON, y === 1 ? p : 1 - p));
    logLoss.add(-Math.log(right));
    brier.add((p - y) * (p - y));
    addToBin(positive, p, y);
    const isPredicted = p >= 0.5;
    addToBin(confidence, isPredicted ? p : 1 - p, isPredicted === (y === 1) ? 1 : 0);
  }
  const { n } = brier;
  if (n === 0) return noResult('empty');
  const bins = binsOf(positive);
  return {
    status: 'ok',
    n,
    nPositive: bins.reduce((sum, bin) => sum + bin.nPositive, 0),
    logLoss: logLoss.mean(),
    logLossInterval: meanInterval(logLoss.moments()),
    brier: brier.mean(),
    brierInterval: meanInterval(brier.moments()),
    ece: calibrationError(bins, n),
    mce: Math.max(...bins.map(gapOf)),
    eceConfidence: calibrationError(binsOf(confidence), n),
    bins,
  };
}

/** Mean and spread of a stream, without a second pass (Welford). */
class Sums {
  n = 0;
  private average = 0;
  private squares = 0;

  add(value: number): void {
    this.n += 1;
    const off = value - this.average;
    this.average += off / this.n;
    this.squares += off * (value - this.average);
  }

  mean(): number {
    return this.average;
  }

  moments() {
    return { n: this.n, mean: this.average, sumOfSquares: this.squares };
  }
}

function addToBin(sums: Float64Array, p: number, y: number): void {
  const at = Math.max(0, Math.ceil(p * CALIBRATION_BINS) - 1) * 3;
  sums[at]!++;
  sums[at + 1]! += p;
  sums[at + 2]! += y;
}

function binsOf(sums: Float64Array): CalibrationBin[] {
  return Array.from({ length: CALIBRATION_BINS }, (_none, k) => {
    const n = sums[3 * k]!;
    const nPositive = sums[3 * k + 2]!;
    return {
      n,
      nPositive,
      meanProbability: n === 0 ? null : sums[3 * k + 1]! / n,
      sharePositive: n === 0 ? null : nPositive / n,
    };
  });
}

function gapOf({ meanProbability, sharePositive }: CalibrationBin): number {
  return meanProbability === null || sharePositive === null
    ? 0
    : Math.abs(sharePositive - meanProbability);
}

function calibrationError(bins: readonly CalibrationBin[], n: number): number {
  return bins.reduce((sum, bin) => sum + (bin.n / n) * gapOf(bin), 0);
}
