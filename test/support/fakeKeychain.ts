import { randomBytes } from 'node:crypto';
import type { Keychain } from '../../electron/app/context';

/** A keychain that keeps what it is given under a key of its own, and remembers all that it saw. */
export class FakeKeychain implements Keychain {
  /** Every secret that passed through the shell. */
  readonly seen: Buffer[] = [];
  isThere = true;
  /** What the person answers when the system asks them. */
  isAllowed = true;
  private readonly key = randomBytes(32);

  isAvailable(): Promise<boolean> {
    return Promise.resolve(this.isThere);
  }

  protect(secret: Buffer): Promise<Buffer | null> {
    this.seen.push(Buffer.from(secret));
    return Promise.resolve(this.answers() ? this.mix(secret) : null);
  }

  reveal(protectedSecret: Buffer): Promise<Buffer | null> {
    const secret = this.mix(protectedSecret);
    this.seen.push(Buffer.from(protectedSecret), Buffer.from(secret));
    return Promise.resolve(this.answers() ? secret : null);
  }

  private answers(): boolean {
    return this.isThere && this.isAllowed;
  }

  private mix(bytes: Buffer): Buffer {
    return Buffer.from(bytes.map((byte, i) => byte ^ this.key[i % this.key.length]!));
  }
}
