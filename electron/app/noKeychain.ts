import type { Keychain } from './context';

/** Where there is no shell there is no keychain: the passphrase is the only way in. */
export const NO_KEYCHAIN: Keychain = {
  isAvailable: () => Promise.resolve(false),
  protect: () => Promise.resolve(null),
  reveal: () => Promise.resolve(null),
};
