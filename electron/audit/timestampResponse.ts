import { UtcInstant } from '../../shared/base/time';
import { checkStampCertificate } from './timestampCertificate';
import { integerHex, SHA256_OID } from './timestampRequest';
import { checkStampSignature } from './timestampSignature';
import { octets, readToken, TimestampRefusal } from './timestampToken';

/** What a response states, once its signature and the purpose of its certificate hold. */
export interface StampFacts {
  /** In hex; null when the imprint is no SHA-256 digest, so that it can be none of ours. */
  readonly imprintSha256: string | null;
  /** As `integerHex` writes it; null when the authority left it out. */
  readonly nonceHex: string | null;
  readonly stampedAtUtc: string;
  /** Subject of the certificate that signed it. */
  readonly authority: string;
  readonly serialHex: string;
}

/**
 * Checks what a timestamp response can show by itself: that it was granted, that its signature holds,
 * and that the signer's certificate is made for timestamps and was valid at that time.
 *
 * Who vouches for the certificate is not checked: that is the reader's decision, with the authority's
 * CA certificate and `openssl ts -verify`. Imprint and nonce are for the caller to compare.
 *
 * @param bytes a whole file, from anyone
 * @throws TimestampRefusal with the reason
 */
export function checkTimestampResponse(bytes: Uint8Array): StampFacts {
  try {
    return checkToken(bytes);
  } catch (error) {
    if (error instanceof TimestampRefusal) throw error;
    // The bytes are an outsider's: whatever a parser or a signature check throws at them is about them.
    throw new TimestampRefusal(
      'a part of it cannot be read, so it is not what the authority sent. Fetch the response again.',
    );
  }
}

function checkToken(bytes: Uint8Array): StampFacts {
  const token = readToken(bytes);
  const certificate = checkStampSignature(token);
  const { messageImprint, nonce, genTime, serialNumber } = token.info;
  const isSha256 = messageImprint.hashAlgorithm.algorithm === SHA256_OID;
  return {
    imprintSha256: isSha256
      ? Buffer.from(octets(messageImprint.hashedMessage)).toString('hex')
      : null,
    nonceHex: nonce === undefined ? null : integerHex(nonce),
    stampedAtUtc: UtcInstant.parse(genTime.toISOString()),
    authority: checkStampCertificate(certificate, genTime),
    serialHex: integerHex(serialNumber),
  };
}
