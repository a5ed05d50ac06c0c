import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseAlert, type BrokenRule } from '../../electron/incident/alertService';
import type { AlertId } from '../../shared/base/ids';
import type { Alert } from '../../shared/incident/alert';
import { lifecycleOf, setGates } from '../support/lifecycle';
import { testClock } from '../support/testClock';
import { createTestModel, okValue, type TestModel } from '../support/testModel';

const clock = testClock();
let model: TestModel;
beforeAll(async () => {
  model = await createTestModel({ nowMs: clock.nowMs });
});
afterAll(() => model.close());

/** Raises an alert as another capability does: inside a write of its own. */
function raise(broken: Partial<BrokenRule>): AlertId {
  const session = model.core.context.vault.session()!;
  return session.write('test.raised', 'x', {}, (db) =>
    raiseAlert(db, {
      modelId: model.modelId,
      versionId: model.versionId,
      segment: null,
      rule: 'accuracy',
      source: { kind: 'performance', windowId: null, metric: 'accuracy' },
      label: 'January',
      severity: 'warning',
      message: 'Accuracy fell from 0.90 to 0.81.',
      atUtc: '2026-01-02T03:04:05.000Z',
      ...broken,
    }),
  );
}

async function find(id: AlertId): Promise<Alert> {
  const alerts = okValue<'incident.listAlerts'>(
    await model.call('incident.listAlerts', { modelId: null }),
  );
  return alerts.find((alert) => alert.id === id)!;
}

async function acknowledge(id: AlertId): Promise<Alert> {
  const { revision } = await find(id);
  const input = { alertId: id, reason: 'seen', revision };
  return okValue<'incident.acknowledgeAlert'>(await model.call('incident.acknowledgeAlert', input));
}

describe('raiseAlert', () => {
  it('adds an occurrence while the same rule of the same model, version and segment is broken', async () => {
    const id = raise({});
    const february = { label: 'February', atUtc: '2026-02-02T03:04:05.000Z' };
    expect(raise(february)).toBe(id);
    expect(await find(id)).toMatchObject({
      state: 'new',
      raisedAtUtc: '2026-01-02T03:04:05.000Z',
      occurrences: [{ label: 'January' }, { label: 'February', features: [] }],
      steps: [],
      revision: 0,
    });
  });

  it.each([
    ['rule', { rule: 'latency' }],
    ['version', { versionId: null }],
    ['segment', { segment: 'region = north' }],
  ])('makes another alert for another %s', (_what, other) => {
    expect(raise(other)).not.toBe(raise({}));
  });

  it('leaves an acknowledged alert as it is when it is no worse, and wakes it when it is', async () => {
    const id = raise({ rule: 'error rate' });
    await acknowledge(id);
    raise({ rule: 'error rate' });
    expect(await find(id)).toMatchObject({ state: 'acknowledged', severity: 'warning' });
    raise({ rule: 'error rate', severity: 'critical' });
    expect(await find(id)).toMatchObject({
      state: 'new',
      severity: 'critical',
      occurrences: [{}, {}, { severity: 'critical' }],
      steps: [{ act: 'acknowledge' }, { act: 'wake', changedBy: null }],
      revision: 2,
    });
    raise({ rule: 'error rate' });
    expect(await find(id)).toMatchObject({ severity: 'critical', revision: 2 });
  });

  it('starts anew once the alert is closed', async () => {
    const id = raise({ rule: 'cost' });
    const { revision } = await acknowledge(id);
    okValue<'incident.closeAlert'>(
      await model.call('incident.closeAlert', { alertId: id, reason: 'fixed', revision }),
    );
    const next = raise({ rule: 'cost' });
    expect(next).not.toBe(id);
    expect(await find(next)).toMatchObject({ state: 'new', occurrences: [{ label: 'January' }] });
    expect(await find(id)).toMatchObject({ state: 'closed', occurrences: [{}] });
  });

  it('keeps gates before Production closed while an alert is put off', async () => {
    const id = raise({ rule: 'gate', severity: 'critical' });
    const untilUtc = new Date(clock.nowMs() + 3_600_000).toISOString();
    const input = { alertId: id, untilUtc, reason: 'holiday', revision: 0 };
    expect(
      okValue<'incident.snoozeAlert'>(await model.call('incident.snoozeAlert', input)),
    ).toMatchObject({ state: 'new', snoozedUntilUtc: untilUtc });
    await setGates(model, { Staging: [{ kind: 'noOpenAlert', severity: 'critical' }] });
    const { gates } = await lifecycleOf(model, model.versionId);
    expect(gates).toMatchObject([{ gate: { kind: 'noOpenAlert' }, isMet: false }]);
  });
});
