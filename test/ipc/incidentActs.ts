import { okValue, type TestModel } from '../support/testModel';
import type { MutatingActs } from './mutatingActs';

/** One act per mutating call about alerts, in an order that their states allow. */
export const incidentActs: MutatingActs = {
  'incident.acknowledgeAlert': { leaves: 'incident.alertAcknowledged', act: acknowledge },
  'incident.ownAlert': {
    leaves: 'incident.alertOwned',
    act: async (model) => {
      const [me] = okValue<'vault.listPeople'>(await model.call('vault.listPeople', {}));
      const ref = await alertRef(model);
      return model.call('incident.ownAlert', { ...ref, ownerId: me!.id, reason: 'on duty' });
    },
  },
  'incident.explainAlert': {
    leaves: 'incident.alertExplained',
    act: async (model) =>
      model.call('incident.explainAlert', { ...(await alertRef(model)), explanation: 'known' }),
  },
  'incident.snoozeAlert': {
    leaves: 'incident.alertSnoozed',
    act: async (model) => {
      const untilUtc = new Date(Date.now() + 3_600_000).toISOString();
      const ref = await alertRef(model);
      return model.call('incident.snoozeAlert', { ...ref, untilUtc, reason: 'night' });
    },
  },
  'incident.closeAlert': {
    leaves: 'incident.alertClosed',
    act: async (model) =>
      model.call('incident.closeAlert', { ...(await alertRef(model)), reason: 'fixed' }),
  },
};

async function alertRef({ call, modelId }: TestModel) {
  const [alert] = okValue<'incident.listAlerts'>(await call('incident.listAlerts', { modelId }));
  return { alertId: alert!.id, revision: alert!.revision };
}

async function acknowledge(model: TestModel): Promise<unknown> {
  return model.call('incident.acknowledgeAlert', { ...(await alertRef(model)), reason: 'seen' });
}
