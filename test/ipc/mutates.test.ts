import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../shared/ipc/channel';
import { contract, type ChannelName } from '../../shared/ipc/contract';
import { emptyCard } from '../../shared/card/cardContent';
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
import {
  addPerson,
  invite,
  personNamed,
  signAccountability,
  signAs,
  signInAs,
} from '../support/people';
import { FakeKeychain } from '../support/fakeKeychain';
import { addPicture } from '../support/cardPicture';
import { createTestCore, PASSPHRASE } from '../support/testCore';
import { PRINTED_NAME } from '../support/testVault';
import { createLocalTsa } from '../support/localTsa';
import { createDesk } from '../audit/timestampDesk';
import { tempFolder } from '../support/tempFolder';
import { canaryActs } from './canaryActs';
import { explanationActs } from './explanationActs';
import { handoffActs } from './handoffActs';
import { dataflowActs } from './dataflowActs';
import { featureActs } from './featureActs';
import { incidentActs } from './incidentActs';
import { intakeActs } from './intakeActs';
import type { MutatingActs } from './mutatingActs';
import { performanceActs } from './performanceActs';
import { registryActs } from './registryActs';

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
const ACTS: MutatingActs = {
  ...registryActs,
  ...canaryActs,
  ...explanationActs,
  ...featureActs,
  ...dataflowActs,
  'vault.addPerson': {
    leaves: 'vault.personAdded',
    act: (model) => invite(model, 'Bela Reviewer', ['reviewer']),
  },
  'vault.setRoles': {
    leaves: 'vault.rolesChanged',
    act: async (model) => {
      const { id: personId, revision } = await personNamed(model, 'Bela Reviewer');
      const change = { personId, revision, roles: ['manager' as const], reason: 'Promoted' };
      return model.call('vault.setRoles', change);
    },
  },
  'vault.recordTraining': {
    leaves: 'vault.trainingRecorded',
    act: async (model) => {
      const { id: personId } = await personNamed(model, 'Bela Reviewer');
      const note = { topic: 'SOP 12', trainedOn: '2026-01-02' };
      return model.call('vault.recordTraining', { personId, ...note });
    },
  },
  'vault.resetAccess': {
    leaves: 'vault.accessReset',
    act: async (model) => {
      const { id: personId, revision } = await personNamed(model, 'Bela Reviewer');
      const reset = { personId, revision, reason: 'Lost', passphrase: PASSPHRASE };
      return model.call('vault.resetAccess', reset);
    },
  },
  'vault.deactivatePerson': {
    leaves: 'vault.personDeactivated',
    act: async (model) => {
      const { id: personId, revision } = await personNamed(model, 'Bela Reviewer');
      return model.call('vault.deactivatePerson', { personId, revision, reason: 'Left' });
    },
  },
  'vault.makeRecoveryKit': {
    leaves: 'vault.recoveryKitMade',
    act: ({ call }) => call('vault.makeRecoveryKit', { passphrase: PASSPHRASE }),
  },
  'vault.signAccountability': { leaves: 'vault.accountabilitySigned', act: signAccountability },
  'vault.signRecord': {
    leaves: 'vault.recordSigned',
    // Nobody has set the default policy, so nobody's work is judged here.
    act: ({ call, modelId }) =>
      signAs(call, 'vault.signRecord', { recordType: 'drift.policy', recordId: modelId }, 'review'),
  },
  'vault.confirmKey': { leaves: 'vault.keyConfirmed', act: confirmNewKey },
  'vault.changePassphrase': {
    leaves: 'vault.passphraseChanged',
    act: async ({ call }) => {
      const other = `${PASSPHRASE} again`;
      await call('vault.changePassphrase', { passphrase: PASSPHRASE, newPassphrase: other });
      return call('vault.changePassphrase', { passphrase: other, newPassphrase: PASSPHRASE });
    },
  },
  'vault.enableKeychain': {
    leaves: 'vault.keychainEnabled',
    act: ({ call }) => call('vault.enableKeychain', { passphrase: PASSPHRASE }),
  },
  'vault.disableKeychain': {
    leaves: 'vault.keychainDisabled',
    act: ({ call }) => call('vault.disableKeychain', {}),
  },
  'card.save': {
    leaves: 'card.saved',
    act: ({ call, versionId }) => {
      const content = { ...emptyCard(), overview: 'Who will leave' };
      return call('card.save', { versionId, revision: 0, content });
    },
  },
  'card.fill': {
    leaves: 'card.filled',
    act: ({ call, versionId }) => call('card.fill', { versionId, revision: 1 }),
  },
  'card.addPicture': { leaves: 'card.pictureAdded', act: (model) => addPicture(model) },
  'card.export': {
    leaves: 'card.exported',
    act: ({ call, picks, versionId }) => {
      picks.push(join(tempFolder(), 'card.html'));
      return call('card.export', { versionId, format: 'html', which: 'newest' });
    },
  },
  'card.import': {
    leaves: 'card.imported',
    act: async ({ call, token, versionId }) => {
      const path = join(tempFolder(), 'README.md');
      writeFileSync(path, '---\nlicense: mit\n---\n# Model Card for X\n\nSorts.\n');
      const { stageId } = okValue<'card.inspectImport'>(
        await call('card.inspectImport', { source: { token: token(path) } }),
      );
      return call('card.import', { versionId, revision: 2, stageId });
    },
  },
  'card.comment': {
    leaves: 'card.commented',
    act: ({ call, versionId }) =>
      call('card.comment', { versionId, field: 'limitations', text: 'Which ones?' }),
  },
  'card.resolveComment': {
    leaves: 'card.commentResolved',
    act: async ({ call, versionId }) => {
      const { comments } = okValue<'card.get'>(await call('card.get', { versionId }));
      return call('card.resolveComment', { commentId: comments[0]!.id, resolution: 'None' });
    },
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
  ...performanceActs,
  ...incidentActs,
  ...handoffActs,
  ...intakeActs,
  'audit.exportPackage': { leaves: 'audit.packageSigned', act: exportPackage },
  'vault.backUp': { leaves: 'vault.backedUp', act: backUp },
  'audit.requestTimestamp': {
    leaves: 'audit.timestampRequested',
    act: ({ call, picks }) => {
      picks.push(join(tempFolder(), 'request.tsq'));
      return call('audit.requestTimestamp', {});
    },
  },
  'audit.importTimestamp': { leaves: 'audit.timestampImported', act: importTimestamp },
};

/** Somebody comes, makes their keys, and the first person confirms them. */
async function confirmNewKey(model: TestModel): Promise<unknown> {
  const owner = await personNamed(model, PRINTED_NAME);
  await addPerson(model, 'Cem Analyst', ['analyst']);
  await signInAs(model, owner.id, PASSPHRASE);
  const { key } = await personNamed(model, 'Cem Analyst');
  const ref = { recordType: 'vault.key', recordId: key!.keyId } as const;
  const typed = { printedName: PRINTED_NAME };
  return signAs(model.call, 'vault.confirmKey', ref, 'approval', typed);
}

async function freezeReference({ call, token, modelId }: TestModel): Promise<unknown> {
  const { newest } = okValue<'registry.getModel'>(await call('registry.getModel', { modelId }));
  const { id: versionId } = newest!;
  const source = { token: token(csvFile({ size: evenly(0), colour: colours(0.5) })) };
  const { stageId } = okValue<'drift.inspectReference'>(
    await call('drift.inspectReference', { versionId, source }),
  );
  const columns = [{ name: 'size', kind: 'numeric', role: 'feature' }] as const;
  return call('drift.freezeReference', { versionId, stageId, columns });
}

async function exportPackage({ call, modelId, picks }: TestModel): Promise<unknown> {
  picks.push(join(tempFolder(), 'package.zip'));
  const scope = { modelId, periodStart: null, periodEnd: null };
  const { stageId } = okValue<'audit.previewPackage'>(await call('audit.previewPackage', scope));
  return call('audit.exportPackage', { stageId, signing: SIGNING });
}

function backUp({ call, picks }: TestModel): Promise<unknown> {
  picks.push(join(tempFolder(), 'copy.assaybackup'));
  return call('vault.backUp', { passphrase: PASSPHRASE });
}

async function importTimestamp(model: TestModel): Promise<unknown> {
  const tsa = createLocalTsa(tempFolder());
  const desk = createDesk(model, tsa);
  const { path } = await desk.exportRequest();
  return desk.importFile(tsa.reply(path, tsa.issue('Test TSA', 'ec')));
}

describe('every call that changes records', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await createTestModel({ keychain: new FakeKeychain() });
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
