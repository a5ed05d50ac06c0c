import { createHash } from 'node:crypto';
import { storedVerdict } from '../canary/canaryService';
import { storedCard } from '../card/cardService';
import type { Db } from '../db/openDatabase';
import { storedSnapshot } from '../registry/registryService';
import type { StoredSignature } from './vaultRepo';

/** A signed record as it lies in the file now. */
interface StoredRecord {
  /** The bytes that must be what was signed. */
  readonly canonicalJson: string;
  /** The hash that is kept beside it. */
  readonly sha256: string;
}

/**
 * How to read the records that people sign, by the type that is signed with them. A capability that has
 * something signed adds its read function here.
 */
const READERS: Readonly<Record<string, (db: Db, recordId: string) => StoredRecord | null>> = {
  'registry.version': storedSnapshot,
  'card.revision': storedCard,
  'canary.verdict': storedVerdict,
};

/** False for signatures whose record is kept nowhere but in the signature. */
export function isComparable({ recordType }: StoredSignature): boolean {
  return Object.hasOwn(READERS, recordType);
}

/** Says what is wrong with the record under a signature, or null when it is what was signed. */
export function signedRecordProblem(db: Db, signature: StoredSignature): string | null {
  const record = READERS[signature.recordType]?.(db, signature.recordId) ?? null;
  if (record === null) return 'the signed record is missing';
  const sha256 = createHash('sha256').update(record.canonicalJson).digest('hex');
  if (sha256 !== signature.recordSha256) return 'the record is not what was signed';
  return record.sha256 === sha256 ? null : 'the hash beside the record is not its own';
}
