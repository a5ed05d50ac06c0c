import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { twoLive } from '../support/breach';
import { addConfirmed, draftPacket, judgePacket, packetDraft, PIPELINES } from '../support/handoff';
import { anotherModel } from '../support/predictions';
import { tempFolder } from '../support/tempFolder';
import { SIGNING } from '../support/testModel';
import type { MutatingActs } from './mutatingActs';

/** One act per mutating call about hand-off packets. */
export const handoffActs: MutatingActs = {
  'handoff.setSettings': {
    leaves: 'handoff.settingsSet',
    act: ({ call, modelId }) =>
      call('handoff.setSettings', { modelId, policy: PIPELINES, reason: 'Ours', revision: 0 }),
  },
  'handoff.draftPacket': { leaves: 'handoff.packetDrafted', act: (model) => draftPacket(model) },
  'handoff.revisePacket': {
    leaves: 'handoff.packetRevised',
    act: async (model) => {
      const { id: packetId, revision } = await draftPacket(model);
      const draft = packetDraft(model, { title: 'Train anew' });
      return model.call('handoff.revisePacket', { packetId, revision, draft, reason: 'Clearer' });
    },
  },
  'handoff.withdrawPacket': {
    leaves: 'handoff.packetWithdrawn',
    act: async (model) => {
      const { id: packetId, revision } = await draftPacket(model);
      return model.call('handoff.withdrawPacket', { packetId, revision, reason: 'Not needed' });
    },
  },
  'handoff.setRules': {
    leaves: 'handoff.rulesSet',
    act: ({ call, modelId }) => {
      const rules = [{ id: 'month', isEnabled: true, kind: 'schedule' as const, everyDays: 30 }];
      return call('handoff.setRules', { modelId, policy: { rules }, reason: 'Ours', revision: 0 });
    },
  },
  'handoff.setOutbox': {
    leaves: 'handoff.outboxSet',
    act: ({ call, token }) => {
      const source = { token: token(tempFolder()) };
      return call('handoff.setOutbox', { source, reason: 'Ours', revision: 0 });
    },
  },
  'handoff.settle': {
    leaves: 'handoff.manifestWritten',
    act: async (workspace) => {
      const model = await anotherModel(workspace);
      const { call, modelId, token } = model;
      const folder = tempFolder();
      const change = { source: { token: token(folder) }, reason: 'Ours', revision: 1 };
      await call('handoff.setOutbox', change);
      const liveVersionId = await twoLive(model);
      rmSync(folder, { recursive: true });
      await call('registry.rollBack', { modelId, liveVersionId, reason: 'Worse' });
      mkdirSync(folder);
      return call('handoff.settle', {});
    },
  },
  'handoff.exportPacket': {
    leaves: 'handoff.packetExported',
    act: async (model) => {
      const { id: packetId, revision } = await draftPacket(model);
      await addConfirmed(model, 'Rosa Reviewer', ['reviewer']);
      await judgePacket(model, packetId, 'Rosa Reviewer');
      model.picks.push(join(tempFolder(), 'packet.zip'));
      const signing = { ...SIGNING, meaning: 'responsibility' as const };
      return model.call('handoff.exportPacket', { packetId, revision, format: 'zip', signing });
    },
  },
};
