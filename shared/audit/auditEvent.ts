import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { PersonId } from '../base/ids';
import { UtcInstant } from '../base/time';

/** The signed body of an audit event; its canonical JSON is one leaf of the log. */
export const AuditEventBody = z.strictObject({
  seq: z.number().int().positive(),
  /** Leaf hash of the event before, 64 zeros for the first. */
  prev: Sha256Hex,
  workspaceId: z.uuid(),
  atUtc: UtcInstant,
  utcOffsetMinutes: z.number().int(),
  /** Milliseconds since the machine started; shows a clock that was set back. */
  monotonicMs: z.number().int().nonnegative(),
  /** Which start of the application wrote it. */
  bootId: z.uuid(),
  actorId: PersonId,
  actorName: z.string(),
  actorRoles: z.array(z.string()).readonly(),
  /** SHA-256 of the public key that signed this event. */
  keyId: Sha256Hex,
  /** `<capability>.<what happened>`, e.g. `drift.batchImported`. */
  action: z.string(),
  /** Identifier of the record it is about. */
  subject: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  reason: z.string().nullable(),
  /** SHA-256 over the digests of the records it changed; absent when it changed none. */
  recordsSha256: Sha256Hex.optional(),
});
export type AuditEventBody = z.infer<typeof AuditEventBody>;

export const AuditEvent = AuditEventBody.extend({
  leafHash: Sha256Hex,
  /** True when the wall clock stood before the event before. */
  isClockAnomaly: z.boolean(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
