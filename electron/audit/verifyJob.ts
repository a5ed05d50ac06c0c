import { basename } from 'node:path';
import { readFile, stat } from 'node:fs/promises';
import type { RevokedKey, VerificationResult } from '../../shared/audit/auditPackage';
import { formatBytes } from '../../shared/base/formatNumber';
import { AppFailure } from '../../shared/ipc/errors';
import type { JobScope } from '../workers/jobRunner';
import { verifyPackage } from './verifyPackage';

/** Packages hold aggregates; a larger file is something else. */
const MAX_PACKAGE_BYTES = 512 * 1024 * 1024;

interface VerificationInput {
  readonly path: string;
  readonly trusted: Readonly<Record<string, string>>;
  readonly revoked: readonly RevokedKey[];
}

/**
 * Checks an audit package; in a job process, because the file may come from anyone.
 *
 * @param input.trusted fingerprints from the cover letter, by key name
 * @param input.revoked a revocation list newer than the package
 * @throws AppFailure BAD_DATA when the file cannot be read at all; a file that is no package is a result
 */
export async function verifyPackageFile(
  { path, ...known }: VerificationInput,
  scope: JobScope,
): Promise<VerificationResult> {
  scope.progress({ fraction: null, activity: 'Verifying the package' });
  return verifyPackage(await readPackage(path), known);
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
