import { AppFailure } from '../../shared/ipc/errors';
import { openDatabase, replaceKey } from './openDatabase';

/**
 * Gives a database file another key: every page is written anew. For a copy that nobody has open.
 *
 * Cost: O(size of the file), about 20 ms a megabyte.
 *
 * @throws AppFailure INTEGRITY when the file does not open with the new key after; STORAGE
 */
export function rekeyDatabase(path: string, keyHex: string, newKeyHex: string): void {
  const db = openDatabase({ path, keyHex });
  try {
    replaceKey(db, newKeyHex);
  } finally {
    db.close();
  }
  const rekeyed = openDatabase({ path, keyHex: newKeyHex });
  try {
    if (rekeyed.pragma('integrity_check', { simple: true }) === 'ok') return;
  } finally {
    rekeyed.close();
  }
  throw new AppFailure('INTEGRITY', 'The copy with the new key is damaged. It was dropped.', {
    step: 'keyChange',
  });
}
