import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { PersonId, WorkspaceId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { Role } from '../vault/person';
import { Meaning } from './signature';

/** Set before the signed bytes, so that a signature under a record fits nothing else. */
export const RECORD_STATEMENT_TYPE = 'application/vnd.assay.record-signature+json';

/** What a person signs when they sign a record: everything that is shown with the signature. */
export const RecordStatement = z.strictObject({
  v: z.literal(1),
  workspaceId: WorkspaceId,
  recordType: z.string(),
  recordId: z.string(),
  recordSha256: Sha256Hex,
  meaning: Meaning,
  reason: z.string(),
  personId: PersonId,
  printedName: z.string(),
  roles: z.array(Role).readonly(),
  signedAtUtc: UtcInstant,
  utcOffsetMinutes: z.int(),
  /** `behind`: the clock stood before the last event of the log. */
  clockState: z.enum(['ok', 'behind']),
  logSize: z.int().nonnegative(),
  logRootSha256: Sha256Hex,
  keyId: Sha256Hex,
});
export type RecordStatement = z.infer<typeof RecordStatement>;
