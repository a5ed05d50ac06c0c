import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import type { Log } from '../app/log';
import { toStorageFailure } from '../db/storageFailure';
import type { AttemptsLog, FailedAttempt } from './attemptsLog';
import type { KeySlot } from './keySlot';
import {
  identify,
  openFile,
  requireSoundLog,
  type OpenFile,
  type PassphraseKeys,
} from './openWorkspace';
import { createSession, type Session } from './session';
import type { VaultFile } from './vaultFile';
import type { WorkspaceFiles } from './workspaceFolder';

/** What stays the same from one sign-in to the next. */
export interface VaultEnvironment {
  readonly bootId: string;
  readonly appVersion: string;
  readonly log: Log;
  nowMs(): number;
}

export interface SignInRequest {
  readonly files: WorkspaceFiles;
  readonly vault: VaultFile;
  readonly slot: KeySlot;
  readonly keys: PassphraseKeys;
  readonly attempts: AttemptsLog;
  /** False right after the workspace was made: that event says it all. */
  readonly isRecorded: boolean;
}

/**
 * Opens the workspace for a person whose passphrase was right, and records that they signed in.
 *
 * Where nothing can be written, the workspace opens for reading.
 *
 * @throws AppFailure CONFLICT (open elsewhere), INTEGRITY (damaged or changed outside Assay), STORAGE
 */
export async function signIn(
  environment: VaultEnvironment,
  request: SignInRequest,
): Promise<Session> {
  const { files, vault, keys } = request;
  const file = openFile(files, vault.workspaceId, keys.dataKey, true);
  try {
    const start = (isReadOnly: boolean): Session =>
      sessionOf(environment, request, file, isReadOnly);
    await requireSoundLog(file.db, file.heads, vault.workspaceId);
    const session = start(file.isReadOnly);
    if (!request.isRecorded || file.isReadOnly) return session;
    return recordSignIn(environment, request, file, session) ? session : start(true);
  } catch (error) {
    file.db.close();
    file.cleanUp();
    throw toStorageFailure(error) ?? error;
  }
}

function sessionOf(
  { bootId, log, nowMs }: VaultEnvironment,
  { files, vault, slot, keys, attempts }: SignInRequest,
  { db, heads, cleanUp }: OpenFile,
  isReadOnly: boolean,
): Session {
  const { workspace, person, logKey } = identify(db, vault, slot, keys.masterKey);
  return createSession({
    db,
    actor: person,
    workspace: { id: workspace.id, name: workspace.name, folder: files.folder, isReadOnly },
    isSample: workspace.isSample,
    slot,
    logKey,
    heads,
    attempts,
    bootId,
    log,
    nowMs,
    cleanUp,
  });
}

/** False when the disk takes nothing: then the workspace can still be read. */
function recordSignIn(
  { appVersion, log }: VaultEnvironment,
  { attempts, vault }: SignInRequest,
  { migration, heads }: OpenFile,
  { write, actor }: Session,
): boolean {
  const failed = attempts.failed().filter(({ act }) => act === 'unlock');
  const record = (action: string, subject: string, detail: Parameters<Session['write']>[2]): void =>
    write(action, subject, detail, () => undefined);
  try {
    if (migration !== null && migration.fromVersion !== migration.toVersion) {
      const backup = migration.backupPath === null ? null : basename(migration.backupPath);
      const after = { schemaVersion: migration.toVersion, backup };
      record('vault.migrated', vault.workspaceId, {
        before: { schemaVersion: migration.fromVersion },
        after,
      });
    }
    if (heads.newest() === null) {
      record('vault.headsMissing', vault.workspaceId, {
        reason: 'the file that remembers the heads of the log outside the database was gone',
      });
    }
    for (const [personId, attemptsOf] of Map.groupBy(failed, (attempt) => attempt.personId)) {
      record('vault.unlockFailed', personId, { after: summary(attemptsOf) });
    }
    record('vault.unlocked', actor.id, { after: { appVersion, nFailedAttempts: failed.length } });
    attempts.clear();
    return true;
  } catch (error) {
    if (!(error instanceof AppFailure && error.code === 'STORAGE')) throw error;
    log.error('the sign-in could not be recorded; the workspace is open for reading only', {
      error,
    });
    return false;
  }
}

function summary(attempts: readonly FailedAttempt[]) {
  const times = attempts.map(({ atUtc }) => atUtc).sort();
  return {
    nAttempts: attempts.length,
    firstAtUtc: times[0] ?? null,
    lastAtUtc: times.at(-1) ?? null,
  };
}
