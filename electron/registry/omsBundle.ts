import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { preAuthEncoding } from '../audit/logService';
import { parseJson, PAYLOAD_TYPE } from './omsStatement';

export const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

const Base64 = z.string().regex(/^[A-Za-z0-9+/_-]+={0,2}$/);

/** A Sigstore bundle as far as the method `key` of OpenSSF Model Signing uses it. */
const KeyBundle = z.object({
  mediaType: z.literal(MEDIA_TYPE),
  verificationMaterial: z.object({
    // `hint` since 1.1.0 of the reference implementation; before it, the key itself.
    publicKey: z.object({ hint: z.string().nullish(), rawBytes: z.string().nullish() }),
  }),
  dsseEnvelope: z.object({
    payload: Base64,
    payloadType: z.literal(PAYLOAD_TYPE),
    signatures: z.tuple([z.object({ sig: Base64, keyid: z.string().nullish() })]),
  }),
});

export interface SignedPayload {
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** What the bundle says of its key; null in bundles of older signers. */
  readonly keyHint: string | null;
}

/** Reads a bundle; a sentence when it is none that Assay checks. */
export function readBundle(text: string): SignedPayload | string {
  const json = parseJson(text);
  const parsed = KeyBundle.safeParse(json);
  if (!parsed.success)
    return describe(json, parsed.error.issues[0]?.path.map(String).join('.') ?? '');
  const { verificationMaterial, dsseEnvelope } = parsed.data;
  return {
    payload: Buffer.from(dsseEnvelope.payload, 'base64'),
    signature: Buffer.from(dsseEnvelope.signatures[0].sig, 'base64'),
    keyHint: verificationMaterial.publicKey.hint ?? null,
  };
}

const OtherMethod = z.object({
  verificationMaterial: z.union([
    z.object({ x509CertificateChain: z.unknown() }),
    z.object({ certificate: z.unknown() }),
  ]),
});

function describe(json: unknown, place: string): string {
  if (json === undefined) return 'It is no JSON, or was cut off.';
  if (OtherMethod.safeParse(json).success && place.startsWith('verificationMaterial')) {
    return 'It was signed with a certificate. Assay checks signatures by a key alone, because a certificate needs an authority to vouch for it.';
  }
  return place === ''
    ? 'It is no Sigstore bundle.'
    : `It is no Sigstore bundle with a signed statement: ${place} is missing or wrong.`;
}

/** A public key that can check a bundle. */
export interface CheckingKey {
  readonly key: KeyObject;
  /** E.g. `ECDSA P-384`. */
  readonly kind: string;
  /** Null: the signature scheme has a hash of its own. */
  readonly hash: string | null;
  /** SHA-256 of the key in PEM form, as bundles name it. */
  readonly hint: string;
}

/** The curves that the standard demands, each with the hash that goes with it. */
const CURVES: Readonly<Record<string, { readonly kind: string; readonly hash: string }>> = {
  prime256v1: { kind: 'ECDSA P-256', hash: 'sha256' },
  secp384r1: { kind: 'ECDSA P-384', hash: 'sha384' },
  secp521r1: { kind: 'ECDSA P-521', hash: 'sha512' },
};

/** Reads a public key; a sentence when it is none that signs models. */
export function readCheckingKey(pem: string): CheckingKey | string {
  if (/PRIVATE KEY/u.test(pem))
    return 'This is a private key. Keep it secret, and give the public key.';
  const key = publicKeyOf(pem);
  if (key === null) return 'It is no public key in PEM form.';
  const hint = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'pem' }))
    .digest('hex');
  if (key.asymmetricKeyType === 'ed25519') return { key, kind: 'Ed25519', hash: null, hint };
  const curve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (curve === undefined)
    return 'It is a key of a kind that signs no models: ECDSA P-256, P-384, P-521 and Ed25519 do.';
  return { key, ...curve, hint };
}

function publicKeyOf(pem: string): KeyObject | null {
  try {
    return createPublicKey({ key: pem, format: 'pem' });
  } catch {
    return null;
  }
}

/** Whether the signature of a bundle was made with this key; ECDSA signatures are in DER form. */
export function isSignatureOf({ key, hash }: CheckingKey, signed: SignedPayload): boolean {
  const message = preAuthEncoding(PAYLOAD_TYPE, signed.payload);
  try {
    return verify(hash, message, key, signed.signature);
  } catch {
    return false; // not the form of a signature at all
  }
}
