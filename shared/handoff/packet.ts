import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import {
  CanaryVerdictId,
  DriftReportId,
  HandoffPacketId,
  IncidentId,
  ModelId,
  ModelVersionId,
  PerformanceReportId,
  PersonId,
  PredictionLogId,
} from '../base/ids';
import { PlainText } from '../base/text';
import { UtcInstant } from '../base/time';
import { Reason } from '../registry/lifecycle';
import { PipelineSettings } from './pipelineSettings';

/** What a pipeline is asked to do. */
export const PACKET_PURPOSES = ['retrain', 'rollOut', 'rollBack'] as const;
export const PacketPurpose = z.enum(PACKET_PURPOSES);
export type PacketPurpose = z.infer<typeof PacketPurpose>;

/** A record that a packet rests on. */
export const PacketEvidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('driftReport'), reportId: DriftReportId }),
  z.strictObject({
    kind: z.literal('performance'),
    logId: PredictionLogId,
    reportId: PerformanceReportId,
  }),
  z.strictObject({ kind: z.literal('incident'), incidentId: IncidentId }),
  z.strictObject({ kind: z.literal('canaryVerdict'), verdictId: CanaryVerdictId }),
]);
export type PacketEvidence = z.infer<typeof PacketEvidence>;

/** Evidence with the digest of the record as it was when it was cited. */
export const CitedEvidence = z.strictObject({
  evidence: PacketEvidence,
  title: z.string(),
  atUtc: UtcInstant,
  /** SHA-256 of the record's canonical JSON. */
  sha256: Sha256Hex,
});
export type CitedEvidence = z.infer<typeof CitedEvidence>;

/** A version as it was frozen. */
const PacketVersion = z.strictObject({
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  snapshotSha256: Sha256Hex,
});
export type PacketVersion = z.infer<typeof PacketVersion>;

/** Why a packet was drafted. */
const PacketCause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person') }),
  /** A rule of this revision of a policy fired. */
  z.strictObject({
    kind: z.literal('rule'),
    policy: z.enum(['performance', 'retraining', 'canary']),
    ruleId: z.string(),
    /** Who set that revision, and so does not approve what comes of it. */
    setById: PersonId,
    rulesRevision: z.number().int().positive(),
    finding: z.string(),
  }),
]);
export type PacketCause = z.infer<typeof PacketCause>;

/** Share of the traffic for the candidate, in percent. */
export const TrafficPercent = z.number().min(0.1).max(99.9);

/** What is asked of the pipeline; its canonical JSON is part of what people approve. */
export const PacketContent = z.strictObject({
  title: z.string().trim().min(1).max(200).pipe(PlainText),
  purpose: PacketPurpose,
  /** What shall be done, and why. */
  request: Reason,
  /** Which version it is about: to be trained anew, to be rolled out, to be restored. */
  subject: PacketVersion,
  /** The version that was live when it was written; null where none was. */
  live: PacketVersion.nullable(),
  /** The version to go back to; null where no other was ever live. */
  previous: PacketVersion.nullable(),
  /** Of a rollout: the share of traffic for the subject beside the live version; null for all of it. */
  candidatePercent: TrafficPercent.nullable(),
  evidence: z.array(CitedEvidence).max(50).readonly(),
  settingsRevision: z.number().int().nonnegative(),
  settings: PipelineSettings,
  cause: PacketCause,
});
export type PacketContent = z.infer<typeof PacketContent>;

/** What a person writes of it; the rest core looks up. */
export const PacketDraft = z.strictObject({
  title: PacketContent.shape.title,
  purpose: PacketPurpose,
  request: Reason,
  versionId: ModelVersionId,
  candidatePercent: TrafficPercent.nullable(),
  evidence: z.array(PacketEvidence).max(50).readonly(),
});
export type PacketDraft = z.infer<typeof PacketDraft>;

export const PACKET_STATES = ['draft', 'approved', 'rejected', 'withdrawn'] as const;
export const PacketState = z.enum(PACKET_STATES);
export type PacketState = z.infer<typeof PacketState>;

export const PacketHead = z.strictObject({
  id: HandoffPacketId,
  modelId: ModelId,
  modelName: z.string(),
  /** Counts up from 1 within the model. */
  number: z.number().int().positive(),
  title: z.string(),
  purpose: PacketPurpose,
  state: PacketState,
  nEvidence: z.number().int().nonnegative(),
  isByRule: z.boolean(),
  createdAtUtc: UtcInstant,
  createdBy: z.string(),
  revision: z.number().int().positive(),
});
export type PacketHead = z.infer<typeof PacketHead>;

/** Evidence as it stands now. */
const ShownCitation = CitedEvidence.extend({
  /** False: the record changed since it was cited, as an incident does that goes on. */
  isUnchanged: z.boolean(),
});

/** One file for a pipeline. */
const ShownManifest = z.strictObject({
  path: z.string(),
  /** For what it is, in a few words. */
  use: z.string(),
  text: z.string(),
  /** Empty: it can be exported. */
  problems: z.array(z.strictObject({ where: z.string(), message: z.string() })).readonly(),
});
export type ShownManifest = z.infer<typeof ShownManifest>;

const PacketRevision = z.strictObject({
  revision: z.number().int().positive(),
  reason: z.string(),
  setAtUtc: UtcInstant,
  setBy: z.string(),
});

export const HandoffPacket = PacketHead.extend({
  content: PacketContent,
  /** SHA-256 of the canonical JSON of what people sign. */
  recordSha256: Sha256Hex,
  citations: z.array(ShownCitation).readonly(),
  manifests: z.array(ShownManifest).readonly(),
  /** Places of the settings where something looks like a password or token. */
  secretPlaces: z.array(z.string()).readonly(),
  /** Versions that were registered as made from it, newest first. */
  versions: z
    .array(z.strictObject({ versionId: ModelVersionId, version: z.number().int().positive() }))
    .readonly(),
  /** Oldest first. */
  revisions: z.array(PacketRevision).min(1).readonly(),
  /** Why and by whom it was taken back; null while it stands. */
  withdrawal: z.strictObject({ reason: z.string(), atUtc: UtcInstant, by: z.string() }).nullable(),
});
export type HandoffPacket = z.infer<typeof HandoffPacket>;

/** What a packet asks for, in a word. */
export const PURPOSE_WORDS: Readonly<Record<PacketPurpose, string>> = {
  retrain: 'Retrain',
  rollOut: 'Roll out',
  rollBack: 'Roll back',
};
