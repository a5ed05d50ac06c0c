import { AppFailure } from '../../shared/ipc/errors';
import { codeOf } from '../io/fileFailure';

const DAMAGE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];

/**
 * Puts a failure of the database file into words for people.
 *
 * @returns AppFailure STORAGE (full, read-only, disk error), CONFLICT (open elsewhere) or INTEGRITY
 *   (damaged file); null when the failure is something else
 */
export function toStorageFailure(error: unknown): AppFailure | null {
  const code = codeOf(error);
  const is = (name: string): boolean => code === name || code.startsWith(`${name}_`);
  if (is('SQLITE_FULL')) {
    return storage('The disk is full. Nothing was changed. Free some space and try again.', code);
  }
  if (is('SQLITE_READONLY') || is('SQLITE_PERM')) {
    return storage(
      'The workspace is on a read-only disk or in a folder where you may not write. Nothing was changed.',
      code,
    );
  }
  if (is('SQLITE_IOERR') || is('SQLITE_CANTOPEN')) {
    return storage(
      'The disk reported an error on the workspace file. Nothing was changed. Check the disk and the folder, then try again.',
      code,
    );
  }
  if (is('SQLITE_BUSY') || is('SQLITE_LOCKED')) return openElsewhere();
  if (DAMAGE.some(is)) return damaged(code);
  return null;
}

function storage(message: string, reason: string): AppFailure {
  return new AppFailure('STORAGE', message, { reason });
}

function openElsewhere(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'This workspace is open in another window. Close it there, then try again.',
  );
}

function damaged(reason: string): AppFailure {
  return new AppFailure(
    'INTEGRITY',
    'The workspace file is damaged: it no longer decrypts as a whole. Nothing was changed. Keep the folder as it is, and restore the latest backup into a new folder.',
    { step: 'file', reason },
  );
}
