import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { FileSource, Sha256Hex } from '../base/files';
import { ModelVersionId, StageId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { MeaningChoice } from '../vault/signable';
import { ArtefactCheck } from './artefactChannels';
import { ExportedFile } from './exportChannels';

export const MODEL_SIGNING_STEPS = ['bundle', 'key', 'signature', 'statement', 'files'] as const;

const ModelSigningStep = z.strictObject({
  id: z.enum(MODEL_SIGNING_STEPS),
  /** `skipped`: a step before it failed. */
  status: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string(),
});
export type ModelSigningStep = z.infer<typeof ModelSigningStep>;

/** What a check of a signed model found, step by step. */
export const ModelSigningCheck = z.strictObject({
  isValid: z.boolean(),
  steps: z.array(ModelSigningStep).readonly(),
  /** Null when no statement could be trusted. */
  subject: z.strictObject({ name: z.string(), rootSha256: Sha256Hex }).nullable(),
  /** Null when the files were not compared. */
  files: ArtefactCheck.nullable(),
});
export type ModelSigningCheck = z.infer<typeof ModelSigningCheck>;

/** As the standard has them: relative, with `/`, without patterns. */
const IgnoredPath = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^*?[]+$/su);

/** Exactly what a signature of a version's files will state. */
export const ModelSignaturePreview = z.strictObject({
  stageId: StageId,
  nFiles: z.number().int().positive(),
  /** Digest of the whole manifest. */
  rootSha256: Sha256Hex,
  /** Of the key that is made for this one signature, in PEM form. */
  publicKeySha256: Sha256Hex,
  /** What the person's own key signs, as canonical JSON, without the act itself. */
  recordJson: z.string(),
  recordSha256: Sha256Hex,
  meanings: z.array(MeaningChoice).readonly(),
});
export type ModelSignaturePreview = z.infer<typeof ModelSignaturePreview>;

const ModelSignatureFile = ExportedFile.extend({ format: z.literal('oms') });
export type ModelSignatureFile = z.infer<typeof ModelSignatureFile>;

export const modelSigningChannels = {
  /** Makes what a signature of a version's files would state. INSUFFICIENT_DATA: it has no manifest. */
  'registry.previewModelSignature': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: ModelSignaturePreview,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'INSUFFICIENT_DATA'],
  }),
  /** Signs the files of a previewed version (OpenSSF Model Signing) and writes what a verifier needs. */
  'registry.signModel': channel({
    input: z.strictObject({ stageId: StageId, signing: SigningAct }),
    output: ModelSignatureFile,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Checks a model against an OpenSSF Model Signing bundle and a public key; works without a workspace. */
  'registry.verifyModelSignature': channel({
    input: z.strictObject({
      /** The bundle (`.sig`). */
      bundle: FileSource,
      /** The public key in PEM form. */
      publicKey: FileSource,
      /** The folder of the model, or its one file. */
      model: FileSource,
      /** Paths of the model that nobody signed and that do not count. */
      ignored: z.array(IgnoredPath).max(100).readonly().default([]),
    }),
    output: ModelSigningCheck,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
} as const;
