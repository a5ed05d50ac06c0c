import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import type { ExportedFile } from '../../shared/registry/exportChannels';
import type { AppContext } from '../app/context';
import { PARTIAL_SUFFIX, publishFile, writeRecordedFile } from '../io/atomicWrite';

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
  readonly reason?: string;
}

type WrittenFile<F extends string> = Omit<ExportedFile, 'format'> & { readonly format: F };

/**
 * Writes an export: the file gets its name inside the write that appends the event with its SHA-256.
 *
 * @throws AppFailure STORAGE (the file cannot be written; nothing is recorded then)
 */
export function writeExportFile<F extends string>(
  ctx: AppContext,
  path: string,
  { bytes, ...facts }: RecordedExport<F> & { readonly bytes: Uint8Array },
): WrittenFile<F> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return writeRecordedFile(path, bytes, () =>
    publishExport(ctx, path, { ...facts, sha256, sizeBytes: bytes.length }),
  );
}

/** Where an export lies until it gets its name. */
export function partialOf(path: string): string {
  return `${path}${PARTIAL_SUFFIX}`;
}

/** Gives an export that was written beside its name that name, in the write that appends its event. */
export function publishExport<F extends string>(
  ctx: AppContext,
  path: string,
  written: RecordedExport<F> & Pick<ExportedFile, 'sha256' | 'sizeBytes'>,
): WrittenFile<F> {
  const { action, subject, reason, format, sha256, sizeBytes } = written;
  const file = { fileName: basename(path), format, sha256, sizeBytes };
  const detail = { after: file, ...(reason === undefined ? {} : { reason }) };
  ctx.write(action, subject, detail, () => publishFile(partialOf(path), path));
  return { path, ...file };
}
