import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  judgeRetraining,
  type RetrainingFacts,
  type RetrainingRule,
} from '../../shared/handoff/retrainingRules';
import { DriftReportId, PerformanceReportId, PredictionLogId } from '../../shared/base/ids';
import { createTestModel, okValue, type TestModel } from '../support/testModel';
import { importWindow } from '../support/breach';
import { nextVersion } from '../support/lifecycle';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

function facts(changes: Partial<RetrainingFacts> = {}): RetrainingFacts {
  return {
    nowUtc: '2026-01-11T00:00:00.000Z',
    newest: { id: ID, registeredAtUtc: '2026-01-01T00:00:00.000Z' },
    report: {
      id: DriftReportId.parse(ID),
      label: 'January',
      nAssessed: 10,
      nDrifted: 3,
      values: { age: 0.2 },
    },
    window: {
      logId: PredictionLogId.parse(ID),
      reportId: PerformanceReportId.parse(ID),
      label: 'January',
      findings: [
        { ruleId: 'auc', verdict: 'holds', sentence: 'AUC holds.' },
        { ruleId: 'accuracy', verdict: 'broken', sentence: 'Accuracy is low.' },
      ],
    },
    nLabelled: 500,
    ...changes,
  };
}

const rule = (part: object): RetrainingRule =>
  ({ id: 'r', isEnabled: true, ...part }) as RetrainingRule; // parts are complete

describe('a retraining rule', () => {
  it.each([
    ['a share of features', { kind: 'driftShare', share: 0.3 }, true, 1],
    ['a larger share', { kind: 'driftShare', share: 0.6 }, false, 0.5],
    [
      'a feature above its threshold',
      { kind: 'driftFeature', feature: 'age', threshold: 0.1 },
      true,
      2,
    ],
    ['a feature just at it', { kind: 'driftFeature', feature: 'age', threshold: 0.2 }, false, 1],
    [
      'a feature that is not there',
      { kind: 'driftFeature', feature: 'x', threshold: 0.1 },
      false,
      null,
    ],
    ['any performance rule', { kind: 'performance', ruleId: null }, true, 1],
    ['one that holds', { kind: 'performance', ruleId: 'auc' }, false, 0],
    ['one that nobody judged', { kind: 'performance', ruleId: 'x' }, false, null],
    ['ten days', { kind: 'schedule', everyDays: 10 }, true, 1],
    ['twenty days', { kind: 'schedule', everyDays: 20 }, false, 0.5],
    ['enough labels', { kind: 'labels', nRows: 500 }, true, 1],
    ['too few labels', { kind: 'labels', nRows: 1000 }, false, 0.5],
  ])('about %s', (_what, part, isFiring, progress) => {
    const standing = judgeRetraining(rule(part), facts());
    expect({ isFiring: standing.isFiring, progress: standing.progress }).toEqual({
      isFiring,
      progress,
    });
    expect(standing.cause).toBe(isFiring ? ID : null);
  });

  it('waits while there is nothing to go by', () => {
    const nothing = facts({ newest: null });
    expect(judgeRetraining(rule({ kind: 'labels', nRows: 1 }), nothing).isFiring).toBe(false);
    const fresh = facts({ report: null, window: null });
    expect(judgeRetraining(rule({ kind: 'driftShare', share: 0.1 }), fresh).progress).toBeNull();
    expect(judgeRetraining(rule({ kind: 'performance', ruleId: null }), fresh).progress).toBeNull();
  });
});

describe('retraining rules of a model', () => {
  let model: TestModel;
  let nowMs = START;
  beforeAll(async () => {
    model = await createTestModel({ nowMs: () => nowMs });
  });
  afterAll(() => model.close());

  async function packets() {
    const { modelId } = model;
    return okValue<'handoff.listPackets'>(await model.call('handoff.listPackets', { modelId }));
  }

  it('draft one packet and raise one alert for one cause, and others join it', async () => {
    const { call, modelId } = model;
    const rules = [
      { id: 'drift', isEnabled: true, kind: 'driftShare' as const, share: 0.5 },
      { id: 'labels', isEnabled: true, kind: 'labels' as const, nRows: 40 },
      { id: 'month', isEnabled: true, kind: 'schedule' as const, everyDays: 30 },
    ];
    const change = { modelId, policy: { rules }, reason: 'Agreed with product', revision: 0 };
    const set = okValue<'handoff.setRules'>(await call('handoff.setRules', change));
    expect(set.rules.map(({ isFiring, lastFired }) => [isFiring, lastFired])).toEqual([
      [false, null],
      [false, null],
      [false, null],
    ]);
    nowMs += DAY_MS;
    const report = await model.importDrifted();
    nowMs += DAY_MS;
    await importWindow(model, model.versionId, 'good');
    const [head, ...rest] = await packets();
    expect(rest).toEqual([]);
    const packet = okValue<'handoff.getPacket'>(
      await call('handoff.getPacket', { packetId: head!.id }),
    );
    expect(packet.content).toMatchObject({
      purpose: 'retrain',
      cause: { kind: 'rule', policy: 'retraining', ruleId: 'drift', rulesRevision: 1 },
      evidence: [{ evidence: { kind: 'driftReport', reportId: report.id } }],
    });
    const alerts = okValue<'incident.listAlerts'>(await call('incident.listAlerts', { modelId }));
    expect(alerts.map(({ rule: name }) => name).sort()).toEqual(['drift', 'retrain-drift']);
    const shown = okValue<'handoff.getRules'>(await call('handoff.getRules', { modelId }));
    expect(shown.rules.map(({ lastFired }) => lastFired?.packetId ?? null)).toEqual([
      packet.id,
      packet.id,
      null,
    ]);
  });

  it('fire on a schedule when somebody signs in or asks, and begin anew with the next version', async () => {
    const { call, modelId } = model;
    const [head] = await packets();
    okValue<'handoff.withdrawPacket'>(
      await call('handoff.withdrawPacket', {
        packetId: head!.id,
        revision: 1,
        reason: 'Not this time',
      }),
    );
    // The same cause does not set it off again.
    expect(okValue<'handoff.settle'>(await call('handoff.settle', {})).nFired).toBe(0);
    nowMs = START + 31 * DAY_MS;
    expect(okValue<'handoff.settle'>(await call('handoff.settle', {})).nFired).toBe(1);
    expect(okValue<'handoff.settle'>(await call('handoff.settle', {})).nFired).toBe(0);
    expect(await packets()).toHaveLength(2);
    nowMs += DAY_MS;
    await nextVersion(model);
    const shown = okValue<'handoff.getRules'>(await call('handoff.getRules', { modelId }));
    expect(shown.rules.map(({ isFiring }) => isFiring)).toEqual([false, false, false]);
  });
});
