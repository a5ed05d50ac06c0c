import { join } from 'node:path';
import type { Log } from '../../electron/app/log';
import { LOWEST_KDF_COST } from '../../electron/vault/passphraseKey';
import {
  createVaultHolder,
  type Session,
  type VaultHolder,
} from '../../electron/vault/vaultHolder';
import type { PersonId } from '../../shared/base/ids';
import { tempFolder } from './tempFolder';
import { testClock, type TestClock } from './testClock';

export const PASSPHRASE = 'violet tractor humming beneath nine lanterns';
export const PRINTED_NAME = 'Ada Analyst';
export const WORKSPACE_NAME = 'Retail models';

export interface TestVault {
  readonly vault: VaultHolder;
  readonly clock: TestClock;
  readonly folder: string;
  readonly personId: PersonId;
  /** Messages that went to the application's log. */
  readonly logged: readonly string[];
  session(): Session;
  /** The same folder as another start of the application sees it; locked. */
  restart(): VaultHolder;
}

/** A real workspace on disk, unlocked, at the lowest cost of a passphrase that is allowed. */
export async function createTestVault(clock: TestClock = testClock()): Promise<TestVault> {
  const logged: string[] = [];
  const vault = newHolder(clock, logged);
  const folder = join(tempFolder(), 'workspace');
  await vault.create({
    folder,
    name: WORKSPACE_NAME,
    printedName: PRINTED_NAME,
    passphrase: PASSPHRASE,
    isSample: false,
  });
  const session = (): Session => openSession(vault);
  return {
    vault,
    clock,
    folder,
    personId: session().actor.id,
    logged,
    session,
    restart() {
      const restarted = newHolder(clock, logged);
      restarted.open(folder);
      return restarted;
    },
  };
}

export function newHolder(clock: TestClock, logged: string[] = []): VaultHolder {
  const log: Log = {
    info: (message) => void logged.push(message),
    error: (message) => void logged.push(message),
  };
  return createVaultHolder({
    nowMs: clock.nowMs,
    log,
    appVersion: '0.0.0-test',
    kdf: LOWEST_KDF_COST,
  });
}

export function openSession(vault: VaultHolder): Session {
  const session = vault.session();
  if (session === null) throw new Error('the test vault is locked');
  return session;
}
