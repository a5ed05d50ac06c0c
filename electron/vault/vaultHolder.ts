import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { VaultStatus } from '../../shared/vault/channels';
import type { Log } from '../app/log';
import { currentHead } from '../audit/logService';
import { createAttemptsLog, type AttemptsLog } from './attemptsLog';
import { createWorkspace, type NewWorkspace } from './createWorkspace';
import { unwrapKeys } from './openWorkspace';
import { DEFAULT_KDF_COST, type KdfCost } from './passphraseKey';
import type { Session } from './session';
import { signIn, type SignInRequest, type VaultEnvironment } from './signIn';
import { readVaultFile, type VaultFile } from './vaultFile';
import { filesOf, type WorkspaceFiles } from './workspaceFolder';
import { tooSoon, wrongPassphrase } from './wrongPassphrase';

export type { Session } from './session';

export type LockReason = 'person' | 'idle' | 'suspend';

/** The one workspace of this process: closed, locked or unlocked. */
export interface VaultHolder {
  /** The failed attempts of an unlocked workspace are told once. */
  status(): VaultStatus;
  /** Points to a workspace, which stays locked. @throws AppFailure NOT_FOUND, BAD_DATA, CONFLICT */
  open(folder: string): void;
  /** Makes a workspace and leaves it unlocked. @throws AppFailure CONFLICT, STORAGE */
  create(request: NewWorkspace): Promise<void>;
  /** @throws AppFailure FORBIDDEN (`retryAfterMs`), NOT_FOUND, CONFLICT, INTEGRITY, STORAGE */
  unlock(personId: PersonId, passphrase: string): Promise<void>;
  /** The signed-in person's session, or null. */
  session(): Session | null;
  /** Records the lock, forgets the keys, and answers which folder was open. */
  lock(reason: LockReason): string | null;
  /** Leaves a locked workspace. @throws AppFailure CONFLICT while someone is signed in */
  close(): void;
}

export interface VaultHolderOptions {
  readonly log: Log;
  readonly appVersion: string;
  /** What one guess of a new passphrase costs; never below the floor. */
  readonly kdf?: KdfCost;
  nowMs(): number;
}

const AUTO_LOCK_AFTER_MS = 10 * 60_000;

interface OpenedFolder {
  readonly files: WorkspaceFiles;
  readonly attempts: AttemptsLog;
  vault: VaultFile;
}

export function createVaultHolder(options: VaultHolderOptions): VaultHolder {
  return new Vault(options);
}

class Vault implements VaultHolder {
  private readonly environment: VaultEnvironment;
  private readonly cost: KdfCost;
  private opened: OpenedFolder | null = null;
  private current: Session | null = null;
  private isBusy = false;
  private untoldAttempts = 0;

  constructor({ log, appVersion, nowMs, kdf = DEFAULT_KDF_COST }: VaultHolderOptions) {
    this.environment = { log, appVersion, nowMs, bootId: randomUUID() };
    this.cost = kdf;
  }

  session(): Session | null {
    return this.current;
  }

  status(): VaultStatus {
    if (this.opened === null) return { state: 'closed' };
    return this.current === null ? this.lockedStatus(this.opened) : this.unlockedStatus(this.current);
  }

  open(folder: string): void {
    this.requireIdle();
    const files = filesOf(folder);
    const vault = readVaultFile(files.vault);
    if (!existsSync(files.database)) throw missingDatabase();
    this.opened = { files, vault, attempts: createAttemptsLog(files.attempts) };
  }

  create(request: NewWorkspace): Promise<void> {
    return this.alone(async () => {
      const { files, vault, slot, keys } = await createWorkspace(this.environment, request, this.cost);
      const attempts = createAttemptsLog(files.attempts);
      this.opened = { files, vault, attempts };
      await this.start({ files, vault, slot, keys, attempts, isRecorded: false });
    });
  }

  unlock(personId: PersonId, passphrase: string): Promise<void> {
    return this.alone(async () => {
      if (this.opened === null) throw new AppFailure('NOT_FOUND', 'No workspace is open. Open one first.');
      const { files, attempts } = this.opened;
      const retryAfterMs = attempts.retryAfterMs(this.environment.nowMs());
      if (retryAfterMs > 0) throw tooSoon(retryAfterMs);
      const vault = readVaultFile(files.vault);
      this.opened.vault = vault;
      const slot = vault.slots.find((one) => one.personId === personId);
      if (slot === undefined) {
        throw new AppFailure('NOT_FOUND', 'This person has no key to this workspace. Choose another.');
      }
      const keys = await unwrapKeys(vault, slot, passphrase);
      if (keys === null) throw this.refuse(attempts, personId);
      await this.start({ files, vault, slot, keys, attempts, isRecorded: true });
    });
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
    this.requireIdle();
    this.opened = null;
  }

  private async start(request: SignInRequest): Promise<void> {
    const nFailed = request.attempts.failed().filter(({ act }) => act === 'unlock').length;
    try {
      this.current = await signIn(this.environment, request);
      this.untoldAttempts = nFailed;
    } finally {
      request.keys.masterKey.fill(0);
      request.keys.dataKey.fill(0);
    }
  }

  private refuse(attempts: AttemptsLog, personId: PersonId): AppFailure {
    const atMs = this.environment.nowMs();
    attempts.record({ atUtc: new Date(atMs).toISOString(), personId, act: 'unlock' });
    return wrongPassphrase(attempts.retryAfterMs(atMs));
  }

  /** One sign-in at a time: guesses side by side would escape the delay. */
  private async alone(act: () => Promise<void>): Promise<void> {
    this.requireIdle();
    this.isBusy = true;
    try {
      await act();
    } finally {
      this.isBusy = false;
    }
  }

  private requireIdle(): void {
    if (this.current !== null) {
      throw new AppFailure('CONFLICT', 'A workspace is open already. Lock it first.');
    }
    if (this.isBusy) throw new AppFailure('CONFLICT', 'Another sign-in is running. Wait for it to end.');
  }

  private lockedStatus({ vault, files, attempts }: OpenedFolder): VaultStatus {
    return {
      state: 'locked',
      workspaceName: vault.name,
      folder: files.folder,
      people: vault.slots.map(({ personId, printedName }) => ({ id: personId, printedName })),
      failedAttempts: attempts.failed().filter(({ act }) => act === 'unlock').length,
      retryAfterMs: attempts.retryAfterMs(this.environment.nowMs()),
    };
  }

  private unlockedStatus({ workspace, actor, isSample, db }: Session): VaultStatus {
    const failedAttempts = this.untoldAttempts;
    this.untoldAttempts = 0;
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
}

function missingDatabase(): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    'assay.db is missing from this folder, so there are no records to open. Put it back from the latest backup of this workspace.',
    { file: 'assay.db' },
  );
}
