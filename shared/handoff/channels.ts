import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { FileSource, Sha256Hex } from '../base/files';
import { HandoffPacketId, ModelId } from '../base/ids';
import { channel } from '../ipc/channel';
import { Reason } from '../registry/lifecycle';
import { ROLES } from '../vault/person';
import { CitedEvidence, HandoffPacket, PacketDraft, PacketHead } from './packet';
import { PacketCheck } from './packetCheck';
import { PipelineSettings, PipelineSettingsRevision } from './pipelineSettings';

const PacketRef = z.strictObject({
  packetId: HandoffPacketId,
  revision: z.number().int().positive(),
});
const ofModel = z.strictObject({ modelId: ModelId });

const READ = { allow: ROLES, session: 'unlocked', mutates: false } as const;
const WRITE = { allow: ['analyst', 'manager'], session: 'unlocked', mutates: true } as const;

export const PACKET_FORMATS = ['zip', 'folder'] as const;
export const ExportedPacket = z.strictObject({
  /** For people to read; the window never names it. */
  path: z.string(),
  fileName: z.string(),
  format: z.enum(PACKET_FORMATS),
  /** Of the ZIP file; of a folder: of its list of digests. */
  sha256: Sha256Hex,
  sizeBytes: z.number().int().nonnegative(),
});
export type ExportedPacket = z.infer<typeof ExportedPacket>;

export const handoffChannels = {
  /** Packets of one model or of all, newest first. */
  'handoff.listPackets': channel({
    ...READ,
    input: z.strictObject({ modelId: ModelId.nullable() }),
    output: z.array(PacketHead).readonly(),
    errors: [],
  }),
  'handoff.getPacket': channel({
    ...READ,
    input: z.strictObject({ packetId: HandoffPacketId }),
    output: HandoffPacket,
    errors: ['NOT_FOUND'],
  }),
  /** Records of a model that a packet can cite, newest first. */
  'handoff.evidenceChoices': channel({
    ...READ,
    input: ofModel,
    output: z.array(CitedEvidence.omit({ sha256: true })).readonly(),
    errors: ['NOT_FOUND'],
  }),
  /** Writes a packet down, for others to approve. NOT_FOUND: version or evidence is not of this model. */
  'handoff.draftPacket': channel({
    ...WRITE,
    input: z.strictObject({ modelId: ModelId, draft: PacketDraft }),
    output: HandoffPacket,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Changes what a packet asks; signatures under it are outdated then. CONFLICT: somebody was first. */
  'handoff.revisePacket': channel({
    ...WRITE,
    input: PacketRef.extend({ draft: PacketDraft, reason: Reason }),
    output: HandoffPacket,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  'handoff.withdrawPacket': channel({
    ...WRITE,
    input: PacketRef.extend({ reason: Reason }),
    output: HandoffPacket,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Signs an approved packet and writes it where the person says. CONFLICT: not approved, or not valid. */
  'handoff.exportPacket': channel({
    ...WRITE,
    input: PacketRef.extend({ format: z.enum(PACKET_FORMATS), signing: SigningAct }),
    output: ExportedPacket,
    errors: ['NOT_FOUND', 'CONFLICT', 'INTEGRITY'],
  }),
  /** Checks a packet that was received, step by step; works without a workspace. */
  'handoff.verifyPacket': channel({
    input: z.strictObject({
      source: FileSource,
      /** Fingerprints that the reader got by another way, by printed name. */
      trusted: z.record(z.string(), Sha256Hex),
    }),
    output: z.strictObject({ fileName: z.string(), check: PacketCheck }),
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  'handoff.getSettings': channel({
    ...READ,
    input: ofModel,
    output: PipelineSettingsRevision,
    errors: ['NOT_FOUND'],
  }),
  /** Says where a model's pipelines are, with a reason. CONFLICT carries the `current` settings. */
  'handoff.setSettings': channel({
    ...WRITE,
    input: ofModel.extend({
      policy: PipelineSettings,
      reason: Reason,
      revision: z.number().int().nonnegative(),
    }),
    output: PipelineSettingsRevision,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
