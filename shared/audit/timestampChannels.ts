import { z } from 'zod';
import { FileSource, Sha256Hex } from '../base/files';
import { TimestampRequestId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';

/** What an authority stated: these bytes existed at this time. */
const TimestampStamp = z.strictObject({
  /** The authority's own time (genTime). */
  stampedAtUtc: UtcInstant,
  /** Subject of the certificate that signed it; who vouches for that certificate is not checked. */
  authority: z.string(),
  serialHex: z.string(),
  importedAtUtc: UtcInstant,
  importedBy: z.string(),
});
export type TimestampStamp = z.infer<typeof TimestampStamp>;

/** A checkpoint of the log that a timestamping authority was asked to stamp (RFC 3161). */
export const Timestamp = z.strictObject({
  id: TimestampRequestId,
  /** Number of events that the checkpoint covers. */
  logSize: z.number().int().positive(),
  checkpointSha256: Sha256Hex,
  requestedAtUtc: UtcInstant,
  requestedBy: z.string(),
  /** Null until the authority's response is imported. */
  stamp: TimestampStamp.nullable(),
});
export type Timestamp = z.infer<typeof Timestamp>;

const ExportedRequest = z.strictObject({
  timestamp: Timestamp,
  path: z.string(),
  /** The checkpoint whose bytes get stamped; `openssl ts -verify -data` reads it. */
  checkpointPath: z.string(),
});
export type ExportedRequest = z.infer<typeof ExportedRequest>;

export const timestampChannels = {
  /** Writes a request for the checkpoint as it stands, and the checkpoint beside it, where the person says. */
  'audit.requestTimestamp': channel({
    input: z.strictObject({}),
    output: ExportedRequest,
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: [],
  }),
  /** Takes an authority's response that fits a request of this workspace and holds by itself. */
  'audit.importTimestamp': channel({
    input: z.strictObject({ source: FileSource }),
    output: Timestamp,
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT'],
  }),
  /** Newest first. */
  'audit.listTimestamps': channel({
    input: z.strictObject({}),
    output: z.array(Timestamp).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
} as const;
