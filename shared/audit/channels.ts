import { z } from 'zod';
import { FileSource, Sha256Hex } from '../base/files';
import { ModelId, StageId } from '../base/ids';
import { CalendarDay, UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { MeaningChoice } from '../vault/signable';
import { AuditEvent } from './auditEvent';
import { RevocationList, VerificationResult } from './auditPackage';
import { SigningAct } from './signature';

const Count = z.number().int().nonnegative();

const EventPage = z.strictObject({
  events: z.array(AuditEvent).readonly(),
  nTotal: Count,
});
export type EventPage = z.infer<typeof EventPage>;

/** What a sweep over the whole log found. */
export const ChainVerification = z.strictObject({
  nEvents: Count,
  isIntact: z.boolean(),
  rootSha256: Sha256Hex,
  verifiedAtUtc: UtcInstant,
  /** First event that does not fit, and why; null when the chain is intact. */
  broken: z.strictObject({ seq: Count, problem: z.string() }).nullable(),
});
export type ChainVerification = z.infer<typeof ChainVerification>;

export const PackageScope = z.strictObject({
  modelId: ModelId,
  periodStart: CalendarDay.nullable(),
  periodEnd: CalendarDay.nullable(),
});

/** Exactly what will be signed, before the passphrase is asked for. */
const PackagePreview = z.strictObject({
  stageId: StageId,
  modelName: z.string(),
  records: z
    .array(z.strictObject({ path: z.string(), title: z.string(), sizeBytes: Count }))
    .readonly(),
  nEvents: Count,
  logSize: Count,
  manifestSha256: Sha256Hex,
  keyId: Sha256Hex,
  meanings: z.array(MeaningChoice).readonly(),
});
export type PackagePreview = z.infer<typeof PackagePreview>;

const ExportedPackage = z.strictObject({
  path: z.string(),
  reportPath: z.string(),
  sha256: Sha256Hex,
  sizeBytes: Count,
  /** To be sent to the auditor by another way than the package. */
  keyFingerprints: z.array(z.strictObject({ name: z.string(), fingerprint: Sha256Hex })).readonly(),
  verification: VerificationResult,
});
export type ExportedPackage = z.infer<typeof ExportedPackage>;

export const auditChannels = {
  /** Newest first. */
  'audit.listEvents': channel({
    input: z.strictObject({
      offset: Count,
      limit: z.number().int().min(1).max(500),
      text: z.string().max(200).nullable(),
    }),
    output: EventPage,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Checks every event: order, links, signatures, and the heads kept outside the database. */
  'audit.verifyChain': channel({
    input: z.strictObject({}),
    output: ChainVerification,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  'audit.previewPackage': channel({
    input: PackageScope,
    output: PackagePreview,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'INSUFFICIENT_DATA', 'INTEGRITY'],
  }),
  /** Signs the previewed package, writes it where the person says, and verifies the written bytes. */
  'audit.exportPackage': channel({
    input: z.strictObject({ stageId: StageId, signing: SigningAct }),
    output: ExportedPackage,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'INTEGRITY', 'INSUFFICIENT_DATA'],
  }),
  /** Checks any package, step by step; works without a workspace. */
  'audit.verifyPackage': channel({
    input: z.strictObject({
      source: FileSource,
      trusted: z.record(z.string(), Sha256Hex),
      /** A revocation list that reached the reader later than the package. */
      revoked: RevocationList.default([]),
    }),
    output: z.strictObject({ fileName: z.string(), verification: VerificationResult }),
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
} as const;
