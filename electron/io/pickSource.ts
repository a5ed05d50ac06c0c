import type { FileSource } from '../../shared/base/files';
import { AppFailure } from '../../shared/ipc/errors';

/** Who knows the files that were chosen before. */
interface TokenReader {
  readonly ports: { resolveToken(token: string): string | null };
}

interface FolderPicker {
  readonly ports: TokenReader['ports'] & {
    pickFolder(request: { readonly title: string }): Promise<string | null>;
  };
}

/** Who can ask the person for a file as well. */
interface FilePicker {
  readonly ports: TokenReader['ports'] & {
    pickFile(request: {
      readonly title: string;
      readonly extensions: readonly string[];
    }): Promise<string | null>;
  };
}

export const TABLE_EXTENSIONS = [
  'csv',
  'tsv',
  'parquet',
  'arrow',
  'arrows',
  'feather',
  'ipc',
] as const;

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
  if (source.token !== null) return pathOf(ctx, source.token);
  const path = await ctx.ports.pickFile(request);
  if (path === null) throw new AppFailure('CANCELLED', 'No file was chosen. Nothing was changed.');
  return path;
}

/**
 * The folder a call is about; behind a token there may be a single file as well.
 *
 * @throws AppFailure CANCELLED when the dialog is closed, NOT_FOUND when the token is unknown
 */
export async function pickSourceFolder(
  ctx: FolderPicker,
  source: FileSource,
  title: string,
): Promise<string> {
  if (source.token !== null) return pathOf(ctx, source.token);
  const path = await ctx.ports.pickFolder({ title });
  if (path === null)
    throw new AppFailure('CANCELLED', 'No folder was chosen. Nothing was changed.');
  return path;
}

function pathOf({ ports }: TokenReader, token: string): string {
  const path = ports.resolveToken(token);
  if (path === null)
    throw new AppFailure('NOT_FOUND', 'That file is no longer at hand. Choose it again.');
  return path;
}
