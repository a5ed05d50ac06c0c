import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelVersionId } from '../../shared/base/ids';
import { actionsOf, approveRules, importWindow, leadsTo, twoLive } from '../support/breach';
import { addConfirmed, draftPacket, judgePacket } from '../support/handoff';
import { anotherModel } from '../support/predictions';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, SIGNING, type TestModel } from '../support/testModel';

const MANAGER = 'Mara Manager';

let workspace: TestModel;
beforeAll(async () => {
  workspace = await createTestModel();
  await addConfirmed(workspace, MANAGER, ['manager']);
});
afterAll(() => workspace.close());

async function liveVersion({ call, modelId }: TestModel): Promise<number | null> {
  const { model } = okValue<'registry.getModel'>(await call('registry.getModel', { modelId }));
  return model.liveVersion;
}

async function alertsOf({ call, modelId }: TestModel) {
  return okValue<'incident.listAlerts'>(await call('incident.listAlerts', { modelId }));
}

async function setOutbox({ call, token }: TestModel, path: string | null): Promise<void> {
  const { revision } = okValue<'handoff.getOutbox'>(await call('handoff.getOutbox', {}));
  const source = path === null ? null : { token: token(path) };
  const change = { source, reason: 'The serving pipeline watches it', revision };
  okValue<'handoff.setOutbox'>(await call('handoff.setOutbox', change));
}

/** What the newest events about going back say. */
function rollbacks({ core, modelId }: TestModel): unknown[] {
  return core.context.vault
    .session()!
    .db.prepare<[string], string>(
      `SELECT e.body FROM audit_event e JOIN model_version v ON v.id = e.subject
       WHERE e.action = 'registry.rolledBack' AND v.model_id = ? ORDER BY e.seq`,
    )
    .pluck()
    .all(modelId)
    .map((body) => JSON.parse(body).after);
}

/** Closes every alert of a model, so that the next breach is a new fault. */
async function closeAlerts(model: TestModel): Promise<void> {
  for (const { id: alertId, revision } of await alertsOf(model)) {
    okValue<'incident.acknowledgeAlert'>(
      await model.call('incident.acknowledgeAlert', { alertId, revision, reason: 'seen' }),
    );
    okValue<'incident.closeAlert'>(
      await model.call('incident.closeAlert', {
        alertId,
        revision: revision + 1,
        reason: 'dealt with',
      }),
    );
  }
}

describe('a broken performance rule', () => {
  it('opens one incident for one fault, which says by which revision', async () => {
    const model = await anotherModel(workspace);
    await leadsTo(model, 'openIncident');
    await importWindow(model, model.versionId, 'good');
    expect(await actionsOf(model)).toEqual([]);
    await importWindow(model, model.versionId, 'bad');
    await importWindow(model, model.versionId, 'bad');
    const incidents = okValue<'incident.listIncidents'>(
      await model.call('incident.listIncidents', { modelId: model.modelId }),
    );
    expect(incidents).toHaveLength(1);
    const incident = okValue<'incident.getIncident'>(
      await model.call('incident.getIncident', { incidentId: incidents[0]!.id }),
    );
    expect(incident.steps[0]!.text).toMatch(/^By revision 1 of the performance rules: Accuracy is/);
    expect(await actionsOf(model)).toMatchObject([
      { action: 'openIncident', outcome: { outcome: 'done', subjectId: incident.id } },
    ]);
  });

  it('recommends a rollback, and takes none', async () => {
    const model = await anotherModel(workspace);
    const second = await twoLive(model);
    await leadsTo(model, 'recommendRollback');
    await importWindow(model, second, 'bad');
    expect(await actionsOf(model)).toMatchObject([
      { outcome: { outcome: 'recommended', text: 'Roll back to version 1.' }, rollbackTo: 1 },
    ]);
    expect(await liveVersion(model)).toBe(2);
  });

  it('drafts a packet for retraining, which its rule’s setter does not approve', async () => {
    const model = await anotherModel(workspace);
    await leadsTo(model, 'retrain');
    await importWindow(model, model.versionId, 'bad');
    const [head] = okValue<'handoff.listPackets'>(
      await model.call('handoff.listPackets', { modelId: model.modelId }),
    );
    const packet = okValue<'handoff.getPacket'>(
      await model.call('handoff.getPacket', { packetId: head!.id }),
    );
    expect(packet).toMatchObject({
      isByRule: true,
      state: 'draft',
      content: {
        purpose: 'retrain',
        cause: { kind: 'rule', policy: 'performance', rulesRevision: 1 },
      },
      citations: [{ evidence: { kind: 'performance' }, isUnchanged: true }],
    });
    const ref = { recordType: 'handoff.packet', recordId: packet.id } as const;
    const { meanings } = okValue<'vault.previewSigning'>(
      await model.call('vault.previewSigning', ref),
    );
    expect(meanings.find(({ meaning }) => meaning === 'approval')?.obstacle).toContain('own work');
  });
});

