import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { Keychain } from '../app/context';
import {
  damagedDeviceSlot,
  openDeviceSlot,
  readDeviceSlot,
  removeDeviceSlot,
  type DeviceSlotOwner,
} from './deviceSlot';
import { isOneTime, openDataKey, type KeySlot, type SlotKeys } from './keySlot';
import { publicKeyOf } from './sealedKey';
import type { VaultFile } from './vaultFile';
import { findSlot } from './vaultStore';

/** What a device slot opened: whose, and the key that opens their slot in vault.json. */
export interface DeviceKey extends DeviceSlotOwner {
  readonly personKek: Buffer;
}

/**
 * Opens the person's device slot with the half that the keychain gives back.
 *
 * The keychain may ask the person and wait for them, so nothing else waits for this: who gives up on it
 * signs in with the passphrase meanwhile.
 *
 * @throws AppFailure NOT_FOUND (not switched on here), CONFLICT (no keychain, or it refuses), BAD_DATA
 *   (damaged)
 */
export async function revealDeviceKey(
  keychain: Keychain,
  userDataFolder: string,
  owner: DeviceSlotOwner,
): Promise<DeviceKey> {
  const slot = readDeviceSlot(userDataFolder, owner);
  if (slot === null) throw notEnabled();
  if (!(await keychain.isAvailable())) throw noKeychain();
  const half = await keychain.reveal(Buffer.from(slot.protectedHalf, 'base64'));
  if (half === null) throw keychainRefused();
  const personKek = openDeviceSlot(slot, half);
  half.fill(0);
  if (personKek === null) throw damagedDeviceSlot();
  return { workspaceId: owner.workspaceId, personId: owner.personId, personKek };
}

/**
 * Opens the person's slot in vault.json with their key-encryption key, without the passphrase.
 *
 * @throws AppFailure NOT_FOUND (another workspace is open by now), CONFLICT (no longer the person's key:
 *   {@link isEnded}), INTEGRITY (the sealed data key was altered)
 */
export async function openWithDeviceKey(
  vault: VaultFile,
  { workspaceId, personId, personKek }: DeviceKey,
): Promise<{ readonly slot: KeySlot; readonly keys: SlotKeys }> {
  if (vault.workspaceId !== workspaceId) throw otherWorkspace();
  const slot = findSlot(vault, personId);
  if (slot?.v !== 2 || isOneTime(slot)) throw ended();
  if ((await publicKeyOf(personKek)) !== slot.publicKey) throw ended();
  const dataKey = await openDataKey(workspaceId, slot, personKek, slot.sealedDataKey);
  if (dataKey === null) throw alteredSlot();
  return { slot, keys: { personKek: Buffer.from(personKek), dataKey } };
}

/**
 * Deletes the device slot of a person whose access was reset or has ended, so that it is not offered again.
 *
 * @param failure why they could not sign in; any other failure leaves the slot alone
 */
export function forgetEnded(
  userDataFolder: string,
  { workspaceId, personId }: DeviceSlotOwner,
  failure: unknown,
): void {
  if (isEnded(failure)) removeDeviceSlot(userDataFolder, { workspaceId, personId });
}

/** A person without a passphrase to get wrong is only ever FORBIDDEN when their access was taken. */
function isEnded(failure: unknown): boolean {
  if (!(failure instanceof AppFailure)) return false;
  return failure.code === 'FORBIDDEN' || failure.details['ended'] === 'keychain';
}

/** True when the sign-in screen may offer it; whether there is a keychain shows when it is used. */
export function offersKeychain(slot: KeySlot, has: (personId: PersonId) => boolean): boolean {
  return slot.v === 2 && !isOneTime(slot) && has(slot.personId);
}

export function noKeychain(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'This system offers no keychain that Assay trusts. Nothing was changed. Sign in with your passphrase; it is the only way in here.',
  );
}

export function keychainRefused(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'The keychain of this system refused. Nothing was changed. Unlock it and try again, or use your passphrase.',
  );
}

export function notEnabled(): AppFailure {
  return new AppFailure(
    'NOT_FOUND',
    'Signing in through the keychain is not switched on for this person on this device. Nothing was changed. Sign in with the passphrase.',
  );
}

function ended(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'The access of this person has changed since signing in through the keychain was switched on, so it no longer works and was switched off on this device. No record was changed. Sign in with the passphrase.',
    { ended: 'keychain' },
  );
}

function otherWorkspace(): AppFailure {
  return new AppFailure(
    'NOT_FOUND',
    'Another workspace was opened while the keychain was asked. Nothing was changed. Sign in again.',
  );
}

function alteredSlot(): AppFailure {
  return new AppFailure(
    'INTEGRITY',
    'vault.json was changed outside Assay: the key of this person no longer opens the workspace. Nothing was changed. Put back vault.json from the latest backup of this workspace.',
    { step: 'slot' },
  );
}
