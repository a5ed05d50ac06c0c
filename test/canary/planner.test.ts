import { describe, expect, it } from 'vitest';
import { UtcInstant } from '../../shared/base/time';
import { defaultPlan } from '../../shared/canary/canaryPlan';
import { forecast } from '../../shared/canary/canaryPlanner';
import { forecastSentence } from '../../renderer/canary/forecastSentence';
import { sharesByLook } from '../../renderer/canary/sharesByLook';
import { ACCURACY, armRows } from './canaryCases';

it('sets the measured share of every look beside what was planned then', () => {
  const plan = (revision: number, candidateShare: number, nLooksBefore: number) => ({
    revision,
    plan: { ...ACCURACY, candidateShare },
    reason: 'As agreed',
    setAtUtc: UtcInstant.parse('2026-01-02T03:04:05.000Z'),
    setBy: 'Ada',
    nLooksBefore,
  });
  const look = (ordinal: number, control: number, candidate: number) => ({
    ordinal,
    control: armRows(control),
    candidate: armRows(candidate),
    windowStartUtc: null,
    windowEndUtc: null,
    files: [],
    importedAtUtc: UtcInstant.parse('2026-01-02T03:04:05.000Z'),
    importedBy: 'Ada',
  });
  const plans = [plan(1, 0.05, 0), plan(2, 0.25, 1)];
  const looks = [look(1, 950, 50), look(2, 300, 100), look(3, 0, 0)];
  expect(
    sharesByLook({ plans, looks }).map(({ planned, measured }) => [planned, measured]),
  ).toEqual([
    [0.05, 0.05],
    [0.25, 0.25],
    [0.25, null],
  ]);
});

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
