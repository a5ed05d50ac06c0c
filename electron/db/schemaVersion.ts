import { AppFailure } from '../../shared/ipc/errors';
import type { Db } from './openDatabase';

/** The number of the last migration that the file has gone through; 0 for a new file. */
export function schemaVersion(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** @throws AppFailure INTEGRITY when the file was written by a newer Assay */
export function refuseNewer(fileVersion: number, knownVersion: number): void {
  if (fileVersion <= knownVersion) return;
  throw new AppFailure(
    'INTEGRITY',
    `This workspace was last used with a newer Assay (data format ${fileVersion}; this Assay knows up to ${knownVersion}). Nothing was changed. Open it with that newer Assay.`,
    { step: 'version', fileVersion, knownVersion },
  );
}
