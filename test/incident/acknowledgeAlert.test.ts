import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestModel, okValue, type TestModel } from '../support/testModel';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
  await model.importDrifted();
});
afterAll(() => model.close());

describe('incident.acknowledgeAlert', () => {
  it('puts the person and the reason on record, once', async () => {
    const [alert] = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId: null }),
    );
    const input = { alertId: alert!.id, reason: 'New source of data', revision: alert!.revision };
    const acknowledged = okValue<'incident.acknowledgeAlert'>(
      await model.call('incident.acknowledgeAlert', input),
    );
    expect(acknowledged).toMatchObject({
      state: 'acknowledged',
      steps: [{ act: 'acknowledge', text: 'New source of data', changedBy: 'Ada Analyst' }],
    });
    const again = await model.call('incident.acknowledgeAlert', input);
    expect(again).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { current: { state: 'acknowledged' } } },
    });
    const { events } = okValue<'audit.listEvents'>(
      await model.call('audit.listEvents', { offset: 0, limit: 10, text: 'alertAcknowledged' }),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      before: { state: 'new' },
      after: { state: 'acknowledged' },
      reason: 'New source of data',
    });
  });

  it('asks for a reason', async () => {
    const input = { alertId: crypto.randomUUID(), reason: '  ', revision: 0 };
    expect(await model.call('incident.acknowledgeAlert', input)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
  });

  it('answers NOT_FOUND for an alert that does not exist, and records nothing', async () => {
    const input = { alertId: crypto.randomUUID(), reason: 'x', revision: 0 };
    expect(await model.call('incident.acknowledgeAlert', input)).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});
