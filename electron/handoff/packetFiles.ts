import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PAYLOAD_TYPE, STATEMENT_TYPE } from '../../shared/audit/auditPackage';
import { PURPOSE_WORDS, type HandoffPacket } from '../../shared/handoff/packet';
import { PACKET_PREDICATE_TYPE } from '../../shared/handoff/packetCheck';
import type { Signer } from '../app/context';
import { dsseEnvelope, preAuthEncoding } from '../audit/logService';
import type { RecordSignature } from '../vault/signingService';
import type { ZipFiles } from '../io/zip';

export const DIGESTS_PATH = 'digests-sha256.txt';

/** Everything that a packet leaves the workspace with. */
export interface PacketParts {
  readonly packet: HandoffPacket;
  /** Canonical JSON of the record that was approved. */
  readonly recordJson: string;
  readonly signatures: readonly RecordSignature[];
  /** Public keys by fingerprint. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Who hands it over. */
export interface HandOver {
  readonly signer: Signer;
  readonly meaning: string;
  readonly reason: string;
  readonly signedAtUtc: string;
}

/** The files of a packet without the signature of who hands it over: the same packet, the same bytes. */
export function packetContents({ packet, recordJson, signatures, keys }: PacketParts): ZipFiles {
  const current = signatures.filter(({ isCurrent }) => isCurrent);
  const keyIds = [...new Set(current.map(({ keyId }) => keyId))].sort();
  const files: [string, Uint8Array][] = [
    ['README.md', text(readme(packet, current))],
    ['packet.json', text(recordJson)],
    ['evidence.json', json(packet.content.evidence)],
    ['approval.json', json(current)],
    ...keyIds.map((id): [string, Uint8Array] => [`keys/${id}.pem`, text(keys.get(id) ?? '')]),
    ...packet.manifests.map((one): [string, Uint8Array] => [one.path, text(one.text)]),
  ];
  const sorted = files.sort(([a], [b]) => (a < b ? -1 : 1));
  const digests = sorted.map(([path, bytes]) => `${sha256(bytes)}  ${path}\n`).join('');
  return new Map([...sorted, [DIGESTS_PATH, text(digests)]]);
}

/** Adds the signature over every file: an in-toto statement in a DSSE envelope. */
export function signContents(contents: ZipFiles, packet: HandoffPacket, act: HandOver): ZipFiles {
  const { signer, ...stated } = act;
  const { printedName, keyId, publicKeyPem } = signer;
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [...contents].map(([name, bytes]) => ({ name, digest: { sha256: sha256(bytes) } })),
    predicateType: PACKET_PREDICATE_TYPE,
    predicate: {
      packetId: packet.id,
      number: packet.number,
      revision: packet.revision,
      recordSha256: packet.recordSha256,
      ...stated,
      handedOverBy: { printedName, keySha256Hex: keyId },
    },
  };
  const payload = text(canonicalJson(statement));
  const pae = preAuthEncoding(PAYLOAD_TYPE, payload);
  const signature = signer.signBytes(pae);
  return new Map([
    ...contents,
    ['signature/statement.json', payload],
    ['signature/statement.signed', pae],
    ['signature/statement.sig', signature],
    [
      'signature/envelope.dsse.json',
      dsseEnvelope(PAYLOAD_TYPE, payload, [{ keyid: keyId, signature }]),
    ],
    ['signature/signer-key.pem', text(publicKeyPem)],
  ]);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function text(content: string): Uint8Array {
  return new Uint8Array(Buffer.from(content, 'utf8'));
}

function json(record: unknown): Uint8Array {
  return text(`${canonicalJson(record)}\n`);
}

function readme(packet: HandoffPacket, signatures: readonly RecordSignature[]): string {
  const { content, modelName, number, revision, recordSha256, manifests } = packet;
  const { title, purpose, request, subject, evidence, candidatePercent } = content;
  const traffic = candidatePercent === null ? '' : `, with ${candidatePercent} % of the traffic`;
  return `# Hand-off packet ${number} of ${modelName}: ${title}

${PURPOSE_WORDS[purpose]} version ${subject.version}${traffic}. Revision ${revision} of the packet.

${request}

## Who approved it

${signatures.map(({ printedName, meaning, reason, signedAtUtc }) => `- ${printedName}, ${meaning}, ${signedAtUtc}: ${reason}`).join('\n')}

They signed \`packet.json\`, SHA-256 ${recordSha256}.
\`approval.json\` holds the exact bytes (base64) that each of them signed, and the signature.

## What it rests on

${evidence.map((one) => `- ${one.title} (${one.atUtc}), SHA-256 ${one.sha256}`).join('\n') || '- Nothing is cited.'}

The digests are of the canonical JSON of the records in the workspace. The records themselves stay there.

## What to run

${manifests.map(({ path, use }) => `- \`${path}\`: ${use}`).join('\n') || '- No pipeline is set up for this model, so there is no file to run.'}

No file holds a credential; whoever runs them brings their own. When a version comes out of it, register it
with this packet named as where it came from.

## How to check it

With Assay: \`assay handoff verify\` and this file or folder. Without it:

    sha256sum --check ${DIGESTS_PATH}
    openssl pkeyutl -verify -pubin -inkey signature/signer-key.pem -rawin -in signature/statement.signed -sigfile signature/statement.sig
    tail -c "$(wc -c < signature/statement.json)" signature/statement.signed | cmp - signature/statement.json
    openssl pkey -pubin -in signature/signer-key.pem -outform DER | sha256sum

\`signature/statement.json\` names every other file with its digest. Compare the last digest with one that you
got from the signer by another way: a packet cannot vouch for the key that came with it.
`;
}
