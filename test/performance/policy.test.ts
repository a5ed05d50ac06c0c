import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenInARow, judgeRule } from '../../shared/performance/judgePolicy';
import { judgeRules } from '../../shared/performance/judgeRules';
import {
  DEFAULT_PERFORMANCE_POLICY,
  limitOf,
  ruleWords,
  type MetricRule,
} from '../../shared/performance/performancePolicy';
import type { MetricValue } from '../../shared/performance/performanceReport';
import {
  replayRules,
  type PastWindow,
  type RuleReplay,
} from '../../shared/performance/policyReplay';
import { importLog, scoredLog, windowsOf } from '../support/predictions';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';

const [ACCURACY] = DEFAULT_PERFORMANCE_POLICY.rules as readonly [MetricRule];

function accuracy(value: number, n = 1000): MetricValue {
  const half = 1.96 * Math.sqrt((value * (1 - value)) / n);
  return { metric: 'accuracy', value, interval: [value - half, value + half], n, reason: null };
}

function windowOf(figure: MetricValue | null, month = 1): PastWindow {
  const day = `2026-${String(month).padStart(2, '0')}`;
  return {
    label: day,
    periodStart: `${day}-01`,
    periodEnd: `${day}-28`,
    metrics: figure === null ? [] : [figure],
    segments: [],
    baseline: [{ metric: 'accuracy', segment: null, value: 0.9, source: 'test' }],
    currency: null,
  };
}

const replayRule = (rule: MetricRule, windows: readonly PastWindow[]): RuleReplay =>
  replayRules({ rules: [rule] }, windows)[0]!;

const verdict = (rule: MetricRule, figure: MetricValue | null, before = 0): string =>
  judgeRule(rule, windowOf(figure), before).verdict;

describe('a rule', () => {
  it('is broken beyond its limit, strictly, and says what it measured', () => {
    expect(limitOf(ACCURACY, 0.9)).toBeCloseTo(0.855, 12);
    expect(verdict(ACCURACY, accuracy(0.8))).toBe('broken');
    expect(verdict({ ...ACCURACY, certainty: 'source' }, accuracy(0.855 + 1e-9))).toBe('holds');
    expect(judgeRule(ACCURACY, windowOf(accuracy(0.8)), 0).sentence).toBe(
      'Accuracy is 80.0 % (n = 1,000, 95 % interval 77.5 % to 82.5 %), below the limit of 85.5 %: Accuracy more than 5 % below its baseline.',
    );
  });

  it('does not take for a drop what so few rows cannot tell from chance', () => {
    expect(verdict(ACCURACY, accuracy(0.84, 120))).toBe('inconclusive');
    expect(verdict({ ...ACCURACY, certainty: 'source' }, accuracy(0.84, 120))).toBe('broken');
  });

  it('assesses nothing without the metric, enough rows or a baseline', () => {
    expect(verdict(ACCURACY, null)).toBe('notAssessed');
    expect(verdict(ACCURACY, accuracy(0.5, 99))).toBe('notAssessed');
    const bare = { ...windowOf(accuracy(0.5)), baseline: [] };
    expect(judgeRule(ACCURACY, bare, 0)).toMatchObject({
      verdict: 'notAssessed',
      sentence: 'There is no baseline of Accuracy to compare with.',
    });
  });

  it('waits for as many broken windows in a row as it asks for', () => {
    const twice = { ...ACCURACY, consecutive: 2 };
    expect([0, 1].map((before) => verdict(twice, accuracy(0.7), before))).toEqual([
      'pending',
      'broken',
    ]);
    const found = (list: readonly ('broken' | 'holds' | 'pending')[]) =>
      list.map((one) => [{ ...judgeRule(twice, windowOf(null), 0), verdict: one }]);
    expect(brokenInARow('accuracy', found(['pending', 'broken', 'holds', 'broken']))).toBe(2);
    expect(brokenInARow('accuracy', found([]))).toBe(0);
  });

  it('is written as people read it, also for tiny costs', () => {
    expect(DEFAULT_PERFORMANCE_POLICY.rules.map((rule) => ruleWords(rule, 'USD'))).toEqual([
      'Accuracy more than 5 % below its baseline',
      'AUC more than 5 % below its baseline',
      'Latency, p95 above 500 ms',
      'Error rate above 1.0 %',
      'Cost per prediction above 0.0001 USD',
    ]);
  });
});

