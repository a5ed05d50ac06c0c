import { z } from 'zod';
import { FileSource, Sha256Hex } from '../base/files';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { ArtefactCheck } from './artefactChannels';

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

export const modelSigningChannels = {
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
