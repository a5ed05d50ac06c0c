import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { VaultStatus, WorkspaceCheck } from '../../shared/vault/channels';
import type { CallScope } from '../app/context';
import type { Log } from '../app/log';
import { createAttemptsLog, type AttemptsLog } from './attemptsLog';
import { createWorkspace, type CreatedWorkspace, type NewWorkspace } from './createWorkspace';
import { takeAccess } from './newAccess';
import { openFile, unwrapKeys, wipe } from './openWorkspace';
import { costSource, type KdfCost } from './passphraseKey';
import { settleDataKey } from './dataKeyChange';
import type { DeviceSlotOwner } from './deviceSlot';
import { openWithDeviceKey, type DeviceKey } from './keychainUnlock';
import { isOneTime, type KeySlot, type RecoverySlot, type SlotKeys } from './keySlot';
import type { Session } from './session';
import { signIn, type SignInRequest, type VaultEnvironment } from './signIn';
import { normaliseCode } from './printedCode';
import { readVaultFile } from './vaultFile';
import { lockedStatus, unlockedStatus } from './vaultStatus';
import { checkWorkspace } from './workspaceCheck';
import { filesOf, removeWorkspace, type WorkspaceFiles } from './workspaceFolder';
import { createVaultStore, findSlot, type VaultStore } from './vaultStore';
import {
  missingDatabase,
  mustChoose,
  noKit,
  noSlot,
  notOneTime,
  tooSoon,
  wrongPassphrase,
  type TypedSecret,
} from './signInFailures';

export type { Session } from './session';

export type LockReason = 'person' | 'idle' | 'suspend';

/** The one workspace of this process: closed, locked or unlocked. */
export interface VaultHolder {
  /** The failed attempts before the last sign-in are told once. */
  status(): VaultStatus;
  /** Points to a workspace, which stays locked. @throws AppFailure NOT_FOUND, BAD_DATA, CONFLICT */
  open(folder: string): void;
  /** Makes a workspace and leaves it unlocked. @throws AppFailure CONFLICT, STORAGE */
  create(request: NewWorkspace): Promise<void>;
  /** Signs in to a workspace that `restore` makes anew. @throws AppFailure as `restore` and unlock */
  adopt(restore: (environment: VaultEnvironment) => Promise<CreatedWorkspace>): Promise<void>;
  /** @throws AppFailure FORBIDDEN (`retryAfterMs`), NOT_FOUND, CONFLICT, INTEGRITY, STORAGE */
  unlock(personId: PersonId, passphrase: string): Promise<void>;
  /** Unlocks with what a device slot opened. @throws AppFailure as {@link openWithDeviceKey} and unlock */
  unlockWithDevice(key: DeviceKey): Promise<void>;
  /**
   * Lets a person in for the first time, or after a reset: what they were given opens, and the passphrase
   * they choose takes its place. @throws AppFailure as unlock
   */
  firstSignIn(personId: PersonId, given: string, newPassphrase: string): Promise<void>;
  /** Lets an administrator in with the printed recovery kit, which is used up by it. @throws as unlock */
  recover(personId: PersonId, code: string, newPassphrase: string): Promise<void>;
  /** vault.json of the workspace. @throws AppFailure NOT_FOUND while none is open */
  store(): VaultStore;
  /** What one guess of a new passphrase costs. */
  cost(): Promise<KdfCost>;
  /** The signed-in person's session, or null. */
  session(): Session | null;
  /** Records the lock, forgets the keys, and answers which folder was open. */
  lock(reason: LockReason): string | null;
  /** Locks if need be, and leaves the workspace. */
  close(): void;
  /** Tells whether a folder holds a workspace. */
  isWorkspace(folder: string): boolean;
  /** Closes the open sample workspace and deletes it, for a story that was not told to its end. */
  discard(): void;
  /** Sweeps the open workspace, and changes nothing. @throws AppFailure LOCKED */
  check(scope: CallScope): Promise<WorkspaceCheck>;
  /** Sweeps a locked workspace, even one too damaged to sign in to. @throws AppFailure as unlock */
  checkLocked(personId: PersonId, passphrase: string, scope: CallScope): Promise<WorkspaceCheck>;
}

export interface VaultHolderOptions {
  readonly log: Log;
  readonly appVersion: string;
  /** What one guess of a new passphrase costs; measured on this machine unless given. */
  readonly kdf?: KdfCost;
  nowMs(): number;
  /** Tells whether a person can sign in through the keychain on this device. */
  hasDeviceSlot?(owner: DeviceSlotOwner): boolean;
  /** Told which folder is open, so that it can be shown again after a crash. */
  onFolder?(folder: string | null): void;
}

