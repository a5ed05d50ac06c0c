import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { ModelVersionId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  ModelSignatureFile,
  ModelSignaturePreview,
  ModelSigningCheck,
  modelSigningChannels,
} from '../../shared/registry/modelSigningChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { meaningChoices, signingObstacle } from '../../shared/vault/signable';
import type { AppContext, CoreContext, StageKind } from '../app/context';
import { pickSourceFile, pickSourceFolder } from '../io/pickSource';
import { pickExportFile, writeExportFile } from './exportFile';
import { modelSignatureFiles, type KeyStatement } from './modelSignatureFiles';
import { makeOneOffKey, type OneOffKey } from './omsSigner';
import { omsStatement, type OmsStatement } from './omsStatement';
import { requireVersion } from './registryService';

type Input<K extends keyof typeof modelSigningChannels> = InputOf<(typeof modelSigningChannels)[K]>;

interface StagedSignature {
  readonly version: ModelVersion;
  readonly statement: OmsStatement;
  readonly key: OneOffKey;
  readonly record: KeyStatement;
}

const STAGED_SIGNATURE: StageKind<StagedSignature> = { name: 'registry.modelSignature' };
const MEANINGS = ['authorship', 'approval', 'responsibility'] as const;

/**
 * Shows what a signature of a version's files would state, and holds a key for it ready.
 *
 * @throws AppFailure NOT_FOUND, INSUFFICIENT_DATA (the version has no manifest of files)
 */
export function previewModelSignature(
  ctx: AppContext,
  { versionId }: Input<'registry.previewModelSignature'>,
): ModelSignaturePreview {
  const version = requireVersion(ctx, versionId);
  const statement = statementOf(version);
  const key = makeOneOffKey();
  const { modelName, version: number } = version.snapshot;
  const record: KeyStatement = {
    modelName,
    version: number,
    versionId,
    snapshotSha256: version.snapshotSha256,
    rootSha256: statement.subject[0].digest.sha256,
    nFiles: statement.predicate.resources.length,
    publicKeyPem: key.publicKeyPem,
    publicKeySha256: key.hint,
  };
  const recordJson = canonicalJson(record);
  const { nFiles, rootSha256, publicKeySha256 } = record;
  return {
    stageId: ctx.stages.put(STAGED_SIGNATURE, { version, statement, key, record }),
    nFiles,
    rootSha256,
    publicKeySha256,
    recordJson,
    recordSha256: createHash('sha256').update(recordJson).digest('hex'),
    meanings: meaningChoices(MEANINGS, ctx.actor.id, factsOf(version)),
  };
}

function statementOf({ snapshot }: ModelVersion): OmsStatement {
  try {
    return omsStatement(snapshot.modelName, snapshot.artefacts ?? []);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      'This version has no manifest of files that could be signed. Register a version with its artefacts.',
      { n: 0, required: 1 },
    );
  }
}

function factsOf({ snapshot }: ModelVersion) {
  return { authors: [snapshot.registeredBy], signed: [] };
}

/**
 * Signs the files of a previewed version as OpenSSF Model Signing has it, and writes what a verifier needs.
 *
 * The standard's verifiers take no Ed25519, so a key made for this one signature signs the files, the
 * person's own key signs whose it is and why, and the private half is forgotten.
 *
 * @throws AppFailure NOT_FOUND (the preview has expired), FORBIDDEN (wrong passphrase, or a meaning that
 *   judges one's own work), CANCELLED (dialog closed), STORAGE (nothing is recorded then)
 */
export async function signModel(
  ctx: AppContext,
  { stageId, signing }: Input<'registry.signModel'>,
): Promise<ModelSignatureFile> {
  const staged = ctx.stages.get(STAGED_SIGNATURE, stageId);
  const { version, statement, key, record } = staged;
  const obstacle = signingObstacle(signing.meaning, ctx.actor.id, factsOf(version));
  if (obstacle !== null) throw new AppFailure('FORBIDDEN', obstacle, { meaning: signing.meaning });
  const { modelName, version: number } = version.snapshot;
  const path = await pickExportFile(ctx, {
    title: `Signature of the files of ${modelName}, version ${number}`,
    name: `${modelName}-${number}-signature`,
    extension: 'zip',
  });
  const file = await ctx.withSigningKey(signing, (signer) => {
    const act = { meaning: signing.meaning, reason: signing.reason, signedAtUtc: ctx.nowUtc() };
    const bytes = modelSignatureFiles({ statement, key, record, act, signer });
    const subject: ModelVersionId = version.id;
    const { reason } = signing;
    const recorded = {
      action: 'registry.modelSigned',
      subject,
      format: 'oms',
      bytes,
      reason,
    } as const;
    return writeExportFile(ctx, path, recorded);
  });
  ctx.stages.drop(stageId);
  return file;
}

/**
 * Checks a model against an OpenSSF Model Signing bundle, in a job process; works without a workspace.
 *
 * Whose key it is must be known by another way: a bundle cannot vouch for itself.
 *
 * @throws AppFailure NOT_FOUND (token), BAD_DATA (a file cannot be read), CANCELLED
 */
export async function verifyModelSignature(
  ctx: CoreContext,
  input: Input<'registry.verifyModelSignature'>,
): Promise<ModelSigningCheck> {
  const path = await pickSourceFile(ctx, input.bundle, {
    title: 'Signature of the model',
    extensions: ['sig', 'json'],
  });
  const keyPath = await pickSourceFile(ctx, input.publicKey, {
    title: 'Public key of the signer',
    extensions: ['pem', 'pub'],
  });
  const modelPath = await pickSourceFolder(ctx, input.model, 'Folder of the model');
  const { ignored } = input;
  return ctx.jobs.run('registry.verifyOms', { path, keyPath, modelPath, ignored }, ctx);
}
