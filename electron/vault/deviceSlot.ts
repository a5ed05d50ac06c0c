import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PersonId, WorkspaceId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { Keychain } from '../app/context';
import { writeFileAtomically } from '../io/atomicWrite';
import { codeOf, toFileFailure } from '../io/fileFailure';
import { KEY_BYTES, NONCE_BYTES, deriveChildKey, seal, unseal } from './sealing';

/**
 * A person's way in on one device, beside the passphrase: half of it in this file, half in the system's
 * keychain.
 *
 * The wrapping key is derived from both halves. The file, or whoever runs the shell and the keychain, has
 * one half, which says nothing about the key. It wraps the person's key-encryption key, which stays the
 * same when the passphrase changes and is another after a reset.
 */
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

const DeviceSlot = z.strictObject({
  v: z.literal(1),
  workspaceId: WorkspaceId,
  personId: PersonId,
  /** The half that the shell never sees. */
  salt: hex(KEY_BYTES),
  /** What the keychain made of the other half. */
  protectedHalf: z.base64().min(1).max(8192),
  nonce: hex(NONCE_BYTES),
  /** Ciphertext and tag of the key-encryption key. */
  wrappedKek: hex(KEY_BYTES + 16),
});
export type DeviceSlot = z.infer<typeof DeviceSlot>;

/** Whose slot it is. */
export interface DeviceSlotOwner {
  readonly workspaceId: WorkspaceId;
  readonly personId: PersonId;
}

/** The two halves of a wrapping key, of which the keychain has taken one. */
export interface DeviceHalves {
  readonly salt: Buffer;
  readonly half: Buffer;
  readonly protectedHalf: Buffer;
}

const MAX_BYTES = 16_384;

/** Where the slot lies; outside the workspace, so that no copy or backup of it takes the slot along. */
export function deviceSlotPath(
  userDataFolder: string,
  { workspaceId, personId }: DeviceSlotOwner,
): string {
  return join(userDataFolder, 'device-slots', `${workspaceId}.${personId}.json`);
}

export function hasDeviceSlot(userDataFolder: string, owner: DeviceSlotOwner): boolean {
  return existsSync(deviceSlotPath(userDataFolder, owner));
}

/** Draws both halves and gives one to the keychain; null when the keychain does not take it. */
export async function drawHalves(keychain: Keychain): Promise<DeviceHalves | null> {
  const half = randomBytes(KEY_BYTES);
  const protectedHalf = await keychain.protect(half);
  if (protectedHalf !== null) return { salt: randomBytes(KEY_BYTES), half, protectedHalf };
  half.fill(0);
  return null;
}

/** Wraps the person's key-encryption key under both halves. */
export function createDeviceSlot(
  owner: DeviceSlotOwner,
  { salt, half, protectedHalf }: DeviceHalves,
  personKek: Uint8Array,
): DeviceSlot {
  const nonce = randomBytes(NONCE_BYTES);
  const open = {
    v: 1 as const,
    workspaceId: owner.workspaceId,
    personId: owner.personId,
    salt: salt.toString('hex'),
    protectedHalf: protectedHalf.toString('base64'),
    nonce: nonce.toString('hex'),
  };
  const key = wrappingKey(salt, half);
  const wrapped = seal(key, nonce, personKek, canonicalJson(open));
  key.fill(0);
  return { ...open, wrappedKek: wrapped.toString('hex') };
}

/**
 * Opens a slot with the half that the keychain gave back.
 *
 * @returns the person's key-encryption key; null when the half or any field of the slot is another
 */
export function openDeviceSlot(slot: DeviceSlot, half: Uint8Array): Buffer | null {
  const { wrappedKek, ...open } = slot;
  const key = wrappingKey(Buffer.from(slot.salt, 'hex'), half);
  const nonce = Buffer.from(slot.nonce, 'hex');
  const personKek = unseal(key, nonce, Buffer.from(wrappedKek, 'hex'), canonicalJson(open));
  key.fill(0);
  return personKek;
}

/**
 * Reads the slot of a person; null when there is none.
 *
 * @throws AppFailure BAD_DATA when it is not byte for byte what Assay writes, or somebody else's
 */
export function readDeviceSlot(userDataFolder: string, owner: DeviceSlotOwner): DeviceSlot | null {
  const text = readText(deviceSlotPath(userDataFolder, owner));
  if (text === null) return null;
  const slot = DeviceSlot.safeParse(parseJson(text));
  if (!slot.success || format(slot.data) !== text) throw damagedDeviceSlot();
  const { workspaceId, personId } = slot.data;
  if (workspaceId !== owner.workspaceId || personId !== owner.personId) throw damagedDeviceSlot();
  return slot.data;
}

/** Replaces the slot of its person in one step. @throws AppFailure STORAGE */
export function writeDeviceSlot(userDataFolder: string, slot: DeviceSlot): void {
  const path = deviceSlotPath(userDataFolder, slot);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toFileFailure(error, dirname(path)) ?? error;
  }
  writeFileAtomically(path, format(slot));
}

/** @throws AppFailure STORAGE */
export function removeDeviceSlot(userDataFolder: string, owner: DeviceSlotOwner): void {
  const path = deviceSlotPath(userDataFolder, owner);
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw toFileFailure(error, path) ?? error;
  }
}

export function damagedDeviceSlot(): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    'What this device keeps for signing in through the keychain is damaged or was changed outside Assay. Nothing was changed. Sign in with your passphrase, then switch it on again.',
  );
}

function wrappingKey(salt: Uint8Array, half: Uint8Array): Buffer {
  const both = Buffer.concat([salt, half]);
  const key = deriveChildKey(both, 'assay/device/kek/v1');
  both.fill(0);
  return key;
}

function format(slot: DeviceSlot): string {
  return `${canonicalJson(slot)}\n`;
}

function readText(path: string): string | null {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_BYTES) throw damagedDeviceSlot();
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (error instanceof TypeError || codeOf(error) === 'EISDIR') throw damagedDeviceSlot();
    if (['EACCES', 'EPERM'].includes(codeOf(error))) throw unreadable();
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damagedDeviceSlot();
  }
}

function unreadable(): AppFailure {
  return new AppFailure(
    'STORAGE',
    'You have no permission to read what this device keeps for signing in through the keychain. Nothing was changed. Sign in with your passphrase.',
  );
}
