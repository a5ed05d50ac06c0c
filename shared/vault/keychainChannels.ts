import { z } from 'zod';
import { PersonId } from '../base/ids';
import { channel } from '../ipc/channel';
import { VaultStatus } from './channels';
import { Passphrase } from './passphraseStrength';
import { ROLES } from './person';

const KeychainState = z.strictObject({
  /** The operating system has a keychain that keeps secrets, and Assay can reach it. */
  isAvailable: z.boolean(),
  /** The signed-in person can sign in through it on this device. */
  isEnabled: z.boolean(),
});
export type KeychainState = z.infer<typeof KeychainState>;

export const keychainChannels = {
  'vault.keychainState': channel({
    input: z.strictObject({}),
    output: KeychainState,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Lets the person sign in on this device without a passphrase. CONFLICT: no keychain to trust. */
  'vault.enableKeychain': channel({
    input: z.strictObject({ passphrase: Passphrase }),
    output: KeychainState,
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
  /** Ends that on this device. CONFLICT: it was not switched on. */
  'vault.disableKeychain': channel({
    input: z.strictObject({}),
    output: KeychainState,
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
  /** Signs a person in. NOT_FOUND: not switched on here; CONFLICT: the keychain refused, or a reset ended it. */
  'vault.unlockWithKeychain': channel({
    input: z.strictObject({ personId: PersonId }),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INTEGRITY'],
  }),
} as const;
