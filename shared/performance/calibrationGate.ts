import { formatCount, formatStatistic } from '../base/formatNumber';
import type { PerformanceWindow } from './channels';
import { MATURE_SHARE, shareLabelled, type ScoredEstimate } from './performanceSummary';

/** An estimate may be off by this much and still serve: its bias is no larger than the calibration error. */
export const TOLERATED_ERROR = 0.02;
/** Where chance alone may give a larger calibration error than this, the rows cannot vouch for anything. */
const MOST_BY_CHANCE = 0.05;

const MEAN_OF_HALF_NORMAL = Math.sqrt(2 / Math.PI);
const Z_ONE_SIDED = 1.6448536269514722;

/** Whether estimates without outcomes rest on scores that are probabilities. */
export interface CalibrationGate {
  readonly verdict: 'holds' | 'fails' | 'unknown';
  /** Of the reference, 0..1; null when there is none. */
  readonly ece: number | null;
  /** What it stays below by chance in 95 % of such references though the scores were perfect. */
  readonly chanceLimit: number | null;
  readonly n: number;
  /** Why, and what to do. */
  readonly sentence: string;
}

type Bins = PerformanceWindow['report']['measurement']['calibration'];

/**
 * Judges whether a version's estimates can be trusted, by the calibration of its reference: the version's
 * baseline window, without one its first live window of which most outcomes are known.
 *
 * Confidence-based estimates take the score for the true probability. Within a bin of scores the estimate
 * of accuracy is off by the bin's calibration gap, so over all by no more than the calibration error.
 *
 * @param windows every window of the model, oldest first
 * @param versionId whose estimates are to be judged
 */
export function calibrationGate(
  windows: readonly PerformanceWindow[],
  versionId: string,
): CalibrationGate {
  const reference = referenceOf(windows, versionId);
  if (reference === undefined)
    return unknown(
      null,
      'The calibration of this version is not known. Import a baseline window with outcomes: a log of rows that the model was not trained on.',
    );
  const { label } = reference.log;
  const bins = reference.report.measurement.calibration;
  const { n, ece, chanceLimit } = calibrationOf(bins);
  const figures = `calibration error ${formatStatistic(ece)} in \`${label}\` (n = ${formatCount(n)}; up to ${formatStatistic(chanceLimit)} by chance)`;
  if (chanceLimit > MOST_BY_CHANCE)
    return unknown(
      { ece, chanceLimit, n },
      `Too few outcomes to tell whether the scores are probabilities: ${figures}. Import a larger baseline window with outcomes.`,
    );
  const verdict = ece <= Math.max(chanceLimit, TOLERATED_ERROR) ? 'holds' : 'fails';
  const sentence =
    verdict === 'holds'
      ? `The scores are probabilities, as an estimate of accuracy needs them to be: ${figures}.`
      : `Do not rely on these estimates: ${figures}, more than ${formatStatistic(TOLERATED_ERROR)}. Recalibrate the model (for example by isotonic regression on rows it was not trained on), register that as a version, and import its baseline window.`;
  return { verdict, ece, chanceLimit, n, sentence };
}

/** Why an estimate is trusted or not. */
export type EstimateTrust = 'trusted' | 'notCalibrated' | 'hasMissed' | 'notChecked';

/**
 * Whether an estimate may be relied on: calibration bounds how far an accuracy can be off, but an AUC can
 * be off by more, and either may have proved wrong already; so the version's own record counts as well.
 *
 * @param row the estimate
 * @param all every estimate of the model, scored where outcomes are known
 */
export function trustIn(
  row: ScoredEstimate,
  all: readonly ScoredEstimate[],
  { verdict }: Pick<CalibrationGate, 'verdict'>,
): EstimateTrust {
  if (verdict === 'unknown') return 'notChecked';
  if (verdict === 'fails') return 'notCalibrated';
  const known = all.filter(
    ({ versionId, metric, isInside }) =>
      versionId === row.versionId && metric === row.metric && isInside !== null,
  );
  const nMissed = known.filter(({ isInside }) => isInside === false).length;
  return nMissed > known.length / 2 ? 'hasMissed' : 'trusted';
}

function referenceOf(
  windows: readonly PerformanceWindow[],
  versionId: string,
): PerformanceWindow | undefined {
  const own = windows.filter(
    ({ log, report }) =>
      log.versionId === versionId && report.measurement.calibration.some(({ n }) => n > 0),
  );
  return (
    own.findLast(({ log }) => log.isBaseline) ??
    own.find((window) => shareLabelled(window) >= MATURE_SHARE)
  );
}

function unknown(
  figures: Pick<CalibrationGate, 'ece' | 'chanceLimit' | 'n'> | null,
  sentence: string,
): CalibrationGate {
  return { verdict: 'unknown', ...(figures ?? { ece: null, chanceLimit: null, n: 0 }), sentence };
}

/**
 * Calibration error of some bins, and what it stays below by chance: the sum over the bins of half-normal
 * gaps with the variance p (1 - p) / n of a share, taken as normal.
 */
function calibrationOf(bins: Bins): {
  readonly n: number;
  readonly ece: number;
  readonly chanceLimit: number;
} {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  let [ece, mean, variance] = [0, 0, 0];
  for (const bin of bins) {
    if (bin.meanProbability === null || bin.sharePositive === null) continue;
    const weight = bin.n / n;
    const error = Math.sqrt((bin.meanProbability * (1 - bin.meanProbability)) / bin.n);
    ece += weight * Math.abs(bin.sharePositive - bin.meanProbability);
    mean += weight * error * MEAN_OF_HALF_NORMAL;
    variance += (weight * error) ** 2 * (1 - MEAN_OF_HALF_NORMAL ** 2);
  }
  return { n, ece, chanceLimit: mean + Z_ONE_SIDED * Math.sqrt(variance) };
}