describe('an automatic rollback', () => {
  it('is only recommended while nobody who may promote has signed the rules', async () => {
    const model = await anotherModel(workspace);
    const second = await twoLive(model);
    await leadsTo(model, 'rollBack');
    await importWindow(model, second, 'bad');
    expect(await actionsOf(model)).toMatchObject([
      {
        outcome: {
          outcome: 'recommended',
          text: expect.stringContaining('Nobody who may promote'),
        },
      },
    ]);
    expect(await liveVersion(model)).toBe(2);
  });

  it('takes the registry’s own step once, tells the outbox, and is taken back in one step', async () => {
    const model = await anotherModel(workspace);
    const second = await twoLive(model);
    await leadsTo(model, 'rollBack');
    await approveRules(model, MANAGER);
    const outbox = tempFolder();
    await setOutbox(model, outbox);
    await importWindow(model, second, 'bad');
    expect(await liveVersion(model)).toBe(1);
    expect(await actionsOf(model)).toMatchObject([
      { outcome: { outcome: 'done', text: 'Rolled back to version 1.' } },
    ]);
    const policy = { kind: 'performance', revision: 1, approvedBy: [MANAGER] };
    expect(rollbacks(model)).toMatchObject([{ policy }]);
    const [file] = readdirSync(outbox);
    expect(readdirSync(outbox)).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(outbox, file!), 'utf8'))).toMatchObject({
      schema: 'tag:assay,2026:rollback/v1',
      state: 'done',
      modelId: model.modelId,
      restore: { version: 1 },
      retire: { version: 2 },
      decision: { policy },
    });

    // A person takes it back; who serves is told of that as well.
    const back = { modelId: model.modelId, liveVersionId: model.versionId, reason: 'False alarm' };
    okValue<'registry.rollBack'>(await model.call('registry.rollBack', back));
    expect(await liveVersion(model)).toBe(2);
    expect(readdirSync(outbox)).toHaveLength(2);

    // A further breach does not send it round in circles.
    await closeAlerts(model);
    await importWindow(model, second, 'bad');
    expect(await liveVersion(model)).toBe(2);
    expect((await actionsOf(model))[0]).toMatchObject({
      outcome: {
        outcome: 'recommended',
        text: expect.stringContaining('itself restored by a rollback'),
      },
    });
    await setOutbox(model, null);
  });

  it('does not act by rules that were changed after they were signed', async () => {
    const model = await anotherModel(workspace);
    const second = await twoLive(model);
    await leadsTo(model, 'rollBack');
    await approveRules(model, MANAGER);
    await leadsTo(model, 'rollBack', 1);
    await importWindow(model, second, 'bad');
    expect(await liveVersion(model)).toBe(2);
  });

  it('says once that the outbox cannot be written to, and writes the manifest later', async () => {
    const model = await anotherModel(workspace);
    const second = await twoLive(model);
    await leadsTo(model, 'rollBack');
    await approveRules(model, MANAGER);
    const outbox = tempFolder();
    await setOutbox(model, outbox);
    rmSync(outbox, { recursive: true });
    await importWindow(model, second, 'bad');
    okValue<'handoff.settle'>(await model.call('handoff.settle', {}));
    expect(await liveVersion(model)).toBe(1);
    const blocked = (await alertsOf(model)).filter(({ rule }) => rule === 'outbox');
    expect(blocked).toHaveLength(1);
    expect(blocked[0]!.occurrences).toHaveLength(1);
    expect(blocked[0]!.occurrences[0]!.message).toContain('is not there or cannot be written to');
    const other = tempFolder();
    await setOutbox(model, other);
    expect(readdirSync(other)).toHaveLength(1);
    expect(okValue<'handoff.getOutbox'>(await model.call('handoff.getOutbox', {}))).toMatchObject({
      nWaiting: 0,
    });
    await setOutbox(model, null);
  });
});

describe('a retrained version', () => {
  async function preview(model: TestModel, packetId: string) {
    return model.call('registry.previewVersion', {
      modelId: model.modelId,
      description: 'Retrained',
      hyperparameters: {},
      metrics: {},
      trainingDataStageId: null,
      schema: [],
      packetId,
    });
  }

  it('names the approved packet that it came from, for ever', async () => {
    const model = await anotherModel(workspace);
    const packet = await draftPacket(model);
    expect(await preview(model, packet.id)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Packet 1 is not approved') },
    });
    okValue<'vault.signRecord'>(await judgePacket(model, packet.id, MANAGER));
    const { stageId } = okValue<'registry.previewVersion'>(await preview(model, packet.id));
    const version = okValue<'registry.registerVersion'>(
      await model.call('registry.registerVersion', { stageId, signing: SIGNING }),
    );
    expect(version.snapshot.fromPacket).toEqual({
      packetId: packet.id,
      number: 1,
      recordSha256: packet.recordSha256,
    });
    const shown = okValue<'handoff.getPacket'>(
      await model.call('handoff.getPacket', { packetId: packet.id }),
    );
    expect(shown.versions).toEqual([
      { versionId: version.id satisfies ModelVersionId, version: 2 },
    ]);
    const other = await anotherModel(workspace);
    expect(await preview(other, packet.id)).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});
