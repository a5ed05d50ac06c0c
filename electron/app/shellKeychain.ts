import type { Keychain } from './context';
import type { CoreToShell, KeychainAnswer, KeychainQuestion } from './shellMessages';

/** Core's side of the keychain, which only the shell can reach. */
export interface ShellKeychain {
  readonly port: Keychain;
  answered(id: number, answer: KeychainAnswer): void;
}

export function createShellKeychain(post: (message: CoreToShell) => void): ShellKeychain {
  const waiting = new Map<number, (answer: KeychainAnswer) => void>();
  let lastId = 0;

  function ask(question: KeychainQuestion): Promise<KeychainAnswer> {
    const id = ++lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      post({ type: 'askKeychain', id, question });
    });
  }

  async function bytesFor(question: KeychainQuestion): Promise<Buffer | null> {
    const { bytes } = await ask(question);
    return bytes === null ? null : Buffer.from(bytes, 'base64');
  }

  return {
    port: {
      isAvailable: async () => (await ask({ kind: 'isAvailable' })).isAvailable,
      protect: (secret) => bytesFor({ kind: 'protect', half: secret.toString('base64') }),
      reveal: (protectedSecret) =>
        bytesFor({ kind: 'reveal', protectedHalf: protectedSecret.toString('base64') }),
    },
    answered(id, answer) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
