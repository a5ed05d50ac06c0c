import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import { noteTouchedRows, type EventSource } from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { newKey, slotDigest, type SlotKeys } from './keySlot';
import { migrationRecord } from './migrationRecord';
import { createKeyPair, type NewKeys } from './newKeys';
import { openFile, requireActive, requireSoundLog, type OpenFile } from './openWorkspace';
import type { KdfCost } from './passphraseKey';
import { lockWithPassphrase } from './passphraseSlot';
import { retireKeys, setAccess, setSlot, type KeyFacts, type PersonRecord } from './peopleRepo';
import { endRecoveryKit } from './recoveryRepo';
import { writeAndAppend } from './session';
import type { VaultEnvironment } from './signIn';
import { withSlot, type VaultStore } from './vaultStore';
import type { WorkspaceFiles } from './workspaceFolder';

export interface NewAccess {
  readonly files: WorkspaceFiles;
  readonly store: VaultStore;
  readonly personId: PersonId;
  readonly dataKey: Buffer;
  readonly newPassphrase: string;
  /** True when the code of the recovery kit gave the data key. */
  readonly isRecovery: boolean;
}

/**
 * Gives a person who has come by the data key a passphrase and keys of their own.
 *
 * Nobody but them ever holds these keys: what an administrator hands over opens the workspace once, and
 * signs nothing. The database learns of the keys first; killed before vault.json has the new slot, the
 * person starts again with what they were given.
 *
 * @returns the keys of the new slot, to sign in with; wiped by the caller
 * @throws AppFailure FORBIDDEN (deactivated, or no administrator), INTEGRITY, STORAGE
 */
export async function takeAccess(
  environment: VaultEnvironment,
  access: NewAccess,
  cost: KdfCost,
): Promise<SlotKeys> {
  const { files, store, personId, dataKey, newPassphrase } = access;
  const { workspaceId } = store.current();
  const keys = { personKek: newKey(), dataKey: Buffer.from(dataKey) };
  const pair = createKeyPair({ workspaceId, personId }, keys.personKek);
  const entry = new Entry(environment, access, pair);
  const file = openFile(
    files,
    workspaceId,
    dataKey,
    migrationRecord((db) => entry.enter(db)),
  );
  try {
    if (file.isReadOnly) throw needsWritableFolder();
    await requireSoundLog(file.db, file.heads, workspaceId);
    const { printedName } = entry.requirePerson(file.db);
    const owner = { personId, printedName, isOneTime: false };
    const slot = await lockWithPassphrase(workspaceId, owner, newPassphrase, keys, cost);
    entry.record(file, slotDigest(slot));
    const changed = withSlot(store.current(), slot);
    store.save(access.isRecovery ? { ...changed, recovery: null } : changed);
    return keys;
  } finally {
    file.db.close();
    file.cleanUp();
  }
}

/** The new keys on their way into the database: in the migration, if there is one, or with their event. */
class Entry {
  private isEntered = false;

  constructor(
    private readonly environment: VaultEnvironment,
    private readonly access: NewAccess,
    private readonly pair: NewKeys,
  ) {}

  requirePerson(db: Db): PersonRecord {
    const { personId, store, isRecovery } = this.access;
    const { person } = requireActive(db, store.current(), personId);
    if (isRecovery && !person.roles.includes('administrator')) throw notAnAdministrator();
    return person;
  }

  /** Puts the new keys in the place of the old ones; answers who writes events with them. */
  enter(db: Db): EventSource {
    const person = this.requirePerson(db);
    const { access, pair, environment } = this;
    const { bootId, nowMs } = environment;
    if (!this.isEntered) {
      const createdAtUtc = new Date(nowMs()).toISOString();
      retireKeys(db, person.id, access.isRecovery ? 'recovered' : 'replaced', createdAtUtc);
      pair.insert(db, { ...this.originOf(person), createdAtUtc });
      this.isEntered = true;
    }
    const { workspaceId } = access.store.current();
    return { workspaceId, actor: person, signer: pair.signer, bootId, nowMs };
  }

  record({ db, heads }: OpenFile, slotSha256: string): void {
    const person = this.requirePerson(db);
    const { isRecovery, store } = this.access;
    const { workspaceId } = store.current();
    const { bootId, nowMs } = this.environment;
    const { signer, binding } = this.pair;
    noteTouchedRows(db);
    const { head } = writeAndAppend(
      db,
      { workspaceId, actor: person, signer, bootId, nowMs },
      {
        action: isRecovery ? 'vault.accessRecovered' : 'vault.keysMade',
        subject: person.id,
        detail: { after: { ...this.originOf(person), ...binding, slotSha256 } },
        fn: () => {
          this.enter(db);
          setSlot(db, person.id, slotSha256);
          if (!isRecovery) return;
          const endedAtUtc = new Date(nowMs()).toISOString();
          setAccess(db, person.id, { accessOrigin: 'recovered', accessBy: null });
          endRecoveryKit(db, { endedAtUtc, endedBy: person.id, wasUsed: true });
        },
      },
    );
    heads.append(head);
  }

  private originOf({ accessOrigin, accessBy }: PersonRecord): Omit<KeyFacts, 'createdAtUtc'> {
    return this.access.isRecovery
      ? { origin: 'recovered', authorisedBy: null }
      : { origin: accessOrigin, authorisedBy: accessBy };
  }
}

function notAnAdministrator(): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    'The recovery kit gives access back to administrators only. Nothing was changed. Sign in as an administrator with it, then reset the access of this person.',
  );
}

function needsWritableFolder(): AppFailure {
  return new AppFailure(
    'STORAGE',
    'The folder of this workspace cannot be written to, so no new passphrase can be set. Nothing was changed. Free the disk or the folder and try again.',
  );
}
