import type { FileSource } from '../../shared/base/files';
import { AppFailure } from '../../shared/ipc/errors';

/** Who can ask the person for a file and knows the files that were chosen before. */
interface FilePicker {
  readonly ports: {
    resolveToken(token: string): string | null;
    pickFile(request: {
      readonly title: string;
      readonly extensions: readonly string[];
    }): Promise<string | null>;
  };
}

const TABLE_EXTENSIONS = ['csv', 'tsv', 'parquet', 'arrow', 'arrows', 'feather', 'ipc'] as const;

/** The table file a call is about: behind its token, or chosen by the person in a dialog. */
export function pickTableFile(ctx: FilePicker, source: FileSource, title: string): Promise<string> {
  return pickSourceFile(ctx, source, { title, extensions: TABLE_EXTENSIONS });
}

/**
 * @throws AppFailure CANCELLED when the dialog is closed, NOT_FOUND when the token is unknown
 */
export async function pickSourceFile(
  ctx: FilePicker,
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
