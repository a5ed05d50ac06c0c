import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { PersonId, SignatureId } from '../base/ids';
import { ReasonText } from '../base/text';
import { UtcInstant } from '../base/time';

/** What a person states by signing (21 CFR 11.50(a)(3)). */
export const MEANINGS = [
  'authorship',
  'review',
  'approval',
  'responsibility',
  'rejection',
] as const;
export const Meaning = z.enum(MEANINGS);
export type Meaning = z.infer<typeof Meaning>;

/** What a person types to sign: meaning, reason and the passphrase again. */
export const SigningAct = z.strictObject({
  meaning: Meaning,
  reason: z.string().trim().min(1).max(2000).pipe(ReasonText),
  passphrase: z.string().min(1).max(1024),
  /** The identification code of 21 CFR 11.200: needed for the first signature of a session. */
  printedName: z.string().min(1).max(200).nullable().default(null),
  /** The person has seen that the clock stands behind the log, and signs with its time all the same. */
  isClockConfirmed: z.boolean().default(false),
});
export type SigningAct = z.infer<typeof SigningAct>;

/** An electronic signature as it is stored and shown. */
export const Signature = z.strictObject({
  id: SignatureId,
  personId: PersonId,
  printedName: z.string(),
  meaning: Meaning,
  reason: z.string(),
  signedAtUtc: UtcInstant,
  utcOffsetMinutes: z.number().int(),
  /** SHA-256 of the canonical JSON of the signed record. */
  recordSha256: Sha256Hex,
  /** SHA-256 of the signer's public key (SPKI DER). */
  keyId: Sha256Hex,
  /** Base64 Ed25519 signature over the signed statement. */
  signatureBase64: z.string(),
});
export type Signature = z.infer<typeof Signature>;
