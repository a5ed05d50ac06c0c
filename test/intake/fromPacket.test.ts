import { afterAll, beforeAll, expect, it } from 'vitest';
import { addConfirmed, draftPacket, judgePacket } from '../support/handoff';
import { createTestModel, okValue, SIGNING, type TestModel } from '../support/testModel';
import { createWatchedFolder, take, watch, type WatchedFolder } from '../support/watchedFolder';

const REVIEWER = 'Rosa Reviewer';
let model: TestModel;
let inbox: WatchedFolder;
beforeAll(async () => {
  model = await createTestModel();
  await addConfirmed(model, REVIEWER, ['reviewer']);
  inbox = createWatchedFolder();
  await watch(model, inbox);
});
afterAll(() => model.close());

function deliver(name: string, fromPacket: number): void {
  inbox.dropSidecar(name, { assay: 1, kind: 'newVersion', model: 'Churn', fromPacket });
}

it('a delivered version names the approved packet that asked for it, and is linked to it by signature', async () => {
  const packet = await draftPacket(model);
  okValue<'vault.signRecord'>(await judgePacket(model, packet.id, REVIEWER));
  deliver('v2', packet.number);
  const { taken } = await take(model, SIGNING);
  expect(taken).toMatchObject([{ outcome: 'imported', action: 'registry.versionRegistered' }]);
  const { versions } = okValue<'handoff.getPacket'>(
    await model.call('handoff.getPacket', { packetId: packet.id }),
  );
  expect(versions).toEqual([{ versionId: taken[0]!.subject, version: 2 }]);
});

it('a packet that is not there or not approved is refused with its number', async () => {
  const draft = await draftPacket(model, { title: 'Not yet' });
  deliver('v3', draft.number);
  deliver('v4', 99);
  const { taken } = await take(model, SIGNING);
  expect(taken.map(({ outcome, problem }) => [outcome, problem?.code])).toEqual([
    ['failed', 'CONFLICT'],
    ['failed', 'NOT_FOUND'],
  ]);
  expect(taken.map(({ problem }) => problem?.message)).toEqual([
    expect.stringContaining('Packet 2 is not approved') as string,
    expect.stringContaining('The model has no hand-off packet 99') as string,
  ]);
});
