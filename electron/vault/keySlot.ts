import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PersonId, RecoveryKitId } from '../../shared/base/ids';
import { PrintedName } from '../../shared/vault/person';
import { Kdf } from './passphraseKey';
import { openSealed, publicKeyOf, sealToPublicKey } from './sealedKey';
import { KEY_BYTES, NONCE_BYTES, deriveChildKey, seal, unseal } from './sealing';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

/** What the first Assay wrote: the data key straight under the passphrase. Still opened, no longer made. */
export const KeySlotV1 = z.strictObject({
  v: z.literal(1),
  personId: PersonId,
  printedName: PrintedName,
  kdf: Kdf,
  nonce: hex(NONCE_BYTES),
  /** Ciphertext and tag of the data key. */
  wrappedKey: hex(KEY_BYTES + 16),
});

/** Two steps: the passphrase opens the owner's key-encryption key, and that opens the data key. */
const lock = {
  v: z.literal(2),
  kdf: Kdf,
  nonce: hex(NONCE_BYTES),
  /** Ciphertext and tag of the key-encryption key. */
  wrappedKek: hex(KEY_BYTES + 16),
  /** X25519, belongs to the key-encryption key. */
  publicKey: hex(KEY_BYTES),
  /** The data key, encrypted to the public key: encapsulated key, ciphertext, tag. */
  sealedDataKey: hex(32 + KEY_BYTES + 16),
} as const;

const KeySlotV2 = z.strictObject({
  ...lock,
  personId: PersonId,
  printedName: PrintedName,
  /** Opened by what an administrator handed over; a passphrase must be chosen at the first sign-in. */
  isOneTime: z.boolean(),
});
export type KeySlotV2 = z.infer<typeof KeySlotV2>;

/** One person's way to the data key. */
export const KeySlot = z.discriminatedUnion('v', [KeySlotV1, KeySlotV2]);
export type KeySlot = z.infer<typeof KeySlot>;

/** The way of whoever holds the printed recovery kit. */
export const RecoverySlot = z.strictObject({ ...lock, kitId: RecoveryKitId });
export type RecoverySlot = z.infer<typeof RecoverySlot>;

type AnySlot = KeySlot | RecoverySlot;

/** What a slot gives to the right passphrase; whoever asked for it wipes it. */
export interface SlotKeys {
  /** Wraps the person's private keys; stays the same when the passphrase changes. */
  readonly personKek: Buffer;
  readonly dataKey: Buffer;
}

export interface SlotSecret {
  readonly kdf: Kdf;
  /** What `deriveMasterKey` made of the passphrase with this `kdf`. */
  readonly masterKey: Buffer;
  readonly keys: SlotKeys;
}

export interface SlotOwner {
  readonly personId: PersonId;
  readonly printedName: string;
  readonly isOneTime: boolean;
}

/** A fresh data key, or key-encryption key. A data key is never used for a second database. */
export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** Makes a person's slot. */
export async function createSlot(
  workspaceId: string,
  { personId, printedName, isOneTime }: SlotOwner,
  secret: SlotSecret,
): Promise<KeySlotV2> {
  return lockSlot(workspaceId, { personId, printedName, isOneTime }, secret);
}

export async function createRecoverySlot(
  workspaceId: string,
  kitId: RecoveryKitId,
  secret: SlotSecret,
): Promise<RecoverySlot> {
  return lockSlot(workspaceId, { kitId }, secret);
}

async function lockSlot<Label extends object>(
  workspaceId: string,
  label: Label,
  { kdf, masterKey, keys }: SlotSecret,
) {
  const nonce = randomBytes(NONCE_BYTES);
  const publicKey = await publicKeyOf(keys.personKek);
  const open = { v: 2 as const, ...label, kdf, nonce: nonce.toString('hex'), publicKey };
  const slotKey = deriveChildKey(masterKey, 'assay/kek/dek/v1');
  const wrapped = seal(slotKey, nonce, keys.personKek, slotContext(workspaceId, open));
  slotKey.fill(0);
  const sealedDataKey = await sealDataKey(workspaceId, open, keys.dataKey);
  return { ...open, wrappedKek: wrapped.toString('hex'), sealedDataKey };
}

/** Encrypts a data key to the owner of a slot, who need not be there. */
export function sealDataKey(
  workspaceId: string,
  { publicKey }: Pick<KeySlotV2, 'publicKey'>,
  dataKey: Uint8Array,
): Promise<string> {
  return sealToPublicKey(publicKey, sealContext(workspaceId, publicKey), dataKey);
}

/** Opens a data key that was sealed to the owner of `personKek`; null when it is for somebody else. */
export function openDataKey(
  workspaceId: string,
  { publicKey }: Pick<KeySlotV2, 'publicKey'>,
  personKek: Uint8Array,
  sealedDataKey: string,
): Promise<Buffer | null> {
  return openSealed(personKek, sealContext(workspaceId, publicKey), sealedDataKey);
}

/**
 * Opens a slot; null when the passphrase is wrong or any field of the slot was altered.
 *
 * @param masterKey what `deriveMasterKey` made of the passphrase with the slot's `kdf`
 */
export async function openSlot(
  workspaceId: string,
  slot: AnySlot,
  masterKey: Buffer,
): Promise<SlotKeys | null> {
  const slotKey = deriveChildKey(masterKey, 'assay/kek/dek/v1');
  const opened = unseal(slotKey, Buffer.from(slot.nonce, 'hex'), ...sealedPart(workspaceId, slot));
  slotKey.fill(0);
  if (opened === null) return null;
  // In a first slot the passphrase's own key wrapped the person's keys.
  if (slot.v === 1) return { personKek: Buffer.from(masterKey), dataKey: opened };
  const dataKey = await openDataKey(workspaceId, slot, opened, slot.sealedDataKey);
  if (dataKey !== null) return { personKek: opened, dataKey };
  opened.fill(0);
  return null;
}

/** True while the slot opens with what an administrator handed over, and with nothing else. */
export function isOneTime(slot: KeySlot): boolean {
  return slot.v === 2 && slot.isOneTime;
}

/** SHA-256 of everything in a slot that only its owner can make; the sealed data key can be anyone's. */
export function slotDigest(slot: AnySlot): string {
  const { sealedDataKey: _sealed, ...own } = { sealedDataKey: '', ...slot };
  return createHash('sha256').update(canonicalJson(own)).digest('hex');
}

function sealedPart(workspaceId: string, slot: AnySlot): [sealed: Buffer, context: string] {
  if (slot.v === 1) {
    const { wrappedKey, ...open } = slot;
    return [Buffer.from(wrappedKey, 'hex'), slotContext(workspaceId, open)];
  }
  const { wrappedKek, sealedDataKey: _sealed, ...open } = slot;
  return [Buffer.from(wrappedKek, 'hex'), slotContext(workspaceId, open)];
}

/** Binds the wrapped key to every other field of its slot, and to its workspace. */
function slotContext(workspaceId: string, open: object): string {
  return canonicalJson({ ...open, workspaceId });
}

function sealContext(workspaceId: string, publicKey: string): string {
  return canonicalJson({ v: 2, use: 'assay/seal/dek/v1', publicKey, workspaceId });
}
