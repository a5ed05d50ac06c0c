import { AppFailure } from '../../shared/ipc/errors';
import type { PersonId } from '../../shared/base/ids';
import { rekeyHeadsLog } from '../audit/logService';
import { backUpDatabase } from '../db/backupDatabase';
import { openDatabase } from '../db/openDatabase';
import { rekeyDatabase } from '../db/rekeyDatabase';
import { PARTIAL_SUFFIX, publishFile } from '../io/atomicWrite';
import { newKey, openDataKey, sealDataKey } from './keySlot';
import type { KeySlot, RecoverySlot, SlotKeys } from './keySlot';
import { deriveChildKey } from './sealing';
import type { VaultFile } from './vaultFile';
import type { VaultStore } from './vaultStore';
import type { WorkspaceFiles } from './workspaceFolder';

/**
 * Replaces the workspace's data key, because somebody left who knows it.
 *
 * Nobody else needs to be there: the new key is sealed to everyone first (`next` in vault.json), then the
 * database gets it in a copy that takes the old one's place, then the heads, then vault.json names the
 * new key alone. Killed at any point, the next sign-in finds out which key the database has and goes on
 * from there ({@link settleDataKey}).
 *
 * Cost: O(size of the file); needs room for a copy.
 *
 * @param keys those of the person who signs in; wiped by the caller
 * @returns the new data key
 * @throws AppFailure STORAGE when there is no room; the old key stays in use then
 */
export async function changeDataKey(
  files: WorkspaceFiles,
  store: VaultStore,
  keys: SlotKeys,
): Promise<Buffer> {
  const dataKey = newKey();
  const next = await sealToEveryone(store.current(), dataKey);
  store.save({ ...store.current(), next });
  replaceDatabase(files.database, keys.dataKey, dataKey);
  finish(files, store, keys.dataKey, dataKey);
  return dataKey;
}

/**
 * Ends a replacement of the data key that was cut short; without one, answers the keys as they are.
 *
 * @throws AppFailure as opening the database does, when neither key opens it
 */
export async function settleDataKey(
  files: WorkspaceFiles,
  store: VaultStore,
  slot: KeySlot | RecoverySlot,
  keys: SlotKeys,
): Promise<SlotKeys> {
  const { workspaceId, next } = store.current();
  if (next === null || slot.v === 1) return keys;
  const sealed = ('kitId' in slot ? next.sealedToRecovery : next.sealedTo[slot.personId]) ?? '';
  const dataKey = await openDataKey(workspaceId, slot, keys.personKek, sealed);
  if (dataKey === null || opensWith(files.database, keys.dataKey)) {
    store.save({ ...store.current(), next: null });
    return keys;
  }
  requireOpens(files.database, dataKey);
  finish(files, store, keys.dataKey, dataKey);
  keys.dataKey.fill(0);
  return { personKek: keys.personKek, dataKey };
}

async function sealToEveryone(
  { workspaceId, slots, recovery }: VaultFile,
  dataKey: Buffer,
): Promise<NonNullable<VaultFile['next']>> {
  const sealedTo: Record<PersonId, string> = {};
  for (const slot of slots) {
    if (slot.v === 2) sealedTo[slot.personId] = await sealDataKey(workspaceId, slot, dataKey);
  }
  const sealedToRecovery =
    recovery === null ? null : await sealDataKey(workspaceId, recovery, dataKey);
  return { sealedTo, sealedToRecovery };
}

/** The copy is made, given the new key and checked under a name that is swept when this is cut short. */
function replaceDatabase(path: string, oldKey: Buffer, newDataKey: Buffer): void {
  const copy = `${path}.rekey${PARTIAL_SUFFIX}`;
  const keyHex = oldKey.toString('hex');
  const db = openDatabase({ path, keyHex });
  try {
    backUpDatabase(db, copy, keyHex);
  } finally {
    db.close();
  }
  rekeyDatabase(copy, keyHex, newDataKey.toString('hex'));
  publishFile(copy, path);
}

function finish(
  { heads }: WorkspaceFiles,
  store: VaultStore,
  oldKey: Buffer,
  newDataKey: Buffer,
): void {
  const { workspaceId, next, slots, recovery } = store.current();
  if (next === null) throw new Error('no replacement of the data key has begun');
  const keys = [oldKey, newDataKey].map((key) => deriveChildKey(key, 'assay/heads/v1'));
  rekeyHeadsLog(heads, keys[0]!, keys[1]!, workspaceId);
  for (const key of keys) key.fill(0);
  const { sealedTo, sealedToRecovery } = next;
  const resealed = (slot: KeySlot): KeySlot => {
    const sealedDataKey = sealedTo[slot.personId];
    return slot.v === 1 || sealedDataKey === undefined ? slot : { ...slot, sealedDataKey };
  };
  store.save({
    ...store.current(),
    slots: slots.map(resealed),
    recovery:
      recovery === null || sealedToRecovery === null
        ? null
        : { ...recovery, sealedDataKey: sealedToRecovery },
    next: null,
  });
}

function opensWith(path: string, dataKey: Buffer): boolean {
  try {
    requireOpens(path, dataKey);
    return true;
  } catch (error) {
    if (error instanceof AppFailure && error.code === 'INTEGRITY') return false;
    throw error;
  }
}

function requireOpens(path: string, dataKey: Buffer): void {
  openDatabase({ path, keyHex: dataKey.toString('hex') }).close();
}
