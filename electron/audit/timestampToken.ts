import { id_signedData } from '@peculiar/asn1-cms';
import { AsnParser } from '@peculiar/asn1-schema';
import type { OctetString } from '@peculiar/asn1-schema';
import { id_ct_tstInfo, PKIStatus, TimeStampResp, TSTInfo } from '@peculiar/asn1-tsp';
import type { PKIStatusInfo } from '@peculiar/asn1-tsp';
import { fromBER } from 'asn1js';
import { StampSignedData, toDer } from './timestampSchemas';
import type { StampSigner } from './timestampSchemas';

/** Why a response is not accepted, as a sentence for people. */
export class TimestampRefusal extends Error {}

/** A timestamp token taken apart; nothing in it is checked yet. */
export interface StampToken {
  readonly signedData: StampSignedData;
  readonly signer: StampSigner;
  /** The bytes of the TSTInfo, which the signer's digest covers. */
  readonly content: Uint8Array;
  readonly info: TSTInfo;
}

const NOT_A_RESPONSE =
  'this is not a timestamp response (RFC 3161 in DER, usually a .tsr file). Ask the authority for its binary answer.';
const NOT_DER =
  'it is not written exactly in DER, as RFC 3161 asks for, or bytes of it were changed. Fetch the response again.';
const MOST_LETTERS = 300;

/**
 * Takes the file of a timestamp response apart.
 *
 * @throws TimestampRefusal when it is something else, or the authority gave no timestamp
 * @source RFC 3161, 2.4.2
 */
export function readToken(bytes: Uint8Array): StampToken {
  const response = parsedOrRefused(() => readResponse(bytes));
  refuseUngranted(response.status);
  const token = parsedOrRefused(() => takeApart(response));
  if (!isWrittenAs(bytes, response) || !isWrittenAs(token.container, token.signedData))
    throw new TimestampRefusal(NOT_DER);
  return token;
}

function takeApart({
  timeStampToken,
}: TimeStampResp): StampToken & { readonly container: Uint8Array } {
  if (timeStampToken?.contentType !== id_signedData) throw new TypeError('no SignedData');
  const container = new Uint8Array(timeStampToken.content);
  const signedData = AsnParser.parse(container, StampSignedData);
  const { eContentType, eContent } = signedData.encapContentInfo;
  const [signer] = signedData.signerInfos;
  if (eContentType !== id_ct_tstInfo || eContent?.single === undefined)
    throw new TypeError('no TSTInfo');
  if (signer === undefined || signedData.signerInfos.length > 1)
    throw new TypeError('not exactly one signer');
  const content = octets(eContent.single);
  return { container, signedData, signer, content, info: AsnParser.parse(content, TSTInfo) };
}

/**
 * The parser forgives wrong lengths and tag classes that other readers refuse; what is written anew from
 * the values has none of them.
 */
function isWrittenAs(bytes: Uint8Array, value: object): boolean {
  return toDer(value).equals(bytes);
}

function readResponse(bytes: Uint8Array): TimeStampResp {
  const { result, offset } = fromBER(Uint8Array.from(bytes).buffer);
  if (result.error !== '') throw new TypeError(result.error);
  if (offset !== bytes.length) throw new TypeError('something follows the response');
  return AsnParser.fromASN(result, TimeStampResp);
}

/** Parsers throw errors of many kinds at bytes that are something else. */
function parsedOrRefused<T>(parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new TimestampRefusal(NOT_A_RESPONSE);
  }
}

function refuseUngranted({ status, statusString, failInfo }: PKIStatusInfo): void {
  if (status === PKIStatus.granted || status === PKIStatus.grantedWithMods) return;
  const name = PKIStatus[status] ?? `status ${status}`;
  const codes = failInfo === undefined ? [] : [...new Set(failInfo.toJSON())];
  const texts = [...(statusString ?? [])].map((text) => `“${forPeople(text)}”`);
  const said = texts.length === 0 ? '' : ` and says ${texts.join(' ')}`;
  throw new TimestampRefusal(
    `the authority gave no timestamp (${[name, ...codes].join(', ')})${said}. Put that right with the authority, then import its new response.`,
  );
}

export function octets({ buffer }: Pick<OctetString, 'buffer'>): Uint8Array {
  return new Uint8Array(buffer);
}

/** An outsider's text on one line: no letter in it can break a line or turn its direction. */
export function forPeople(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length <= MOST_LETTERS ? line : `${line.slice(0, MOST_LETTERS - 1)}…`;
}
