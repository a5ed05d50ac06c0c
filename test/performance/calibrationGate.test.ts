import { describe, expect, it } from 'vitest';
import { calibrationGate, trustIn } from '../../shared/performance/calibrationGate';
import type { PerformanceWindow } from '../../shared/performance/channels';
import { FIRST_VERSION, performanceWindow, SECOND_VERSION } from '../support/performanceWindow';

/** Ten bins of as many rows, whose shares lie off their mean scores by this much. */
function binsOff(
  off: number,
  n: number,
): PerformanceWindow['report']['measurement']['calibration'] {
  return Array.from({ length: 10 }, (_none, k) => {
    const meanProbability = (k + 0.5) / 10;
    const sharePositive = meanProbability + (k < 5 ? off : -off);
    return { n, nPositive: Math.round(sharePositive * n), meanProbability, sharePositive };
  });
}

const reference = (off: number, n: number): PerformanceWindow =>
  performanceWindow({ label: 'hold-out', isBaseline: true, calibration: binsOff(off, n) });

describe('trust in an estimate', () => {
  const estimate = (isInside: boolean | null, versionId = FIRST_VERSION) => ({
    label: 'May',
    versionId,
    version: 1,
    metric: 'auc' as const,
    estimate: 0.8,
    interval: [0.75, 0.85] as const,
    realised: isInside === null ? null : 0.8,
    isInside,
  });
  const open = estimate(null);
  const holds = { verdict: 'holds' } as const;

  it('needs calibrated scores, and a record that most estimates of the version held', () => {
    expect(trustIn(open, [open], holds)).toBe('trusted');
    expect(trustIn(open, [open, estimate(true), estimate(false)], holds)).toBe('trusted');
    expect(trustIn(open, [open, estimate(false)], holds)).toBe('hasMissed');
    expect(trustIn(open, [open, estimate(false, SECOND_VERSION)], holds)).toBe('trusted');
    expect(trustIn(open, [open], { verdict: 'fails' })).toBe('notCalibrated');
    expect(trustIn(open, [open], { verdict: 'unknown' })).toBe('notChecked');
  });
});

describe('the gate of estimates without outcomes', () => {
  it('opens where the scores of the reference are probabilities, or nearly so', () => {
    const gates = [0, 0.015].map((off) => calibrationGate([reference(off, 10_000)], FIRST_VERSION));
    expect(gates.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
    expect(gates[1]?.ece).toBeCloseTo(0.015, 12);
    expect(gates[0]?.sentence).toContain('`hold-out` (n = 100,000; up to 0.00');
  });

  it('stays shut where they are not, and says what to do', () => {
    const { verdict, sentence } = calibrationGate([reference(0.05, 10_000)], FIRST_VERSION);
    expect(verdict).toBe('fails');
    expect(sentence).toContain('Recalibrate the model');
  });

  it('does not hold against the scores what so few rows have by chance', () => {
    // By hand: ten equal bins of 200 rows; mean of sqrt(p (1 - p)) is 0.40, so about 0.40 / sqrt(200) * 0.80 = 0.022.
    const { verdict, chanceLimit } = calibrationGate([reference(0.022, 200)], FIRST_VERSION);
    expect(verdict).toBe('holds');
    expect(chanceLimit).toBeGreaterThan(0.022);
    expect(chanceLimit).toBeLessThan(0.032);
  });

  it('says that it does not know without a reference, or with too few rows', () => {
    expect(calibrationGate([], FIRST_VERSION)).toMatchObject({
      verdict: 'unknown',
      ece: null,
      n: 0,
    });
    const few = calibrationGate([reference(0, 20)], FIRST_VERSION);
    expect(few).toMatchObject({ verdict: 'unknown', n: 200 });
    expect(few.sentence).toContain('Import a larger baseline window');
    expect(calibrationGate([reference(0, 10_000)], SECOND_VERSION).verdict).toBe('unknown');
  });

  it('takes the first live window with most of its outcomes where no baseline was imported', () => {
    const live = (label: string, nLabelled: number, off: number) =>
      performanceWindow({ label, nLabelled, calibration: binsOff(off, 10_000) });
    const windows = [live('young', 100, 0.3), live('first', 1000, 0), live('later', 1000, 0.3)];
    expect(calibrationGate(windows, FIRST_VERSION)).toMatchObject({ verdict: 'holds' });
    expect(calibrationGate(windows, FIRST_VERSION).sentence).toContain('`first`');
  });
});
