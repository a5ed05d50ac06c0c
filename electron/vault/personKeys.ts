import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { preAuthEncoding } from '../audit/logService';
import { NONCE_BYTES, deriveChildKey, seal, unseal } from './sealing';

/** `sign`: what the person puts under records. `log`: marks what they did while signed in. */
export type KeyUse = 'sign' | 'log';

export interface KeyOwner {
  readonly workspaceId: string;
  readonly personId: string;
}

/** One of a person's two Ed25519 keys as it is stored: public, and private under their own key. */
export interface PersonKey {
  /** SHA-256 of the public key (SPKI DER). */
  readonly keyId: string;
  readonly purpose: KeyUse;
  readonly publicKeyPem: string;
  readonly nonce: Uint8Array;
  readonly wrappedKey: Uint8Array;
}

const WRAPPING_KEY = { sign: 'assay/kek/sign/v1', log: 'assay/kek/log/v1' } as const;

/** Makes a key pair and wraps its private half under the owner's key-encryption key. */
export function createPersonKey(
  purpose: KeyUse,
  owner: KeyOwner,
  personKek: Buffer,
): { readonly stored: PersonKey; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const keyId = createHash('sha256').update(spki).digest('hex');
  const plain = privateKey.export({ format: 'der', type: 'pkcs8' });
  const nonce = randomBytes(NONCE_BYTES);
  const wrappingKey = deriveChildKey(personKek, WRAPPING_KEY[purpose]);
  const wrappedKey = seal(wrappingKey, nonce, plain, keyContext(purpose, keyId, owner));
  wrappingKey.fill(0);
  plain.fill(0);
  const publicKeyPem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  return { stored: { keyId, purpose, publicKeyPem, nonce, wrappedKey }, privateKey };
}

/** Unwraps a private key; null when it is somebody else's or the stored key was altered. */
export function unwrapPersonKey(
  stored: PersonKey,
  owner: KeyOwner,
  personKek: Buffer,
): KeyObject | null {
  const wrappingKey = deriveChildKey(personKek, WRAPPING_KEY[stored.purpose]);
  const context = keyContext(stored.purpose, stored.keyId, owner);
  const plain = unseal(wrappingKey, stored.nonce, stored.wrappedKey, context);
  wrappingKey.fill(0);
  if (plain === null) return null;
  try {
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
  } finally {
    plain.fill(0);
  }
}

/** What a new signing key signs to show that it belongs to the person beside the log key. */
export function keyBinding(owner: KeyOwner, logKeyId: string, signingKeyId: string): Uint8Array {
  const { workspaceId, personId } = owner;
  const binding = { v: 1, workspaceId, personId, logKeyId, signingKeyId };
  const bytes = Buffer.from(canonicalJson(binding), 'utf8');
  return preAuthEncoding('application/vnd.assay.key-binding+json', bytes);
}

/** Raw 64-byte Ed25519 signature. */
export function signWith(privateKey: KeyObject, bytes: Uint8Array): Uint8Array {
  return sign(null, bytes, privateKey);
}

/** True when the private half belongs to the stored public one. */
export function isPairOf(privateKey: KeyObject, stored: PersonKey): boolean {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('hex') === stored.keyId;
}

function keyContext(purpose: KeyUse, keyId: string, { workspaceId, personId }: KeyOwner): string {
  return canonicalJson({ v: 1, purpose, keyId, workspaceId, personId });
}
