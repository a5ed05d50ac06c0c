import { describe, expect, it } from 'vitest';
import { defaultPlan } from '../../shared/canary/canaryPlan';
import { forecast } from '../../shared/canary/canaryPlanner';
import { forecastSentence } from '../../renderer/canary/forecastSentence';
import { ACCURACY } from './canaryCases';

describe('the planner', () => {
  it('needs about 2,300 candidate rows for a drop of 2 points from 0.83 at 5 % of traffic', () => {
    expect(forecast(ACCURACY)).toEqual({
      fixedRows: 2_296,
      alwaysValidRows: 4_910,
      controlRows: 93_290,
      fixedDays: null,
      alwaysValidDays: null,
    });
  });

  it('says how long that takes at the expected traffic, and on which day it is there', () => {
    const expected = { ...ACCURACY.expected, rowsPerDay: 10_000 };
    const found = forecast({ ...ACCURACY, expected })!;
    expect([found.fixedDays, found.alwaysValidDays]).toEqual([4.592, 9.82]);
    expect(forecastSentence(found, '2026-01-02T03:04:05.000Z')).toBe(
      '2,296 labelled candidate rows show it with one look at the end; 4,910 (and 93,290 of the control) suffice however often you look. At this traffic that is reached on 2026-01-07 (5 days), or 2026-01-12 (10 days).',
    );
  });

  it('says nothing while it is not known how much one row varies', () => {
    expect(forecast(defaultPlan('latency_ms', 'continuous', 120))).toBeNull();
  });

  it('plans a ranked metric by the variance of an area under the curve', () => {
    const plan = defaultPlan('score', 'ranked', 0.8);
    expect(forecast({ ...plan, margin: { value: 0.02, scale: 'absolute' } })!.fixedRows).toBe(
      3_182,
    );
  });
});