describe('the replay of a rule', () => {
  const history = [0.9, 0.89, 0.75, 0.74, 0.9, 0.91].map((value, i) =>
    windowOf(accuracy(value), i + 1),
  );

  it('counts alerts, alerts a month, and the drops that it would have missed', () => {
    expect(replayRule(ACCURACY, history)).toMatchObject({
      nWindows: 6,
      nAssessed: 6,
      nAlerts: 2,
      firedIn: ['2026-03', '2026-04'],
      missed: [],
      alertsPerMonth: expect.closeTo(2 / (179 / 30.4375), 9),
    });
    expect(replayRule({ ...ACCURACY, consecutive: 2 }, history)).toMatchObject({
      firedIn: ['2026-04'],
      missed: ['2026-03'],
    });
    expect(replayRule({ ...ACCURACY, minN: 5000 }, history)).toMatchObject({
      nAssessed: 0,
      missed: ['2026-03', '2026-04'],
    });
  });

  it('says how often chance alone sets it off: often with few rows, hardly with many', () => {
    const chanceAt = (n: number, rule: MetricRule) =>
      replayRule(rule, [windowOf(accuracy(0.9, n))]).falseAlarmShare;
    const bare = { ...ACCURACY, certainty: 'source' } as const;
    // At n = 100 the standard error is 0.03, and the limit 1.5 of them away.
    expect(chanceAt(100, bare)).toBeCloseTo(0.0668, 3);
    expect(chanceAt(100, { ...bare, consecutive: 2 })).toBeCloseTo(0.0668 ** 2, 4);
    expect(chanceAt(10_000, bare)).toBeLessThan(1e-12);
    expect(chanceAt(100, ACCURACY)).toBeLessThan(0.001);
    expect(replayRule(ACCURACY, []).falseAlarmShare).toBeNull();
  });
});

describe('the correction over the rules', () => {
  const other: MetricRule = { ...ACCURACY, id: 'other', threshold: 0.5 };
  const rules = [ACCURACY, other];
  const judged = (value: number, correction: 'none' | 'holm' | 'benjaminiHochberg') =>
    judgeRules({ rules, correction }, windowOf(accuracy(value)), () => 0);

  it('takes a breach for chance that so many rules could give', () => {
    // By hand: 0.83 of 1,000 lies 2.10 standard errors below 0.855; p = 0.0177, times two rules 0.035 > 0.025.
    expect(judged(0.83, 'none').map(({ verdict: one }) => one)).toEqual(['broken', 'holds']);
    const [first] = judged(0.83, 'holm');
    expect(first).toMatchObject({ verdict: 'inconclusive' });
    expect(first?.sentence).toContain(
      'Not certain after the correction over 2 rules (Holm), so it does not count.',
    );
    expect(judged(0.8, 'holm')[0]?.verdict).toBe('broken');
    expect(judged(0.8, 'benjaminiHochberg')[0]?.verdict).toBe('broken');
  });

  it('leaves rules alone that ask for no certainty, and does not count those that are off', () => {
    const bare = { ...ACCURACY, certainty: 'source' } as const;
    const window = windowOf(accuracy(0.83));
    const verdictOf = (list: readonly MetricRule[]) =>
      judgeRules({ rules: list, correction: 'holm' }, window, () => 0)[0]?.verdict;
    expect(verdictOf([bare, other])).toBe('broken');
    expect(verdictOf([ACCURACY, { ...other, isEnabled: false }])).toBe('broken');
  });

  it('shows in the replay, and in how often chance sets a rule off', () => {
    const history = [windowOf(accuracy(0.83))];
    expect(replayRules({ rules, correction: 'holm' }, history)[0]).toMatchObject({
      nAlerts: 0,
      missed: ['2026-01'],
    });
    const small = [windowOf(accuracy(0.9, 100))];
    const chance = (correction: 'none' | 'holm') =>
      replayRules({ rules, correction }, small)[0]?.falseAlarmShare;
    // By hand: the limit is 1.5 standard errors away; upper tails of 1.5 + 1.960 and of 1.5 + 2.241.
    expect(chance('none')).toBeCloseTo(2.7e-4, 5);
    expect(chance('holm')).toBeCloseTo(9.2e-5, 5);
  });
});

describe('a window that breaks a rule', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await createTestModel();
  });
  afterAll(() => model.close());

  it('raises one alert that leads to the window, and no second one when it is measured anew', async () => {
    const { log, outcomes } = scoredLog(1000);
    const wrong = outcomes['y']!.map((label, i) => (i % 3 === 0 ? 'yes' : label));
    const path = csvFile(log);
    const good = csvFile({ ...outcomes, y: wrong });
    const detail = okValue<'performance.importLog'>(
      await importLog(model, path, { outcomes: good, label: 'May' }),
    );
    const { modelId } = model;
    const alerts = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId }),
    );
    expect(alerts).toMatchObject([
      {
        rule: 'auc',
        severity: 'critical',
        occurrences: [
          {
            label: 'May',
            source: { kind: 'performance', windowId: detail.log.id, metric: 'auc' },
            message: expect.stringContaining('below the limit of 0.760'),
          },
        ],
      },
    ]);
    expect(detail.report.alertIds).toEqual([alerts[0]!.id]);
    const more = csvFile({ id: ['c-0'], y: ['yes'] });
    okValue<'performance.importLog'>(await importLog(model, path, { outcomes: more }));
    const again = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId }),
    );
    expect(again[0]!.occurrences).toHaveLength(1);
    const [window] = await windowsOf(model);
    expect(window!.report.findings.find(({ ruleId }) => ruleId === 'auc')?.verdict).toBe('broken');
  });
});
