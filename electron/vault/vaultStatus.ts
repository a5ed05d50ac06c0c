import type { VaultStatus } from '../../shared/vault/channels';
import { currentHead } from '../audit/logService';
import type { AttemptsLog } from './attemptsLog';
import type { Session } from './session';
import type { VaultFile } from './vaultFile';
import type { WorkspaceFiles } from './workspaceFolder';

const AUTO_LOCK_AFTER_MS = 10 * 60_000;

interface LockedWorkspace {
  readonly vault: VaultFile;
  readonly files: WorkspaceFiles;
  readonly attempts: AttemptsLog;
}

/** What the sign-in screen shows. */
export function lockedStatus(
  { vault, files, attempts }: LockedWorkspace,
  nowMs: number,
): VaultStatus {
  return {
    state: 'locked',
    workspaceName: vault.name,
    folder: files.folder,
    people: vault.slots.map(({ personId, printedName }) => ({ id: personId, printedName })),
    failedAttempts: attempts.failed().filter(({ act }) => act === 'unlock').length,
    retryAfterMs: attempts.retryAfterMs(nowMs),
  };
}

/** @param failedAttempts before this sign-in, if they were not told yet */
export function unlockedStatus(
  { workspace, actor, isSample, db }: Session,
  failedAttempts: number,
): VaultStatus {
  return {
    state: 'unlocked',
    workspace,
    person: actor,
    isSample,
    nEvents: currentHead(db).size,
    failedAttempts,
    autoLockAfterMs: AUTO_LOCK_AFTER_MS,
  };
}
