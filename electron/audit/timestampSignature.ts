import { createHash, verify, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CMSVersion, id_contentType, id_messageDigest, MessageDigest } from '@peculiar/asn1-cms';
import type { SignerIdentifier } from '@peculiar/asn1-cms';
import { AsnParser } from '@peculiar/asn1-schema';
import { id_ct_tstInfo } from '@peculiar/asn1-tsp';
import { Certificate, id_ce_subjectKeyIdentifier, SubjectKeyIdentifier } from '@peculiar/asn1-x509';
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { fromBER, ObjectIdentifier } from 'asn1js';
import { integerHex } from './timestampRequest';
import { SigningCertificate, toDer } from './timestampSchemas';
import { octets, TimestampRefusal } from './timestampToken';
import type { StampToken } from './timestampToken';

const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Which key and digest a signature algorithm goes with; rsaEncryption and Ed25519 name no digest. */
const SIGNATURES: Readonly<Record<string, { readonly key: string; readonly digest?: string }>> = {
  '1.2.840.113549.1.1.1': { key: 'rsa' },
  '1.2.840.113549.1.1.11': { key: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', digest: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', digest: 'sha512' },
  '1.3.101.112': { key: 'ed25519' },
};

const ID_SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const ID_SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const SET_TAG = 0x31;
const MIN_RSA_BITS = 2048;

/**
 * Checks the signature of a token, and which certificate it names as the signer's.
 *
 * The signed attributes bind the content (by its digest), its type, and the certificate (by its hash).
 * Everything else that steers the check must agree with them, so that no byte outside can change it.
 *
 * @returns DER of the signer's certificate
 * @throws TimestampRefusal
 * @source RFC 5652, 5.4 and 5.6; RFC 5035 (signing certificate)
 */
export function checkStampSignature(token: StampToken): Uint8Array {
  const digest = DIGESTS[token.signer.digestAlgorithm.algorithm];
  if (digest === undefined) throw unknownAlgorithm(token.signer.digestAlgorithm);
  const attributes = signedAttributes(token);
  const hash = createHash(digest).update(token.content).digest();
  const stated = AsnParser.parse(attributeValue(attributes, id_messageDigest), MessageDigest);
  const isBound = hash.equals(octets(stated)) && isOfTimestamp(attributes);
  if (!isBound || !isConsistent(token)) throw badSignature();
  const certificate = signersCertificate(token, attributes);
  if (!isSignedBy(new X509Certificate(certificate).publicKey, token, digest)) throw badSignature();
  return certificate;
}

type Attributes = ReadonlyMap<string, ArrayBuffer>;

/** The one value of each signed attribute. */
function signedAttributes({ signer }: StampToken): Attributes {
  const attributes = signer.signedAttrs ?? [];
  const values = new Map(attributes.map(({ attrType, attrValues }) => [attrType, attrValues[0]!]));
  const isSingle = attributes.every(({ attrValues }) => attrValues.length === 1);
  if (!isSingle || values.size !== attributes.length) throw badSignature();
  return values;
}

function attributeValue(attributes: Attributes, type: string): ArrayBuffer {
  const value = attributes.get(type);
  if (value === undefined) throw badSignature();
  return value;
}

function isOfTimestamp(attributes: Attributes): boolean {
  const { result } = fromBER(attributeValue(attributes, id_contentType));
  return result instanceof ObjectIdentifier && result.getValue() === id_ct_tstInfo;
}

/** What stands outside the signed bytes says the same as what stands inside. */
function isConsistent({ signedData, signer }: StampToken): boolean {
  const { version, digestAlgorithms } = signedData;
  const [listed] = digestAlgorithms;
  const signerVersion =
    signer.sid.subjectKeyIdentifier === undefined ? CMSVersion.v1 : CMSVersion.v3;
  return (
    version === CMSVersion.v3 &&
    signer.version === signerVersion &&
    digestAlgorithms.length === 1 &&
    listed?.algorithm === signer.digestAlgorithm.algorithm &&
    [listed, signer.digestAlgorithm, signer.signatureAlgorithm].every(
      ({ parameters }) => parameters === undefined || parameters === null,
    )
  );
}

