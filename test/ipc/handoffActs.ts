import { join } from 'node:path';
import { addConfirmed, draftPacket, judgePacket, packetDraft, PIPELINES } from '../support/handoff';
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