interface OpenedFolder {
  readonly files: WorkspaceFiles;
  readonly attempts: AttemptsLog;
  readonly store: VaultStore;
}

export function createVaultHolder(options: VaultHolderOptions): VaultHolder {
  return new Vault(options);
}

class Vault implements VaultHolder {
  private readonly environment: VaultEnvironment;
  private readonly costOf: ReturnType<typeof costSource>;
  readonly cost = (): Promise<KdfCost> => this.costOf(this.isSample);
  private opened: OpenedFolder | null = null;
  private current: Session | null = null;
  private isBusy = false;
  private untoldAttempts = 0;
  private isSample = false;
  private isSlotUnexpected = false;

  constructor(private readonly options: VaultHolderOptions) {
    const { log, appVersion, nowMs, kdf } = options;
    this.environment = { log, appVersion, nowMs, bootId: randomUUID() };
    this.costOf = costSource(kdf);
  }

  session(): Session | null {
    return this.current;
  }

  status(): VaultStatus {
    if (this.opened === null) return { state: 'closed' };
    const { hasDeviceSlot, nowMs } = this.options;
    if (this.current === null) return lockedStatus(this.opened, nowMs(), hasDeviceSlot);
    const { untoldAttempts: failedAttempts, isSlotUnexpected } = this;
    this.untoldAttempts = 0;
    return unlockedStatus(this.current, { failedAttempts, isSlotUnexpected });
  }

  open(folder: string): void {
    this.requireIdle();
    const files = filesOf(folder);
    const vault = readVaultFile(files.vault);
    if (!existsSync(files.database)) throw missingDatabase();
    const store = createVaultStore(files.vault, vault);
    this.point({ files, store, attempts: createAttemptsLog(files.attempts) });
  }

  create(request: NewWorkspace): Promise<void> {
    return this.alone(async () => {
      const cost = await this.costOf(request.isSample);
      const created = await createWorkspace(this.environment, request, cost);
      await this.adoptCreated(created, false);
    });
  }

  adopt(restore: (environment: VaultEnvironment) => Promise<CreatedWorkspace>): Promise<void> {
    return this.alone(async () => this.adoptCreated(await restore(this.environment), true));
  }

  unlock(personId: PersonId, passphrase: string): Promise<void> {
    return this.alone(async () => {
      const tried = await this.tryPassphrase(personId, passphrase);
      if (isOneTime(tried.slot)) throw mustChoose();
      await this.start({ ...tried, isRecorded: true });
    });
  }

  unlockWithDevice(key: DeviceKey): Promise<void> {
    return this.alone(async () => {
      const { files, attempts, store } = this.requireOpened();
      const opened = await openWithDeviceKey(store.reload(), key);
      await this.start({ files, store, attempts, ...opened, isRecorded: true, by: 'keychain' });
    });
  }

  firstSignIn(personId: PersonId, given: string, newPassphrase: string): Promise<void> {
    return this.alone(async () => {
      const tried = await this.tryPassphrase(personId, normaliseCode(given));
      if (!isOneTime(tried.slot)) throw notOneTime();
      await this.enter(personId, tried.keys, tried.slot, newPassphrase);
    });
  }

  recover(personId: PersonId, code: string, newPassphrase: string): Promise<void> {
    return this.alone(async () => {
      const { attempts } = this.requireOpened();
      this.requirePatience();
      const vault = this.store().reload();
      const { recovery } = vault;
      if (recovery === null) throw noKit();
      const keys = await unwrapKeys(vault, recovery, normaliseCode(code));
      if (keys === null) throw this.refuse(attempts, personId, 'The code');
      await this.enter(personId, keys, recovery, newPassphrase);
    });
  }

  store(): VaultStore {
    return this.requireOpened().store;
  }

  lock(reason: LockReason): string | null {
    const { current } = this;
    if (current === null) return this.opened?.files.folder ?? null;
    try {
      if (!current.workspace.isReadOnly) {
        current.write('vault.locked', current.actor.id, { after: { reason } }, () => undefined);
      }
    } catch (error) {
      this.environment.log.error('the lock could not be recorded', { error });
    } finally {
      this.current = null;
      current.close();
    }
    return current.workspace.folder;
  }

  close(): void {
    this.lock('person');
    this.point(null);
  }

  isWorkspace(folder: string): boolean {
    return existsSync(filesOf(folder).vault);
  }

  discard(): void {
    if (this.current?.isSample !== true)
      throw new Error('only a sample workspace can be discarded');
    const { folder } = this.current.workspace;
    this.close();
    removeWorkspace(filesOf(folder));
  }

