import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space and try again',
  EDQUOT: 'the disk quota is used up. Free some space and try again',
  EFBIG: 'the file would be larger than this disk allows',
  EROFS: 'the disk is read-only. Choose another place',
  EACCES: 'you have no permission there. Choose another place, or ask for the permission',
  EPERM: 'you have no permission there. Choose another place, or ask for the permission',
  ENOENT: 'its folder is not there. Choose another place',
  ENOTDIR: 'its folder is not there. Choose another place',
  EISDIR: 'a folder has this name. Choose another name',
  EIO: 'the disk reported an error. Check the disk',
};

/**
 * Puts a failure of the file system into words for people.
 *
 * @returns AppFailure STORAGE, or null when the failure is not about storage
 */
export function toFileFailure(error: unknown, path: string): AppFailure | null {
  const code = codeOf(error);
  const reason = REASONS[code];
  if (reason === undefined) return null;
  const file = basename(path);
  return new AppFailure(
    'STORAGE',
    `${file} could not be written: ${reason}. Nothing was changed.`,
    {
      file,
      reason: code,
    },
  );
}

/** The code of a failed system or SQLite call, e.g. `ENOSPC`; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
