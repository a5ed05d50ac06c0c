import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PersonId } from '../../shared/base/ids';
import { PrintedName } from '../../shared/vault/person';
import { Kdf } from './passphraseKey';
import { KEY_BYTES, NONCE_BYTES, deriveChildKey, seal, unseal } from './sealing';

/** One person's way to the data key: the key, wrapped under their passphrase. */
export const KeySlot = z.strictObject({
  v: z.literal(1),
  personId: PersonId,
  printedName: PrintedName,
  kdf: Kdf,
  nonce: z.string().regex(/^[0-9a-f]{24}$/),
  /** Ciphertext and tag of the data key. */
  wrappedKey: z.string().regex(/^[0-9a-f]{96}$/),
});
export type KeySlot = z.infer<typeof KeySlot>;

export interface SlotOwner {
  readonly workspaceId: string;
  readonly personId: PersonId;
  readonly printedName: string;
}

/** A fresh data key. It is never used for a second database. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/**
 * Wraps the data key for a person.
 *
 * @param masterKey what {@link deriveMasterKey} made of the person's passphrase with this `kdf`
 */
export function createSlot(
  owner: SlotOwner,
  kdf: Kdf,
  masterKey: Buffer,
  dataKey: Buffer,
): KeySlot {
  const nonce = randomBytes(NONCE_BYTES);
  const { personId, printedName, workspaceId } = owner;
  const open = { v: 1 as const, personId, printedName, kdf, nonce: nonce.toString('hex') };
  const slotKey = deriveChildKey(masterKey, 'assay/kek/dek/v1');
  const wrapped = seal(slotKey, nonce, dataKey, slotContext(workspaceId, open));
  slotKey.fill(0);
  return { ...open, wrappedKey: wrapped.toString('hex') };
}

/**
 * Unwraps the data key; null when the passphrase is wrong or any field of the slot was altered.
 *
 * The caller wipes the key.
 */
export function openSlot(workspaceId: string, slot: KeySlot, masterKey: Buffer): Buffer | null {
  const { wrappedKey, ...open } = slot;
  const slotKey = deriveChildKey(masterKey, 'assay/kek/dek/v1');
  const sealed = Buffer.from(wrappedKey, 'hex');
  const dataKey = unseal(
    slotKey,
    Buffer.from(open.nonce, 'hex'),
    sealed,
    slotContext(workspaceId, open),
  );
  slotKey.fill(0);
  return dataKey;
}

/** Binds the wrapped key to every other field of its slot, and to its workspace. */
function slotContext(workspaceId: string, open: Omit<KeySlot, 'wrappedKey'>): string {
  return canonicalJson({ ...open, workspaceId });
}
