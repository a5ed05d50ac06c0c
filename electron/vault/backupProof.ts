import { AppFailure } from '../../shared/ipc/errors';
import { currentHead } from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { schemaVersion } from '../db/schemaVersion';
import type { BackupManifest } from './backupManifest';
import { findWorkspace } from './vaultRepo';

/**
 * Demands that a database is whole and is the one that a backup's manifest describes.
 *
 * Whoever has the key and an older copy of the file could put that in its place, so the head of its log
 * and not the cipher decides.
 *
 * @throws AppFailure INTEGRITY
 */
export function requireDescribed(db: Db, manifest: BackupManifest): void {
  if (db.pragma('integrity_check', { simple: true }) !== 'ok') {
    throw unlike('its database is damaged');
  }
  if (findWorkspace(db)?.id !== manifest.workspaceId) {
    throw unlike('its database is of another workspace');
  }
  const { size, rootSha256 } = currentHead(db);
  if (size !== manifest.log.size || rootSha256 !== manifest.log.rootSha256) {
    throw unlike(`its log has ${size} events and not the ${manifest.log.size} that it names`);
  }
  if (schemaVersion(db) !== manifest.schemaVersion) {
    throw unlike('its database has another data format than it names');
  }
}

/** What does not fit, in a sentence that says what to do. */
export function unlike(problem: string): AppFailure {
  return new AppFailure(
    'INTEGRITY',
    `The backup does not hold what it should: ${problem}. Nothing was changed. Use another copy of the backup, or an older one.`,
    { step: 'backup', problem },
  );
}