  async check(scope: CallScope): Promise<WorkspaceCheck> {
    if (this.opened === null || this.current === null)
      throw new AppFailure('LOCKED', 'The workspace is locked. Sign in to go on.');
    const { db, heads, workspace } = this.current;
    const vaultPath = this.opened.files.vault;
    return checkWorkspace({ db, heads, workspaceId: workspace.id, vaultPath }, scope);
  }

  checkLocked(personId: PersonId, passphrase: string, scope: CallScope): Promise<WorkspaceCheck> {
    return this.alone(async () => {
      const { files, store, slot, keys: given } = await this.tryPassphrase(personId, passphrase);
      const keys = await settleDataKey(files, store, slot, given);
      try {
        const { workspaceId } = store.current();
        const { db, heads, cleanUp } = openFile(files, workspaceId, keys.dataKey, null);
        const checked = { db, heads, workspaceId, vaultPath: files.vault };
        return await checkWorkspace(checked, scope).finally(() => {
          db.close();
          cleanUp();
        });
      } finally {
        wipe(keys);
      }
    });
  }

  private async adoptCreated(made: CreatedWorkspace, isRecorded: boolean): Promise<void> {
    const { files, slot, keys } = made;
    const attempts = createAttemptsLog(files.attempts);
    const store = createVaultStore(files.vault, made.vault);
    this.point({ files, store, attempts });
    await this.start({ files, store, slot, keys, attempts, isRecorded });
  }

  private point(opened: OpenedFolder | null): void {
    this.opened = opened;
    this.isSample = false;
    this.options.onFolder?.(opened?.files.folder ?? null);
  }

  private async tryPassphrase(
    personId: PersonId,
    passphrase: string,
  ): Promise<Omit<SignInRequest, 'isRecorded'>> {
    const { files, attempts, store } = this.requireOpened();
    this.requirePatience();
    const vault = store.reload();
    const slot = findSlot(vault, personId);
    if (slot === null) throw noSlot();
    const keys = await unwrapKeys(vault, slot, passphrase);
    const what = isOneTime(slot) ? 'The one-time passphrase' : 'The passphrase';
    if (keys === null) throw this.refuse(attempts, personId, what);
    return { files, store, slot, keys, attempts };
  }

  /** Gives the person a slot and keys of their own, and signs them in with these. */
  private async enter(
    personId: PersonId,
    given: SlotKeys,
    by: KeySlot | RecoverySlot,
    newPassphrase: string,
  ): Promise<void> {
    const { files, store, attempts } = this.requireOpened();
    const { dataKey, personKek } = await settleDataKey(files, store, by, given);
    const isRecovery = 'kitId' in by;
    try {
      const access = { files, store, personId, dataKey, newPassphrase, isRecovery };
      const keys = await takeAccess(this.environment, access, await this.cost());
      const slot = findSlot(store.current(), personId);
      if (slot === null) throw new Error('the new slot is not in vault.json');
      await this.start({ files, store, slot, keys, attempts, isRecorded: true });
    } finally {
      wipe({ dataKey, personKek });
    }
  }

  private requireOpened(): OpenedFolder {
    if (this.opened !== null) return this.opened;
    throw new AppFailure('NOT_FOUND', 'No workspace is open. Open one first.');
  }

  private requirePatience(): void {
    const retryAfterMs = this.requireOpened().attempts.retryAfterMs(this.environment.nowMs());
    if (retryAfterMs > 0) throw tooSoon(retryAfterMs);
  }

  private async start(request: SignInRequest): Promise<void> {
    const nFailed = request.attempts.failed().filter(({ act }) => act === 'unlock').length;
    try {
      const { session, isSlotUnexpected } = await signIn(this.environment, request);
      this.current = session;
      this.isSample = session.isSample;
      this.isSlotUnexpected = isSlotUnexpected;
      this.untoldAttempts = nFailed;
    } finally {
      wipe(request.keys);
    }
  }

  private refuse(attempts: AttemptsLog, personId: PersonId, what: TypedSecret): AppFailure {
    const atMs = this.environment.nowMs();
    attempts.record({ atUtc: new Date(atMs).toISOString(), personId, act: 'unlock' });
    return wrongPassphrase(attempts.retryAfterMs(atMs), what);
  }

  /** One sign-in at a time: guesses side by side would escape the delay. */
  private async alone<T>(act: () => Promise<T>): Promise<T> {
    this.requireIdle();
    this.isBusy = true;
    try {
      return await act();
    } finally {
      this.isBusy = false;
    }
  }

  private requireIdle(): void {
    if (this.current !== null)
      throw new AppFailure('CONFLICT', 'A workspace is open already. Lock it first.');
    if (this.isBusy)
      throw new AppFailure('CONFLICT', 'Another sign-in is running. Wait for it to end.');
  }
}
