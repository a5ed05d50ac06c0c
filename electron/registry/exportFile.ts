import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import type { ExportedFile } from '../../shared/registry/exportChannels';
import type { AppContext } from '../app/context';
import { PARTIAL_SUFFIX, publishFile } from '../io/atomicWrite';
import { toFileFailure } from '../io/fileFailure';

interface ExportPlace {
  /** Title of the dialog. */
  readonly title: string;
  /** What the file is called unless the person says otherwise, without its ending. */
  readonly name: string;
  readonly extension: string;
}

/** Asks where an export goes. @throws AppFailure CANCELLED (dialog closed) */
export async function pickExportFile(
  { ports }: Pick<AppContext, 'ports'>,
  { title, name, extension }: ExportPlace,
): Promise<string> {
  const path = await ports.pickSaveFile({
    title,
    extensions: [extension],
    suggestedName: `${slugOf(name)}.${extension}`,
  });
  if (path === null) throw new AppFailure('CANCELLED', 'No place was chosen. Nothing was written.');
  return path;
}

function slugOf(name: string): string {
  const slug = name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .toLowerCase();
  return slug === '' ? 'model' : slug;
}

interface RecordedExport<F extends string> {
  readonly action: string;
  readonly subject: string;
  readonly format: F;
  readonly bytes: Uint8Array;
  readonly reason?: string;
}

/**
 * Writes an export: the file gets its name inside the write that appends the event with its SHA-256.
 *
 * @throws AppFailure STORAGE (the file cannot be written; nothing is recorded then)
 */
export function writeExportFile<F extends string>(
  ctx: AppContext,
  path: string,
  { action, subject, format, bytes, reason }: RecordedExport<F>,
): Omit<ExportedFile, 'format'> & { readonly format: F } {
  const file = {
    fileName: basename(path),
    format,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
  };
  const detail = { after: file, ...(reason === undefined ? {} : { reason }) };
  const partial = `${path}${PARTIAL_SUFFIX}`;
  try {
    rmSync(partial, { force: true });
    writeFileSync(partial, bytes, { flag: 'wx', mode: 0o600 });
    ctx.write(action, subject, detail, () => publishFile(partial, path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw toFileFailure(error, path) ?? error;
  }
  return { path, ...file };
}
