import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { deriveChildKey } from './sealing';

/**
 * Hands a key to a person without their passphrase: it is encrypted to their public key.
 *
 * So the workspace's key can be replaced when somebody leaves, although nobody else is there to type.
 *
 * @source RFC 9180 (HPKE), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM
 */
const kem = new DhkemX25519HkdfSha256();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

const ENCAPSULATED_BYTES = 32;

/** The public key that belongs to a person's key-encryption key, as 64 hex digits. */
export async function publicKeyOf(personKek: Uint8Array): Promise<string> {
  const { publicKey } = await keyPairOf(personKek);
  return Buffer.from(await kem.serializePublicKey(publicKey)).toString('hex');
}

/**
 * Encrypts a key to a public key.
 *
 * @param context what the sealed key belongs to; opening needs the same
 * @returns encapsulated key and ciphertext as hex
 */
export async function sealToPublicKey(
  publicKeyHex: string,
  context: string,
  key: Uint8Array,
): Promise<string> {
  const recipientPublicKey = await kem.deserializePublicKey(bytesOf(publicKeyHex));
  const info = Buffer.from(context, 'utf8');
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, key);
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]).toString('hex');
}

/** Opens what {@link sealToPublicKey} made; null when the key, the context or a single bit is another. */
export async function openSealed(
  personKek: Uint8Array,
  context: string,
  sealedHex: string,
): Promise<Buffer | null> {
  const sealed = bytesOf(sealedHex);
  const recipientKey = await keyPairOf(personKek);
  const enc = sealed.subarray(0, ENCAPSULATED_BYTES);
  const info = Buffer.from(context, 'utf8');
  try {
    const plain = await suite.open(
      { recipientKey, enc, info },
      sealed.subarray(ENCAPSULATED_BYTES),
    );
    return Buffer.from(plain);
  } catch {
    return null; // the tag does not fit: nothing else can fail here
  }
}

async function keyPairOf(personKek: Uint8Array): ReturnType<typeof kem.deriveKeyPair> {
  const seed = deriveChildKey(personKek, 'assay/kek/seal/v1');
  try {
    return await kem.deriveKeyPair(new Uint8Array(seed));
  } finally {
    seed.fill(0);
  }
}

/** A copy of its own, because the library looks at whole buffers. */
function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
