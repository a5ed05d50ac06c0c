import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { VaultStatus } from '../../shared/vault/channels';
import type { KeychainState, keychainChannels } from '../../shared/vault/keychainChannels';
import type { AppContext, CoreContext } from '../app/context';
import {
  createDeviceSlot,
  drawHalves,
  hasDeviceSlot,
  removeDeviceSlot,
  writeDeviceSlot,
  type DeviceHalves,
  type DeviceSlotOwner,
} from './deviceSlot';
import { forgetEnded, keychainRefused, noKeychain, revealDeviceKey } from './keychainUnlock';

type Input<K extends keyof typeof keychainChannels> = InputOf<(typeof keychainChannels)[K]>;

/** Whether this system has a keychain to trust, and whether the person signs in through it here. */
export async function keychainState(ctx: AppContext): Promise<KeychainState> {
  const { keychain, userDataFolder } = ctx.ports;
  return {
    isAvailable: await keychain.isAvailable(),
    isEnabled: hasDeviceSlot(userDataFolder, ownerOf(ctx)),
  };
}

/**
 * Lets the person sign in on this device without their passphrase; signing records still needs it.
 *
 * The file and its event come together: without the event the file is taken back.
 *
 * @throws AppFailure CONFLICT (no keychain to trust, or it refuses), FORBIDDEN (wrong passphrase), STORAGE
 */
export async function enableKeychain(
  ctx: AppContext,
  { passphrase }: Input<'vault.enableKeychain'>,
): Promise<KeychainState> {
  const { keychain } = ctx.ports;
  if (!(await keychain.isAvailable())) throw noKeychain();
  // Asked before the passphrase is tried: the keychain may let everybody wait.
  const halves = await drawHalves(keychain);
  if (halves === null) throw keychainRefused();
  try {
    await ctx.withSlotKeys(passphrase, ({ personKek }) => keepSlot(ctx, halves, personKek));
    return { isAvailable: true, isEnabled: true };
  } finally {
    halves.half.fill(0);
  }
}

function keepSlot(ctx: AppContext, halves: DeviceHalves, personKek: Buffer): void {
  const { userDataFolder } = ctx.ports;
  const owner = ownerOf(ctx);
  const slot = createDeviceSlot(owner, halves, personKek);
  const hadOne = hasDeviceSlot(userDataFolder, owner);
  try {
    ctx.write('vault.keychainEnabled', owner.personId, {}, () =>
      writeDeviceSlot(userDataFolder, slot),
    );
  } catch (error) {
    // One that was there before is on record already; the new one opens the same.
    if (!hadOne) removeDeviceSlot(userDataFolder, owner);
    throw error;
  }
}

/**
 * Ends signing in through the keychain for this person on this device.
 *
 * Cut short, the file is gone without its event at worst, never the other way round.
 *
 * @throws AppFailure CONFLICT when it is not switched on, STORAGE
 */
export async function disableKeychain(ctx: AppContext): Promise<KeychainState> {
  const { userDataFolder } = ctx.ports;
  const owner = ownerOf(ctx);
  if (!hasDeviceSlot(userDataFolder, owner)) throw notOn();
  ctx.write('vault.keychainDisabled', owner.personId, {}, () =>
    removeDeviceSlot(userDataFolder, owner),
  );
  return keychainState(ctx);
}

/**
 * Signs a person in through the keychain of this system.
 *
 * A wait after wrong passphrases does not hold it up: the wait slows guessing, and here there is nothing
 * to guess, while whoever types nonsense could keep the person out. It does not end the wait either, or
 * locking and coming back this way would give fresh guesses for signing. A keychain that refuses counts
 * as no attempt.
 *
 * @throws AppFailure NOT_FOUND (not switched on), CONFLICT (no keychain, refused, access changed, open in
 *   another window), BAD_DATA (damaged), FORBIDDEN (may no longer sign in), INTEGRITY, STORAGE
 */
export async function unlockWithKeychain(
  ctx: CoreContext,
  { personId }: Input<'vault.unlockWithKeychain'>,
): Promise<VaultStatus> {
  const { keychain, userDataFolder } = ctx.ports;
  const owner = { workspaceId: ctx.vault.store().current().workspaceId, personId };
  const key = await revealDeviceKey(keychain, userDataFolder, owner);
  try {
    await ctx.vault.unlockWithDevice(key);
    return ctx.vault.status();
  } catch (error) {
    forgetEnded(userDataFolder, owner, error);
    throw error;
  } finally {
    key.personKek.fill(0);
  }
}

function ownerOf({ workspace, actor }: AppContext): DeviceSlotOwner {
  return { workspaceId: workspace.id, personId: actor.id };
}

function notOn(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'Signing in through the keychain is not switched on for you on this device. Nothing was changed.',
  );
}
