import { X509Certificate } from 'node:crypto';
import { AsnParser } from '@peculiar/asn1-schema';
import {
  Certificate,
  ExtendedKeyUsage,
  id_ce_extKeyUsage,
  id_kp_timeStamping,
} from '@peculiar/asn1-x509';
import { forPeople, TimestampRefusal } from './timestampToken';

/**
 * Checks that a certificate may sign timestamps: for that purpose alone, marked critical, valid then.
 *
 * @param der the signer's certificate
 * @returns its subject on one line
 * @throws TimestampRefusal
 * @source RFC 3161, 2.3
 */
export function checkStampCertificate(der: Uint8Array, genTime: Date): string {
  const { extensions, validity } = AsnParser.parse(der, Certificate).tbsCertificate;
  const authority = subjectOf(der);
  const usage = extensions?.find(({ extnID }) => extnID === id_ce_extKeyUsage);
  const purposes = usage === undefined ? [] : AsnParser.parse(usage.extnValue, ExtendedKeyUsage);
  const isForTimestamps = purposes.length === 1 && purposes[0] === id_kp_timeStamping;
  if (!isForTimestamps || usage?.critical !== true) {
    throw new TimestampRefusal(
      `the certificate of its signer (${authority}) is not one for timestamps: RFC 3161 asks for the extended key usage timeStamping, alone and critical.`,
    );
  }
  const [from, until] = [validity.notBefore.getTime(), validity.notAfter.getTime()];
  if (genTime < from || genTime > until) {
    throw new TimestampRefusal(
      `the certificate of its signer (${authority}) is valid from ${from.toISOString()} to ${until.toISOString()}, and the stamp is dated ${genTime.toISOString()}.`,
    );
  }
  return authority;
}

function subjectOf(der: Uint8Array): string {
  const subject = forPeople(new X509Certificate(der).subject.split('\n').join(', '));
  return subject === '' ? 'a certificate without a name' : subject;
}
