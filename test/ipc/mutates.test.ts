import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import type { Channel } from '../../shared/ipc/channel';
import { contract, type ChannelName } from '../../shared/ipc/contract';
import { DEFAULT_DRIFT_POLICY } from '../../shared/drift/driftPolicy';
import {
  createTestModel,
  csvFile,
  colours,
  evenly,
  okValue,
  SIGNING,
  type TestModel,
} from '../support/testModel';
import { createTestCore, PASSPHRASE } from '../support/testCore';
import { tempFolder } from '../support/tempFolder';

/** The last events of the log, newest first, read past the gate so that nothing is added. */
function actions(test: Pick<TestModel, 'core'>): string[] {
  const session = test.core.context.vault.session();
  if (session === null) throw new Error('the workspace is locked');
  return session.db
    .prepare<[], string>('SELECT action FROM audit_event ORDER BY seq DESC')
    .pluck()
    .all();
}

/** One act per mutating call of a signed-in person: what to call, and the event it must leave. */
const ACTS: Readonly<
  Record<string, { readonly leaves: string; act(model: TestModel): Promise<unknown> }>
> = {
  'registry.createModel': {
    leaves: 'registry.modelCreated',
    act: ({ call }) => call('registry.createModel', { name: 'Other', purpose: 'p', owner: 'o' }),
  },
  'registry.registerVersion': {
    leaves: 'registry.versionRegistered',
    act: ({ call, modelId }) =>
      call('registry.registerVersion', {
        modelId,
        description: '',
        hyperparameters: {},
        metrics: {},
        trainingDataStageId: null,
        schema: [],
        signing: SIGNING,
      }),
  },
  'drift.freezeReference': { leaves: 'drift.referenceFrozen', act: freezeReference },
  'drift.importBatch': { leaves: 'drift.batchImported', act: (model) => model.importDrifted() },
  'drift.setPolicy': {
    leaves: 'drift.policySet',
    act: ({ call, modelId }) =>
      call('drift.setPolicy', {
        modelId,
        policy: DEFAULT_DRIFT_POLICY,
        reason: 'kept',
        revision: 0,
      }),
  },
  'incident.acknowledgeAlert': { leaves: 'incident.alertAcknowledged', act: acknowledge },
  'audit.exportPackage': { leaves: 'audit.packageSigned', act: exportPackage },
};

async function freezeReference({ call, token, modelId }: TestModel): Promise<unknown> {
  const { versions } = okValue<'registry.getModel'>(await call('registry.getModel', { modelId }));
  const { id: versionId } = versions[0]!;
  const source = { token: token(csvFile({ size: evenly(0), colour: colours(0.5) })) };
  const { stageId } = okValue<'drift.inspectReference'>(
    await call('drift.inspectReference', { versionId, source }),
  );
  const columns = [{ name: 'size', kind: 'numeric', role: 'feature' }] as const;
  return call('drift.freezeReference', { versionId, stageId, columns });
}

async function acknowledge({ call, modelId }: TestModel): Promise<unknown> {
  const [alert] = okValue<'incident.listAlerts'>(await call('incident.listAlerts', { modelId }));
  return call('incident.acknowledgeAlert', { alertId: alert!.id, reason: 'seen', revision: 0 });
}

async function exportPackage({ call, modelId, picks }: TestModel): Promise<unknown> {
  picks.push(join(tempFolder(), 'package.zip'));
  const scope = { modelId, periodStart: null, periodEnd: null };
  const { stageId } = okValue<'audit.previewPackage'>(await call('audit.previewPackage', scope));
  return call('audit.exportPackage', { stageId, signing: SIGNING });
}

describe('every call that changes records', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await createTestModel();
  });
  afterAll(() => model.close());

  it('is on the list below (a new one must be added)', () => {
    const mutating = (Object.entries(contract) as [ChannelName, Channel][])
      .filter(
        ([name, { mutates, session }]) =>
          mutates && session === 'unlocked' && name !== 'vault.lock',
      )
      .map(([name]) => name);
    expect(mutating.sort()).toEqual(Object.keys(ACTS).sort());
  });

  it.each(Object.entries(ACTS))('%s leaves its event', async (_name, { leaves, act }) => {
    const before = actions(model).length;
    expect(await act(model)).not.toMatchObject({ ok: false });
    const after = actions(model);
    expect(after.slice(0, after.length - before)).toContain(leaves);
  });
});

describe('signing in and out', () => {
  it('leaves an event for each act', async () => {
    const test = await createTestCore();
    const person = test.core.context.vault.session()!.actor.id;
    expect(actions(test)).toContain('vault.created');
    okValue<'vault.lock'>(await test.call('vault.lock', { reason: 'person' }));
    okValue<'vault.unlock'>(
      await test.call('vault.unlock', { personId: person, passphrase: PASSPHRASE }),
    );
    expect(actions(test).slice(0, 2)).toEqual(['vault.unlocked', 'vault.locked']);
    test.close();
  });
});
