import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { preAuthEncoding } from '../audit/logService';
import { MEDIA_TYPE, readCheckingKey } from './omsBundle';
import { PAYLOAD_TYPE, type OmsStatement } from './omsStatement';

/** A key for one signature of one model. */
export interface OneOffKey {
  readonly privateKey: KeyObject;
  readonly publicKeyPem: string;
  /** SHA-256 of the PEM form, as bundles name it. */
  readonly hint: string;
}

/** Makes a key pair on the curve that every verifier of the standard takes (ECDSA P-256). */
export function makeOneOffKey(): OneOffKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const key = readCheckingKey(publicKeyPem);
  if (typeof key === 'string') throw new Error(key);
  return { privateKey, publicKeyPem, hint: key.hint };
}

/**
 * Signs a statement as OpenSSF Model Signing demands of the method `key`.
 *
 * @returns the Sigstore bundle (v0.3) as JSON; the signature in it is ECDSA with SHA-256, in DER form
 * @source OpenSSF Model Signing 1.0, sections 6 and 7; checked by the verifier that the vectors check
 */
export function omsBundle(statement: OmsStatement, { privateKey, hint }: OneOffKey): string {
  const payload = Buffer.from(JSON.stringify(statement), 'utf8');
  const signature = sign('sha256', preAuthEncoding(PAYLOAD_TYPE, payload), privateKey);
  const bundle = {
    mediaType: MEDIA_TYPE,
    verificationMaterial: { publicKey: { hint }, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType: PAYLOAD_TYPE,
      signatures: [{ sig: signature.toString('base64'), keyid: '' }],
    },
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}
