import { randomUUID } from 'node:crypto';
import { HandoffPacketId, type ModelId, type ModelVersionId } from '../../shared/base/ids';
import type { PacketCause, PacketEvidence } from '../../shared/handoff/packet';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { requireVersion } from '../registry/registryService';
import { insertPacket, insertPacketRevision } from './packetRepo';
import { contentOf } from './packetService';

interface RuleDraft {
  /** The version to train anew. */
  readonly versionId: ModelVersionId;
  readonly evidence: readonly PacketEvidence[];
  readonly cause: Omit<Extract<PacketCause, { kind: 'rule' }>, 'kind'>;
  /** Runs in the same write. */
  readonly also?: (db: Db, packetId: HandoffPacketId) => void;
}

/** Writes a packet down because a rule fired; people approve it as any other. */
export function draftByRule(ctx: AppContext, modelId: ModelId, draft: RuleDraft): HandoffPacketId {
  const { versionId, evidence, cause, also } = draft;
  const { version } = requireVersion(ctx, versionId).snapshot;
  const asked = {
    title: `Retrain version ${version}`,
    purpose: 'retrain' as const,
    request:
      `Train anew. Asked for by rule ${cause.ruleId} of the ${cause.policy} policy, revision ${cause.rulesRevision}: ${cause.finding}`.slice(
        0,
        2000,
      ),
    versionId,
    candidatePercent: null,
    evidence,
  };
  const content = contentOf(ctx, modelId, asked, { kind: 'rule', ...cause });
  const packetId = HandoffPacketId.parse(randomUUID());
  const after = { modelId, purpose: asked.purpose, title: asked.title, ruleId: cause.ruleId };
  ctx.write('handoff.packetDrafted', packetId, { after, reason: asked.request }, (db) => {
    insertPacket(db, {
      id: packetId,
      modelId,
      createdAtUtc: ctx.nowUtc(),
      createdBy: ctx.actor.id,
    });
    const by = { setAtUtc: ctx.nowUtc(), setBy: ctx.actor.id };
    insertPacketRevision(db, packetId, 0, { content, reason: asked.request, ...by });
    also?.(db, packetId);
  });
  return packetId;
}
