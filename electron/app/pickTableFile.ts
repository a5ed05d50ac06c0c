import type { FileSource } from '../../shared/base/files';
import { AppFailure } from '../../shared/ipc/errors';
import type { CoreContext } from './context';

const TABLE_EXTENSIONS = ['csv', 'tsv', 'parquet', 'arrow', 'arrows', 'feather', 'ipc'] as const;

/** The table file a call is about: behind its token, or chosen by the person in a dialog. */
export function pickTableFile(
  ctx: CoreContext,
  source: FileSource,
  title: string,
): Promise<string> {
  return pickSourceFile(ctx, source, { title, extensions: TABLE_EXTENSIONS });
}

/**
 * @throws AppFailure CANCELLED when the dialog is closed, NOT_FOUND when the token is unknown
 */
export async function pickSourceFile(
  ctx: CoreContext,
  source: FileSource,
  request: { readonly title: string; readonly extensions: readonly string[] },
): Promise<string> {
  if (source.token !== null) {
    const path = ctx.ports.resolveToken(source.token);
    if (path === null)
      throw new AppFailure('NOT_FOUND', 'That file is no longer at hand. Choose it again.');
    return path;
  }
  const path = await ctx.ports.pickFile(request);
  if (path === null) throw new AppFailure('CANCELLED', 'No file was chosen. Nothing was changed.');
  return path;
}