/** The certificate whose hash the signer has signed; the signer's name for it must be of the same one. */
function signersCertificate(
  { signedData, signer }: StampToken,
  attributes: Attributes,
): Uint8Array {
  const certificates = [...(signedData.certificates ?? [])].map((der) => new Uint8Array(der));
  if (certificates.length === 0) {
    throw new TimestampRefusal(
      'it carries no certificate, so its signature cannot be checked. Ask the authority to include its certificate, as the request does.',
    );
  }
  const isStated = statedCertificate(attributes);
  const found = certificates.find((der) => isStated(der));
  if (found === undefined || !isNamed(signer.sid, AsnParser.parse(found, Certificate)))
    throw badSignature();
  return found;
}

function statedCertificate(attributes: Attributes): (der: Uint8Array) => boolean {
  const v2 = attributes.get(ID_SIGNING_CERTIFICATE_V2);
  const value = v2 ?? attributeValue(attributes, ID_SIGNING_CERTIFICATE);
  const [stated] = AsnParser.parse(value, SigningCertificate).certs;
  const named =
    stated?.hashAlgorithm === undefined ? 'sha256' : DIGESTS[stated.hashAlgorithm.algorithm];
  const digest = v2 === undefined ? 'sha1' : named;
  if (stated === undefined || digest === undefined) throw badSignature();
  const expected = octets({ buffer: stated.certHash });
  return (der) => createHash(digest).update(der).digest().equals(expected);
}

function isNamed(sid: SignerIdentifier, { tbsCertificate }: Certificate): boolean {
  const { issuerAndSerialNumber: named, subjectKeyIdentifier } = sid;
  if (named !== undefined) {
    const isIssuer = isSameDer(named.issuer, tbsCertificate.issuer);
    return isIssuer && integerHex(named.serialNumber) === integerHex(tbsCertificate.serialNumber);
  }
  const own = tbsCertificate.extensions?.find(
    ({ extnID }) => extnID === id_ce_subjectKeyIdentifier,
  );
  if (own === undefined || subjectKeyIdentifier === undefined) return false;
  return isSameDer(AsnParser.parse(own.extnValue, SubjectKeyIdentifier), subjectKeyIdentifier);
}

function isSameDer(a: object, b: object): boolean {
  return toDer(a).equals(toDer(b));
}

function isSignedBy(key: KeyObject, { signer }: StampToken, digest: string): boolean {
  const algorithm = SIGNATURES[signer.signatureAlgorithm.algorithm];
  if (algorithm === undefined || algorithm.key !== key.asymmetricKeyType)
    throw unknownAlgorithm(signer.signatureAlgorithm);
  if ((key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS) < MIN_RSA_BITS)
    throw new TimestampRefusal('it is signed with an RSA key shorter than 2,048 bits.');
  if ((algorithm.digest ?? digest) !== digest) return false;
  // In the file the attributes have the tag [0]; what gets signed has that of a SET.
  const signed = Uint8Array.from(octets({ buffer: signer.signedAttrsRaw ?? new ArrayBuffer(0) }));
  signed[0] = SET_TAG;
  return verify(algorithm.key === 'ed25519' ? null : digest, signed, key, octets(signer.signature));
}

function badSignature(): TimestampRefusal {
  return new TimestampRefusal(
    'its signature does not verify, so it is not what the authority sent. Fetch the response again.',
  );
}

function unknownAlgorithm({ algorithm }: AlgorithmIdentifier): TimestampRefusal {
  return new TimestampRefusal(
    `it is signed with an algorithm that Assay does not check (${algorithm}). Assay checks RSA (PKCS #1) and ECDSA with SHA-256, SHA-384 or SHA-512, and Ed25519.`,
  );
}
