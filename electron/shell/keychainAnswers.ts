import type { KeychainAnswer, KeychainQuestion } from '../app/shellMessages';

/** The operating system's keychain as Electron offers it (`safeStorage`); it keeps texts. */
export interface SystemKeychain {
  readonly platform: NodeJS.Platform;
  /** Which store keeps the keychain's own key; only Linux has a choice. */
  backend(): string;
  isAvailable(): Promise<boolean>;
  encrypt(text: string): Promise<Buffer>;
  decrypt(encrypted: Buffer): Promise<string>;
}

/** The shell keeps halves of this length and nothing else. */
const HALF_BYTES = 32;
const MOST_PROTECTED_BYTES = 4096;

const REFUSED: KeychainAnswer = { isAvailable: false, bytes: null };

/**
 * Answers core's questions to the keychain, and refuses one that keeps nothing secret.
 *
 * On Linux without a keyring, Electron encrypts under a password that is written in its source. That
 * would be clear text with extra steps, so it counts as no keychain at all; there is no fallback.
 */
export async function answerKeychain(
  system: SystemKeychain,
  question: KeychainQuestion,
): Promise<KeychainAnswer> {
  if (!(await isTrusted(system))) return REFUSED;
  if (question.kind === 'isAvailable') return { isAvailable: true, bytes: null };
  return {
    isAvailable: true,
    bytes:
      question.kind === 'protect'
        ? await protect(system, question.half)
        : await reveal(system, question.protectedHalf),
  };
}

/** True when what the keychain encrypts can be read by the person of this system alone. */
export async function isTrusted(system: SystemKeychain): Promise<boolean> {
  const { platform } = system;
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return false;
  if (platform === 'linux' && ['basic_text', 'unknown', ''].includes(system.backend())) {
    return false;
  }
  if (!(await system.isAvailable())) return false;
  // The store may be chosen and yet not answer: only what comes out of it shows what was used.
  return platform !== 'linux' || !isUnderKnownPassword(platform, await system.encrypt('probe'));
}

/** On Linux `v10` marks the password that everybody knows; elsewhere it marks the real keychain. */
export function isUnderKnownPassword(platform: NodeJS.Platform, encrypted: Buffer): boolean {
  return platform === 'linux' && encrypted.subarray(0, 3).toString('latin1') === 'v10';
}

async function protect(system: SystemKeychain, half: string): Promise<string | null> {
  if (!isHalf(half)) return null;
  const encrypted = await system.encrypt(half);
  const isKept = !isUnderKnownPassword(system.platform, encrypted);
  return isKept ? encrypted.toString('base64') : null;
}

async function reveal(system: SystemKeychain, protectedHalf: string): Promise<string | null> {
  const encrypted = Buffer.from(protectedHalf, 'base64');
  if (encrypted.length === 0 || encrypted.length > MOST_PROTECTED_BYTES) return null;
  if (isUnderKnownPassword(system.platform, encrypted)) return null;
  const half = await system.decrypt(encrypted);
  return isHalf(half) ? half : null;
}

function isHalf(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === HALF_BYTES && bytes.toString('base64') === text;
}
