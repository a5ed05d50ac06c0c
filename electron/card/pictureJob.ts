import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { badData, stopIfCancelled } from '../io/badData';
import type { JobScope } from '../workers/jobRunner';
import { cleanPicture, type CleanPicture } from './cleanPicture';

/** What cameras and tools write beside the pixels may take more room than the pixels. */
const MAX_FILE_BYTES = 16 * 2 ** 20;

/**
 * Reads a picture for prose of a card and leaves out what is not drawn (job `card.readPicture`).
 *
 * @throws AppFailure BAD_DATA (too large, no whole PNG or JPEG), CANCELLED
 */
export async function readPicture(
  { path }: { readonly path: string },
  scope: JobScope,
): Promise<CleanPicture> {
  const name = basename(path);
  scope.progress({ fraction: null, activity: `Reading ${name}` });
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES)
    throw badData(name, 'It is larger than 16 MiB. Make it smaller first.');
  const bytes = await readFile(path);
  stopIfCancelled(scope.signal);
  try {
    return cleanPicture(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    throw badData(
      name,
      `It cannot be shown in a card: ${reason}. Cards take PNG and JPEG of up to 1 MiB.`,
    );
  }
}
