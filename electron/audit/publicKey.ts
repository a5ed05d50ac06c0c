import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AppFailure } from '../../shared/ipc/errors';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE_BYTES = 64;

/** An Ed25519 public key; `fingerprint` is the lowercase hex SHA-256 of its SPKI DER. */
export interface PublicKey {
  readonly raw: Uint8Array;
  readonly fingerprint: string;
  readonly key: KeyObject;
}

/**
 * Reads an Ed25519 public key from the one PEM form that OpenSSL and Node write.
 *
 * @throws AppFailure BAD_DATA when the text is anything else, by even one byte
 */
export function readPublicKey(pem: string): PublicKey {
  const match =
    /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n-----END PUBLIC KEY-----\n$/.exec(pem);
  const der = Buffer.from(match?.[1] ?? '', 'base64');
  const isExact = der.length === 44 && der.toString('base64') === match?.[1];
  if (!isExact || !der.subarray(0, 12).equals(SPKI_PREFIX)) {
    throw new AppFailure('BAD_DATA', 'This is not an Ed25519 public key in PEM form.');
  }
  return {
    raw: der.subarray(12),
    fingerprint: createHash('sha256').update(der).digest('hex'),
    key: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  };
}

/** Tells whether `signature` is this key's Ed25519 signature of `message`. */
export function isSignedBy(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === SIGNATURE_BYTES && verify(null, message, key.key, signature);
}
