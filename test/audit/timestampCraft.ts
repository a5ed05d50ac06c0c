import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  Attribute,
  DigestAlgorithmIdentifier,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  id_contentType,
  id_messageDigest,
  id_signedData,
  IssuerAndSerialNumber,
  SignatureAlgorithmIdentifier,
  SignerIdentifier,
} from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  id_ct_tstInfo,
  MessageImprint,
  PKIStatus,
  PKIStatusInfo,
  TimeStampResp,
  TimeStampToken,
  TSTInfo,
} from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509';
import { fromBER, ObjectIdentifier, Set as AsnSet } from 'asn1js';
import {
  DerItems,
  EssCertificateId,
  SignedAttributes,
  SigningCertificate,
  StampSignedData,
  StampSigner,
} from '../../electron/audit/timestampSchemas';
import type { Issued } from '../support/localTsa';

/** What an authority might answer; everything is in order unless told. */
export interface Craft {
  readonly signer: Issued;
  readonly imprintSha256: string;
  readonly nonceHex: string | null;
  readonly genTime?: Date;
  readonly digest?: 'sha1' | 'sha256' | 'sha512';
  /** OID of the signature algorithm. */
  readonly signature: string;
  readonly hasCertificate?: boolean;
}

export const SIGNATURE_OIDS = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  ed25519: '1.3.101.112',
} as const;
const DIGEST_OIDS = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;

/** A response that openssl would not make, signed for real with the signer's key. */
export function craftResponse(craft: Craft): Buffer {
  const { digest = 'sha256', hasCertificate = true } = craft;
  const der = exact(new X509Certificate(readFileSync(craft.signer.certPath)).raw);
  const content = AsnConvert.serialize(tstInfo(craft));
  const signedData = new StampSignedData();
  signedData.version = 3;
  signedData.digestAlgorithms.push(
    new DigestAlgorithmIdentifier({ algorithm: DIGEST_OIDS[digest], parameters: null }),
  );
  signedData.encapContentInfo = new EncapsulatedContentInfo({
    eContentType: id_ct_tstInfo,
    eContent: new EncapsulatedContent({ single: new OctetString(content) }),
  });
  signedData.signerInfos.push(signer(craft, der, content));
  if (hasCertificate) signedData.certificates = new DerItems([der]);
  const token = new TimeStampToken({
    contentType: id_signedData,
    content: AsnConvert.serialize(signedData),
  });
  const status = new PKIStatusInfo({ status: PKIStatus.granted });
  return Buffer.from(AsnConvert.serialize(new TimeStampResp({ status, timeStampToken: token })));
}

function tstInfo({ imprintSha256, nonceHex, genTime = new Date() }: Craft): TSTInfo {
  return new TSTInfo({
    policy: '1.2.3.4.1',
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: DIGEST_OIDS.sha256, parameters: null }),
      hashedMessage: new OctetString(Buffer.from(imprintSha256, 'hex')),
    }),
    serialNumber: Uint8Array.of(7).buffer,
    genTime,
    ...(nonceHex === null ? {} : { nonce: exact(Buffer.from(nonceHex, 'hex')) }),
  });
}

function signer(craft: Craft, der: ArrayBuffer, content: ArrayBuffer): StampSigner {
  const { digest = 'sha256' } = craft;
  const { issuer, serialNumber } = AsnConvert.parse(der, Certificate).tbsCertificate;
  const attributes = [
    attribute(id_contentType, new ObjectIdentifier({ value: id_ct_tstInfo }).toBER()),
    attribute(id_messageDigest, AsnConvert.serialize(new OctetString(hash(digest, content)))),
    attribute('1.2.840.113549.1.9.16.2.47', signingCertificate(der)),
  ];
  const made = new StampSigner({
    version: 1,
    sid: new SignerIdentifier({
      issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }),
    }),
    digestAlgorithm: new DigestAlgorithmIdentifier({
      algorithm: DIGEST_OIDS[digest],
      parameters: null,
    }),
    signedAttrs: new SignedAttributes(attributes),
    signatureAlgorithm: new SignatureAlgorithmIdentifier({ algorithm: craft.signature }),
  });
  const key = createPrivateKey(readFileSync(craft.signer.keyPath));
  const name = craft.signature === SIGNATURE_OIDS.ed25519 ? null : digest;
  made.signature = new OctetString(sign(name, asSet(attributes), key));
  return made;
}

function attribute(attrType: string, value: ArrayBuffer): Attribute {
  return new Attribute({ attrType, attrValues: [value] });
}

function signingCertificate(der: ArrayBuffer): ArrayBuffer {
  const named = new SigningCertificate();
  named.certs = [Object.assign(new EssCertificateId(), { certHash: exact(hash('sha256', der)) })];
  return AsnConvert.serialize(named);
}

/** The bytes that get signed: the attributes as a SET, not with the tag they have in the file. */
function asSet(attributes: readonly Attribute[]): Buffer {
  const value = attributes.map((item) => fromBER(AsnConvert.serialize(item)).result);
  return Buffer.from(new AsnSet({ value }).toBER());
}

function hash(digest: string, bytes: ArrayBuffer): Buffer {
  return createHash(digest).update(new Uint8Array(bytes)).digest();
}

function exact(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
