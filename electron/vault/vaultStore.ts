import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { KeySlot } from './keySlot';
import { readVaultFile, writeVaultFile, type VaultFile } from './vaultFile';

/** `vault.json` of the open workspace: what it says now, and the one place that changes it. */
export interface VaultStore {
  current(): VaultFile;
  /** Reads it again. @throws AppFailure NOT_FOUND, BAD_DATA */
  reload(): VaultFile;
  /** Replaces it in one step. @throws AppFailure STORAGE; the old one stands then */
  save(file: VaultFile): void;
}

export function createVaultStore(path: string, known: VaultFile): VaultStore {
  let file = known;
  return {
    current: () => file,
    reload: () => (file = readVaultFile(path)),
    save(changed) {
      writeVaultFile(path, changed);
      file = changed;
    },
  };
}

export function findSlot({ slots }: VaultFile, personId: PersonId): KeySlot | null {
  return slots.find((slot) => slot.personId === personId) ?? null;
}

/** The file with this slot in the place of its person's old one, or after the others. */
export function withSlot(file: VaultFile, slot: KeySlot): VaultFile {
  const others = file.slots.map((one) => (one.personId === slot.personId ? slot : one));
  const isNew = findSlot(file, slot.personId) === null;
  return { ...file, slots: isNew ? [...others, slot] : others };
}

/**
 * Writes vault.json after the database has the change on record; a failure says what holds meanwhile.
 *
 * @param meanwhile what is true until it can be written, in a sentence
 * @throws AppFailure STORAGE
 */
export function saveRecorded(store: VaultStore, changed: VaultFile, meanwhile: string): void {
  try {
    store.save(changed);
  } catch (error) {
    if (!(error instanceof AppFailure && error.code === 'STORAGE')) throw error;
    throw new AppFailure(
      'STORAGE',
      `The change is on record, but vault.json could not be written. ${meanwhile} Free the disk or the folder.`,
      error.details,
    );
  }
}

export function withoutSlots(file: VaultFile, isGone: (id: PersonId) => boolean): VaultFile {
  return { ...file, slots: file.slots.filter(({ personId }) => !isGone(personId)) };
}
