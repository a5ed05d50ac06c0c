import {
  Attribute,
  CMSVersion,
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  SignerInfo,
} from '@peculiar/asn1-cms';
import {
  AsnArray,
  AsnProp,
  AsnPropTypes,
  AsnSerializer,
  AsnType,
  AsnTypeTypes,
} from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';

// What the library's own CMS classes keep as values only, described in its terms so that the bytes stay
// too, exactly as they came. Sources: RFC 5652 (SignedData), RFC 2634 and RFC 5035 (signing certificate).

export class SignedAttributes extends AsnArray<Attribute> {}
AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })(SignedAttributes);

/** A signer whose signed attributes are also there as bytes, with the tag [0]. */
export class StampSigner extends SignerInfo {}
AsnProp({ type: SignedAttributes, context: 0, implicit: true, optional: true, raw: true })(
  StampSigner.prototype,
  'signedAttrs',
);

class StampSigners extends AsnArray<StampSigner> {}
AsnType({ type: AsnTypeTypes.Set, itemType: StampSigner })(StampSigners);

/** Each item as the bytes it came in. */
export class DerItems extends AsnArray<ArrayBuffer> {}
AsnType({ type: AsnTypeTypes.Set, itemType: AsnPropTypes.Any })(DerItems);

/** The signed content of a timestamp token; certificates are DER, one each. */
export class StampSignedData {
  version = CMSVersion.v0;
  digestAlgorithms = new DigestAlgorithmIdentifiers();
  encapContentInfo = new EncapsulatedContentInfo();
  certificates?: DerItems;
  crls?: DerItems;
  signerInfos = new StampSigners();
}
const content = StampSignedData.prototype;
AsnProp({ type: AsnPropTypes.Integer })(content, 'version');
AsnProp({ type: DigestAlgorithmIdentifiers })(content, 'digestAlgorithms');
AsnProp({ type: EncapsulatedContentInfo })(content, 'encapContentInfo');
AsnProp({ type: DerItems, context: 0, implicit: true, optional: true })(content, 'certificates');
AsnProp({ type: DerItems, context: 1, implicit: true, optional: true })(content, 'crls');
AsnProp({ type: StampSigners })(content, 'signerInfos');

/** Names a certificate by its hash; without an algorithm it is SHA-1 (v1) or SHA-256 (v2). */
export class EssCertificateId {
  hashAlgorithm?: AlgorithmIdentifier;
  certHash = new ArrayBuffer(0);
  issuerSerial?: ArrayBuffer;
}
AsnProp({ type: AlgorithmIdentifier, optional: true })(EssCertificateId.prototype, 'hashAlgorithm');
AsnProp({ type: AsnPropTypes.OctetString })(EssCertificateId.prototype, 'certHash');
AsnProp({ type: AsnPropTypes.Any, optional: true })(EssCertificateId.prototype, 'issuerSerial');

/** The attribute by which a signer states which certificate is meant; v1 and v2 share this form. */
export class SigningCertificate {
  certs: EssCertificateId[] = [];
  policies?: ArrayBuffer;
}
AsnProp({ type: EssCertificateId, repeated: 'sequence' })(SigningCertificate.prototype, 'certs');
AsnProp({ type: AsnPropTypes.Any, optional: true })(SigningCertificate.prototype, 'policies');

/** DER of a value that has a schema. */
export function toDer(value: object): Buffer {
  return Buffer.from(AsnSerializer.toASN(value).toBER());
}
