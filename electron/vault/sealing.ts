import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
export const NONCE_BYTES = 12;
export const KEY_BYTES = 32;

/** Encrypts a key under another one (AES-256-GCM); `context` is authenticated with it. */
export function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  context: string,
): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what {@link seal} made; null when the key, the context or a single bit is another. */
export function unseal(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  context: string,
): Buffer | null {
  if (sealed.length < TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return null; // the tag does not fit: nothing else can fail here
  } finally {
    plain.fill(0);
  }
}

/** A key for one purpose, derived from a master key (HKDF-SHA256). */
export function deriveChildKey(master: Uint8Array, info: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), info, KEY_BYTES));
}

/** What a derived key is for; each is used for nothing else. */
export type KeyPurpose =
  | 'assay/kek/dek/v1'
  | 'assay/kek/seal/v1'
  | 'assay/kek/sign/v1'
  | 'assay/kek/log/v1'
  | 'assay/device/kek/v1'
  | 'assay/heads/v1'
  | 'assay/backup/v1';
