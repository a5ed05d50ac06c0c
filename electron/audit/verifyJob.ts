import { basename } from 'node:path';
import { readFile, stat } from 'node:fs/promises';
import type { VerificationResult } from '../../shared/audit/auditPackage';
import { formatBytes } from '../../shared/base/formatNumber';
import { AppFailure } from '../../shared/ipc/errors';
import type { JobScope } from '../workers/jobRunner';
import { verifyPackage } from './verifyPackage';

/** Packages hold aggregates; a larger file is something else. */
const MAX_PACKAGE_BYTES = 512 * 1024 * 1024;

/**
 * Checks an audit package; in a job process, because the file may come from anyone.
 *
 * @param input.trusted fingerprints from the cover letter, by key name
 * @throws AppFailure BAD_DATA when the file cannot be read at all; a file that is no package is a result
 */
export async function verifyPackageFile(
  input: { readonly path: string; readonly trusted: Readonly<Record<string, string>> },
  scope: JobScope,
): Promise<VerificationResult> {
  scope.progress({ fraction: null, activity: 'Verifying the package' });
  return verifyPackage(await readPackage(input.path), { trusted: input.trusted });
}

async function readPackage(path: string): Promise<Uint8Array> {
  const file = basename(path);
  try {
    const { size } = await stat(path);
    if (size > MAX_PACKAGE_BYTES) {
      throw new AppFailure(
        'BAD_DATA',
        `${file} is larger than ${formatBytes(MAX_PACKAGE_BYTES)}: not an audit package.`,
        {
          file,
        },
      );
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof AppFailure) throw error;
    throw new AppFailure(
      'BAD_DATA',
      `${file} cannot be read. Check that it exists and may be opened.`,
      { file },
    );
  }
}
