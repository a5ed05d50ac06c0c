import { z } from 'zod';
import { STATEMENT_TYPE } from '../audit/auditPackage';
import { Meaning } from '../audit/signature';
import { Sha256Hex } from '../base/files';
import { HandoffPacketId, ModelId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { PacketContent } from './packet';

export const PACKET_PREDICATE_TYPE = 'tag:assay,2026:handoff-packet/v1';

/** What people approve: `packet.json` of a packet that left the workspace. */
export const PacketRecord = z.strictObject({
  v: z.literal(1),
  packetId: HandoffPacketId,
  modelId: ModelId,
  modelName: z.string(),
  number: z.number().int().positive(),
  revision: z.number().int().positive(),
  content: PacketContent,
});
export type PacketRecord = z.infer<typeof PacketRecord>;

/** What whoever hands a packet over signs: every file, and who they are. */
export const PacketStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z
    .array(z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: Sha256Hex }) }))
    .readonly(),
  predicateType: z.literal(PACKET_PREDICATE_TYPE),
  predicate: z.strictObject({
    packetId: HandoffPacketId,
    number: z.number().int().positive(),
    revision: z.number().int().positive(),
    recordSha256: Sha256Hex,
    meaning: Meaning,
    reason: z.string(),
    signedAtUtc: UtcInstant,
    handedOverBy: z.strictObject({ printedName: z.string(), keySha256Hex: Sha256Hex }),
  }),
});
export type PacketStatement = z.infer<typeof PacketStatement>;

/** The steps of a check in their order, with the titles people read. */
export const PACKET_STEPS = {
  form: 'The files are those of a hand-off packet',
  digests: 'Every file has the digest that the statement names',
  statement: 'The statement is bound to the packet that was approved',
  handOver: 'Whoever hands it over signed this statement',
  approval: 'Somebody approved exactly this packet, and nobody rejected it',
  trustedKeys: 'The signing keys are the known ones',
} as const;
export type PacketStepId = keyof typeof PACKET_STEPS;

const PacketStep = z.strictObject({
  id: z.enum(Object.keys(PACKET_STEPS) as [PacketStepId]), // keys() widens to string
  title: z.string(),
  status: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string(),
});
export type PacketStep = z.infer<typeof PacketStep>;

export const PacketCheck = z.strictObject({
  /** No step failed and none was left out, except the comparison of keys when no fingerprint was given. */
  isValid: z.boolean(),
  steps: z.array(PacketStep).readonly(),
  /** What it asks for; null where that cannot be read. */
  packet: PacketRecord.nullable(),
});
export type PacketCheck = z.infer<typeof PacketCheck>;
