import { z } from 'zod';
import { Meaning, Signature } from '../audit/signature';
import { Sha256Hex } from '../base/files';
import { PersonId, StageId } from '../base/ids';
import { UtcInstant } from '../base/time';

/** Records that people sign after they were made. */
export const SIGNABLE_TYPES = [
  'registry.version',
  'registry.promotion',
  'card.revision',
  'canary.plan',
  'canary.verdict',
  'explanation.letter',
  'handoff.packet',
  'dataflow.map',
  'incident.closing',
  'drift.policy',
  'performance.policy',
  'vault.key',
  'vault.accountability',
] as const;
export const SignableType = z.enum(SIGNABLE_TYPES);
export type SignableType = z.infer<typeof SignableType>;

/** Names one record: a version, a request for promotion, a revision of a card, a canary's plan (by canary) or verdict, a letter of explanation, a hand-off packet, the data-flow map, an incident's closing, a model's drift or performance policy (by model), a signing key, a person's statement. */
export const SignableRef = z.strictObject({
  recordType: SignableType,
  recordId: z.string().max(64),
});
export type SignableRef = z.infer<typeof SignableRef>;

/** A signature as it is shown under its record. */
export const ShownSignature = Signature.extend({
  /** False: the record has changed since it was signed; the signature is outdated. */
  isCurrent: z.boolean(),
  /** When its key was revoked; null while it is valid. A signature made before stays one. */
  keyRevokedAtUtc: UtcInstant.nullable(),
});
export type ShownSignature = z.infer<typeof ShownSignature>;

export const SignedRecord = z.strictObject({
  /** SHA-256 of the record's canonical JSON as it is now. */
  recordSha256: Sha256Hex,
  signatures: z.array(ShownSignature).readonly(),
});
export type SignedRecord = z.infer<typeof SignedRecord>;

/** Something a person may state by signing; or why they may not. */
export const MeaningChoice = z.strictObject({ meaning: Meaning, obstacle: z.string().nullable() });
export type MeaningChoice = z.infer<typeof MeaningChoice>;

const Fact = z.strictObject({ label: z.string(), value: z.string() });
export type Fact = z.infer<typeof Fact>;

/** Exactly what will be signed, before anything is asked for. */
export const SigningPreview = z.strictObject({
  stageId: StageId,
  title: z.string(),
  /** The record for people. */
  facts: z.array(Fact).readonly(),
  /** The record as canonical JSON: the bytes whose hash is signed. */
  recordJson: z.string(),
  recordSha256: Sha256Hex,
  meanings: z.array(MeaningChoice).readonly(),
});
export type SigningPreview = z.infer<typeof SigningPreview>;

/** What the next signature needs beside the passphrase. */
export const SigningState = z.strictObject({
  /** The first of a session, or after a long pause: the name too. */
  needsName: z.boolean(),
  /** The clock stands before the last event: it must be confirmed. */
  isClockBehind: z.boolean(),
  lastEventAtUtc: UtcInstant,
  nowUtc: UtcInstant,
  /** Why this person cannot sign at all; null when they can. */
  obstacle: z.string().nullable(),
});
export type SigningState = z.infer<typeof SigningState>;

/** What decides who may state what under a record. */
export interface SigningFacts {
  /** Whose work the record is. */
  readonly authors: readonly PersonId[];
  /** Signatures under the record as it is now. */
  readonly signed: readonly { readonly personId: PersonId; readonly meaning: Meaning }[];
}

/** Meanings that judge a record, and so are never its author's to give. */
const JUDGEMENTS: readonly Meaning[] = ['review', 'approval', 'rejection'];

/**
 * Why a person may not sign a record with this meaning, or null.
 *
 * Separation of duties is of acts, not of people: someone with every role still does not approve their own
 * work, and nobody claims the authorship of another's.
 */
export function signingObstacle(
  meaning: Meaning,
  personId: PersonId,
  { authors, signed }: SigningFacts,
): string | null {
  const isAuthor = authors.includes(personId);
  if (isAuthor && JUDGEMENTS.includes(meaning))
    return 'This is your own work. Somebody else must review, approve or reject it.';
  if (!isAuthor && meaning === 'authorship') return 'You are not an author of this record.';
  const isTwice = signed.some((one) => one.personId === personId && one.meaning === meaning);
  return isTwice ? 'You have signed this record with this meaning already.' : null;
}

/** Every meaning with what stands in its way for this person. */
export function meaningChoices(
  meanings: readonly Meaning[],
  personId: PersonId,
  facts: SigningFacts,
): MeaningChoice[] {
  return meanings.map((meaning) => ({
    meaning,
    obstacle: signingObstacle(meaning, personId, facts),
  }));
}

/** What a person states once, before they sign electronically (21 CFR 11.10(j), 11.100(c)). */
export const ACCOUNTABILITY_STATEMENT =
  'I understand that my electronic signatures in Assay are the legally binding equivalent of my handwritten signature. I am accountable for everything done under my name, keep my passphrase to myself, and report its loss at once.';
