import { safeStorage } from 'electron';
import type { KeychainAnswer, KeychainQuestion } from '../app/shellMessages';
import { answerKeychain, type SystemKeychain } from './keychainAnswers';

const system: SystemKeychain = {
  platform: process.platform,
  backend: () => safeStorage.getSelectedStorageBackend(),
  isAvailable: () => safeStorage.isAsyncEncryptionAvailable(),
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  decrypt: async (encrypted) => (await safeStorage.decryptStringAsync(encrypted)).result,
};

/** Puts a question of core's to the keychain; one that fails or refuses answers nothing. */
export async function askKeychain(question: KeychainQuestion): Promise<KeychainAnswer> {
  try {
    return await answerKeychain(system, question);
  } catch {
    // The person said no, the keychain is locked or too old, or the bytes are another one's.
    return { isAvailable: false, bytes: null };
  }
}
