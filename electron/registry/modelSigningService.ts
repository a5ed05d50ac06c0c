import type { InputOf } from '../../shared/ipc/channel';
import type {
  ModelSigningCheck,
  modelSigningChannels,
} from '../../shared/registry/modelSigningChannels';
import type { CoreContext } from '../app/context';
import { pickSourceFile, pickSourceFolder } from '../io/pickSource';

type Input = InputOf<(typeof modelSigningChannels)['registry.verifyModelSignature']>;

/**
 * Checks a model against an OpenSSF Model Signing bundle, in a job process; works without a workspace.
 *
 * Whose key it is must be known by another way: a bundle cannot vouch for itself.
 *
 * @throws AppFailure NOT_FOUND (token), BAD_DATA (a file cannot be read), CANCELLED
 */
export async function verifyModelSignature(
  ctx: CoreContext,
  input: Input,
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
