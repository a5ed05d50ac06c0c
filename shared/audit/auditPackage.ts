import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { PlainText, ReasonText } from '../base/text';
import { Meaning } from './signature';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const PREDICATE_TYPE = 'tag:assay,2026:audit-package/v1';
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const MANIFEST_PATH = 'manifest-sha256.txt';

// Patterns rather than calendar rules: verify.py judges these fields by the same patterns.
const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/);
const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** Name of a key and of its signature inside a package: `keys/NAME.pem`, `sig/NAME.sig`. */
export const KeyFileName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** A relative path that means the same file to unzip, sha256sum, Windows and macOS. */
export const PackagePath = z
  .string()
  .max(240)
  .regex(
    /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\/)*[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/,
  )
  .refine((path) => !/(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$)/i.test(path));

export const StatedScope = z.looseObject({
  modelId: PlainText.nullable(),
  modelName: PlainText.nullable(),
  periodStart: Day.nullable(),
  periodEnd: Day.nullable(),
});

/** What a package is about: one model, or all (null); from a day to a day, or without limit (null). */
export type StatedScope = z.infer<typeof StatedScope>;

export const PackageSigner = z.looseObject({
  keyid: Sha256Hex,
  name: KeyFileName,
  printedName: PlainText,
  role: PlainText,
  meaning: Meaning,
  reason: ReasonText,
  signedAtUtc: Instant,
  utcOffsetMinutes: z.int().min(-1440).max(1440),
});

/** One signatory as written into the bytes that all signatories sign. */
export type PackageSigner = z.infer<typeof PackageSigner>;

// No member but a signer's may be called "keyid": the shell verifier counts signers by that name.
export const AuditPackagePredicate = z.looseObject({
  appVersion: PlainText,
  log: z.looseObject({
    keyName: KeyFileName,
    keySha256Hex: Sha256Hex,
    origin: PlainText,
    rootSha256Hex: Sha256Hex,
    size: z.int().nonnegative(),
  }),
  packageSeq: z.int().positive(),
  scope: StatedScope,
  signers: z.array(PackageSigner).min(1),
  workspaceId: PlainText,
  workspaceName: PlainText,
});
export type AuditPackagePredicate = z.infer<typeof AuditPackagePredicate>;

/** The in-toto Statement v1 of a package: its one subject is the manifest. */
export const AuditPackageStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  predicate: AuditPackagePredicate,
  predicateType: z.literal(PREDICATE_TYPE),
  subject: z.tuple([
    z.strictObject({
      digest: z.strictObject({ sha256: Sha256Hex }),
      name: z.literal(MANIFEST_PATH),
    }),
  ]),
});
export type AuditPackageStatement = z.infer<typeof AuditPackageStatement>;

/** One line of `audit/log.jsonl`; body and sig are standard base64. */
export const AuditLogLine = z.strictObject({
  body: z.string(),
  keyId: Sha256Hex,
  seq: z.int().positive(),
  sig: z.string(),
});

/** What the checks of a package rest on in an event body; its other members are free. */
export const AuditEventLink = z.looseObject({
  keyId: Sha256Hex,
  prev: Sha256Hex,
  seq: z.int().positive(),
});

/** `audit/proofs.json`; `consistency` is kept free for the proof to the previous package. */
export const InclusionProofs = z.strictObject({
  consistency: z.null(),
  inclusion: z.array(z.strictObject({ hashes: z.array(Sha256Hex), seq: z.int().positive() })),
  rootSha256Hex: Sha256Hex,
  size: z.int().nonnegative(),
});

/** One key that is not valid any more; what it signed before stays signed. */
export const RevokedKey = z.strictObject({
  keySha256Hex: Sha256Hex,
  printedName: PlainText,
  purpose: z.enum(['sign', 'log']),
  reason: z.enum(['reset', 'recovered', 'deactivated', 'replaced']),
  revokedAtUtc: Instant,
});
export type RevokedKey = z.infer<typeof RevokedKey>;

/** The revocation list of a package; one of a newer package can be held against older ones. */
export const RevocationList = z.array(RevokedKey).max(100_000);
export const REVOKED_KEYS_PATH = 'data/revoked-keys.json';

/** The steps of a verification in their order, with the titles people read. */
export const VERIFICATION_STEPS = {
  zipForm: 'The ZIP file is in its one canonical form',
  fileList: 'The files are exactly those of the manifest',
  manifestDigests: 'Every file has the digest of the manifest',
  statement: 'The statement is bound to this manifest',
  envelope: 'The envelope holds the same statement and signatures',
  signatures: 'Every signatory signed this statement',
  trustedKeys: 'The signing keys are the known ones',
  checkpoint: 'The checkpoint of the log is signed and is the stated one',
  eventSignatures: 'Every audit event is signed by its actor',
  inclusion: 'Every audit event is in the log of the checkpoint',
  order: 'The audit events are in order and linked',
} as const;

export type VerificationStepId = keyof typeof VERIFICATION_STEPS;

export const VerificationStep = z.strictObject({
  id: z.enum(Object.keys(VERIFICATION_STEPS) as [VerificationStepId]), // keys() widens to string
  title: z.string(),
  status: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string(),
});
export type VerificationStep = z.infer<typeof VerificationStep>;

export const VerificationResult = z.strictObject({
  /** No step failed and none was left out, except the comparison of keys when no fingerprint was given. */
  isValid: z.boolean(),
  /** Valid, and every signing key has the fingerprint that was given. */
  isTrusted: z.boolean(),
  steps: z.array(VerificationStep),
  /** What the signatories signed; null unless their signatures hold. */
  summary: z
    .strictObject({
      predicate: AuditPackagePredicate,
      fileCount: z.int(),
      eventCount: z.int(),
    })
    .nullable(),
});
export type VerificationResult = z.infer<typeof VerificationResult>;

/**
 * Names a key's files in a package after the person, so that commands can be read aloud.
 *
 * @param printedName name of the person, or what the key is for
 * @param fingerprint 64 lowercase hex digits
 * @returns a {@link KeyFileName}: up to 40 letters and digits, a dash, the first 8 hex digits
 */
export function keyFileName(printedName: string, fingerprint: string): string {
  const plain = printedName.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `${slug === '' ? 'key' : slug}-${fingerprint.slice(0, 8)}`;
}
