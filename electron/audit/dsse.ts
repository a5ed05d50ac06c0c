import { canonicalJson } from '../../shared/base/canonicalJson';

/**
 * The bytes that a DSSE signature covers: "DSSEv1", type and body, each with its length.
 *
 * @source DSSE protocol v1.0, PAE (pre-authentication encoding)
 */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    payload,
  ]);
}

/** One signature of an envelope: who (fingerprint of the key) and the 64 raw bytes. */
export interface DsseSignature {
  readonly keyid: string;
  readonly signature: Uint8Array;
}

/** The DSSE JSON envelope as canonical JSON, so that equal content is equal bytes. */
export function dsseEnvelope(
  payloadType: string,
  payload: Uint8Array,
  signatures: readonly DsseSignature[],
): Uint8Array {
  const envelope = {
    payload: Buffer.from(payload).toString('base64'),
    payloadType,
    signatures: signatures.map(({ keyid, signature }) => ({
      keyid,
      sig: Buffer.from(signature).toString('base64'),
    })),
  };
  return Buffer.from(canonicalJson(envelope), 'utf8');
}
