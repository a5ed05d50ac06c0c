import { closeIncident } from '../support/incident';
import { colours, csvFile, evenly, okValue, type TestModel } from '../support/testModel';
import type { MutatingActs } from './mutatingActs';

/** One act per mutating call about alerts and incidents, in an order that their states allow. */
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
  'incident.openIncident': {
    leaves: 'incident.opened',
    act: async (model) => {
      const { alertId } = await alertRef(model);
      const draft = { title: 'Sizes moved', beganAtUtc: null, reason: 'All moved' };
      return model.call('incident.openIncident', { alertIds: [alertId], ...draft });
    },
  },
  'incident.addEntry': {
    leaves: 'incident.entryAdded',
    act: async (model) => {
      const entry = { kind: 'note', atUtc: '2026-01-02T03:04:05.000Z', evidence: null } as const;
      const ref = await incidentRef(model);
      return model.call('incident.addEntry', { ...ref, ...entry, text: 'Asked the supplier' });
    },
  },
  'incident.setBegan': {
    leaves: 'incident.beganSet',
    act: async (model) =>
      model.call('incident.setBegan', {
        ...(await incidentRef(model)),
        beganAtUtc: '2026-01-01T00:00:00.000Z',
        reason: 'Said the supplier',
      }),
  },
  'incident.writePostMortem': {
    leaves: 'incident.postMortemWritten',
    act: async (model) =>
      model.call('incident.writePostMortem', { ...(await incidentRef(model)), text: 'Inches' }),
  },
  'incident.closeIncident': {
    leaves: 'incident.closed',
    act: async (model) => {
      const back = csvFile({ size: evenly(0), colour: colours(0.5) });
      const { id } = okValue<'drift.importBatch'>(await model.importBatch(back, 'Back'));
      const evidence = { kind: 'driftReport', reportId: id } as const;
      const ref = await incidentRef(model);
      return closeIncident(model, ref, evidence);
    },
  },
  'incident.reopenIncident': {
    leaves: 'incident.reopened',
    act: async (model) =>
      model.call('incident.reopenIncident', { ...(await incidentRef(model)), reason: 'again' }),
  },
  'incident.setTarget': {
    leaves: 'incident.targetSet',
    act: ({ call, modelId }) =>
      call('incident.setTarget', { modelId, targetHours: 24, reason: 'critical', revision: 0 }),
  },
  'incident.closeAlert': {
    leaves: 'incident.alertClosed',
    async act(model) {
      await model.importDrifted();
      await acknowledge(model);
      return model.call('incident.closeAlert', { ...(await alertRef(model)), reason: 'fixed' });
    },
  },
};

async function alertRef({ call, modelId }: TestModel) {
  const [alert] = okValue<'incident.listAlerts'>(await call('incident.listAlerts', { modelId }));
  return { alertId: alert!.id, revision: alert!.revision };
}

async function incidentRef({ call, modelId }: TestModel) {
  const [incident] = okValue<'incident.listIncidents'>(
    await call('incident.listIncidents', { modelId }),
  );
  return { incidentId: incident!.id, revision: incident!.revision };
}

async function acknowledge(model: TestModel): Promise<unknown> {
  return model.call('incident.acknowledgeAlert', { ...(await alertRef(model)), reason: 'seen' });
}
