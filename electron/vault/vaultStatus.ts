import type { VaultStatus } from '../../shared/vault/channels';
import { currentHead } from '../audit/logService';
import type { AttemptsLog } from './attemptsLog';
import type { DeviceSlotOwner } from './deviceSlot';
import { keysToConfirm } from './keyConfirmation';
import { offersKeychain } from './keychainUnlock';
import { isOneTime } from './keySlot';
import { findRecoveryKit } from './recoveryRepo';
import type { Session } from './session';
import { findSignatures } from './vaultRepo';
import type { VaultStore } from './vaultStore';
import type { WorkspaceFiles } from './workspaceFolder';

/** Nobody has touched the window for this long: it locks. */
export const AUTO_LOCK_AFTER_MS = 10 * 60_000;

interface LockedWorkspace {
  readonly store: VaultStore;
  readonly files: WorkspaceFiles;
  readonly attempts: AttemptsLog;
}

/** What the sign-in screen shows. */
export function lockedStatus(
  { store, files, attempts }: LockedWorkspace,
  nowMs: number,
  hasDeviceSlot: (owner: DeviceSlotOwner) => boolean = () => false,
): VaultStatus {
  const vault = store.current();
  return {
    state: 'locked',
    workspaceName: vault.name,
    folder: files.folder,
    people: vault.slots.map((slot) => ({
      id: slot.personId,
      printedName: slot.printedName,
      isFirstSignIn: isOneTime(slot),
      hasKeychainUnlock: offersKeychain(slot, (personId) =>
        hasDeviceSlot({ workspaceId: vault.workspaceId, personId }),
      ),
    })),
    hasRecoveryKit: vault.recovery !== null,
    failedAttempts: attempts.failed().filter(({ act }) => act === 'unlock').length,
    retryAfterMs: attempts.retryAfterMs(nowMs),
  };
}

export interface SignInFacts {
  /** Failed attempts before this sign-in, if they were not told yet. */
  readonly failedAttempts: number;
  readonly isSlotUnexpected: boolean;
}

export function unlockedStatus(
  { workspace, actor, isSample, db }: Session,
  { failedAttempts, isSlotUnexpected }: SignInFacts,
): VaultStatus {
  const statements = findSignatures(db, 'vault.accountability', actor.id);
  return {
    state: 'unlocked',
    workspace,
    person: actor,
    isSample,
    nEvents: currentHead(db).size,
    failedAttempts,
    autoLockAfterMs: AUTO_LOCK_AFTER_MS,
    notices: {
      keysToConfirm: keysToConfirm(db).map(({ personId, printedName, origin }) => ({
        personId,
        printedName,
        origin,
      })),
      mustSignAccountability: statements.length === 0,
      isSlotUnexpected,
      hasRecoveryKit: findRecoveryKit(db) !== null,
    },
  };
}
