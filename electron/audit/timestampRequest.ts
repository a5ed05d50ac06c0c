import { randomBytes } from 'node:crypto';
import { AsnParser, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { toDer } from './timestampSchemas';

export const SHA256_OID = '2.16.840.1.101.3.4.2.1';
const NONCE_BYTES = 16;

/**
 * A request for a timestamp: SHA-256 imprint, a random nonce, and the wish for the signer's certificate.
 *
 * @param imprintSha256 digest of the bytes to be stamped, in hex
 * @returns DER of a TimeStampReq
 * @source RFC 3161, 2.4.1
 */
export function timestampRequest(imprintSha256: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  // Between 0x40 and 0x7f: an integer that is positive and always equally long.
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const request = new TimeStampReq({
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256_OID, parameters: null }),
      hashedMessage: new OctetString(Buffer.from(imprintSha256, 'hex')),
    }),
    nonce: Uint8Array.from(nonce).buffer,
    certReq: true,
  });
  return toDer(request);
}

/** The nonce of a request that {@link timestampRequest} made, as {@link integerHex} has it. */
export function nonceOf(request: Uint8Array): string {
  const { nonce } = AsnParser.parse(request, TimeStampReq);
  if (nonce === undefined) throw new RangeError('timestampRequest: a request without a nonce');
  return integerHex(nonce);
}

/** An ASN.1 integer in lowercase hex without leading zeros, so that equal numbers are equal texts. */
export function integerHex(content: ArrayBuffer): string {
  const digits = Buffer.from(content).toString('hex').replace(/^0+/, '');
  return digits === '' ? '0' : digits;
}
