import { dirname, join } from 'node:path';
import type { FileFingerprint } from '../../shared/base/files';
import { hashFileInto } from '../io/fileHash';
import type { JobScope } from '../workers/jobRunner';

const BUFFER_BYTES = 2 ** 20;

/**
 * Hashes the files of a sidecar, never through a link (job `intake.hashFiles`).
 *
 * @param input.path the first file; the others lie beside it
 * @param input.names names of all files, the first one included
 * @returns one fingerprint per name, in their order
 * @throws AppFailure BAD_DATA (unreadable, a link, or changed meanwhile), CANCELLED
 */
export async function hashIntakeFiles(
  input: { readonly path: string; readonly names: readonly string[] },
  scope: JobScope,
): Promise<readonly FileFingerprint[]> {
  const buffer = new Uint8Array(BUFFER_BYTES);
  const hashed: FileFingerprint[] = [];
  for (const name of input.names)
    hashed.push(await hashFileInto(buffer, join(dirname(input.path), name), name, scope));
  return hashed;
}
