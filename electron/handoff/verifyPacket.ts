import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PAYLOAD_TYPE } from '../../shared/audit/auditPackage';
import { RECORD_STATEMENT_TYPE, RecordStatement } from '../../shared/audit/recordStatement';
import { Sha256Hex } from '../../shared/base/files';
import {
  PACKET_STEPS,
  PacketRecord,
  PacketStatement,
  type PacketCheck,
  type PacketStep,
  type PacketStepId,
} from '../../shared/handoff/packetCheck';
import { AppFailure } from '../../shared/ipc/errors';
import { dsseEnvelope, isSignedBy, preAuthEncoding, readPublicKey } from '../audit/logService';
import type { ZipFiles } from '../io/zip';

const DIGESTS = 'digests-sha256.txt';
const SIGNATURE_FOLDER = 'signature/';
const REQUIRED = [
  'README.md',
  'packet.json',
  'evidence.json',
  'approval.json',
  DIGESTS,
  ...[
    'statement.json',
    'statement.signed',
    'statement.sig',
    'envelope.dsse.json',
    'signer-key.pem',
  ].map((name) => SIGNATURE_FOLDER + name),
] as const;

/** A signature under the packet, as far as checking it needs. */
const Approval = z.object({
  keyId: Sha256Hex,
  statementBase64: z.string(),
  signatureBase64: z.string(),
});

/** Somebody who signed, with the fingerprint of the key that did. */
interface Signed {
  readonly name: string;
  readonly fingerprint: string;
}

interface Found {
  record?: PacketRecord;
  statement?: PacketStatement;
  readonly signed: Signed[];
}

class Skipped extends Error {}

/**
 * Checks a hand-off packet that somebody received: its files, what was approved, and who signed.
 *
 * @param files every file of the packet by its path
 * @param trusted fingerprints that the reader got by another way, by printed name
 * @returns the steps in their fixed order; what the packet asks for, where that can be read
 * Cost: O(bytes).
 */
export function verifyPacket(
  files: ZipFiles,
  trusted: Readonly<Record<string, string>> = {},
): PacketCheck {
  const found: Found = { signed: [] };
  const checks: Readonly<Record<PacketStepId, () => string>> = {
    form: () => checkForm(files, found),
    digests: () => checkDigests(files, statementOf(found)),
    statement: () => checkStatement(files, found),
    handOver: () => checkHandOver(files, found),
    approval: () => checkApproval(files, found),
    trustedKeys: () => checkTrusted(found, Object.entries(trusted)),
  };
  const ids = Object.keys(checks) as PacketStepId[]; // keys() widens to string
  const steps = ids.map((id) => runStep(id, checks[id]));
  const isValid = steps.every(
    ({ id, status }) => status === 'passed' || (id === 'trustedKeys' && status === 'skipped'),
  );
  return { isValid, steps, packet: found.record ?? null };
}

function runStep(id: PacketStepId, check: () => string): PacketStep {
  const title = PACKET_STEPS[id];
  try {
    return { id, title, status: 'passed', detail: check() };
  } catch (error) {
    if (error instanceof Skipped) return { id, title, status: 'skipped', detail: error.message };
    const detail = error instanceof AppFailure ? error.message : 'It is not in the expected form.';
    return { id, title, status: 'failed', detail };
  }
}

function checkForm(files: ZipFiles, found: Found): string {
  const missing = REQUIRED.find((path) => !files.has(path));
  if (missing !== undefined) throw refuse(`${missing} is missing.`);
  found.record = PacketRecord.parse(parse(files, 'packet.json'));
  found.statement = PacketStatement.parse(parse(files, 'signature/statement.json'));
  const { number, revision, modelName } = found.record;
  return `${files.size} files; packet ${number} of ${modelName}, revision ${revision}`;
}

function checkDigests(files: ZipFiles, { subject }: PacketStatement): string {
  const named = new Map(subject.map(({ name, digest }) => [name, digest.sha256]));
  const covered = [...files.keys()].filter((path) => !path.startsWith(SIGNATURE_FOLDER));
  const stray = covered.find((path) => !named.has(path));
  if (stray !== undefined) throw refuse(`${stray} is a file that nobody signed.`);
  for (const [path, sha256] of named) {
    if (!files.has(path)) throw refuse(`${path} is missing.`);
    if (sha256Of(bytesOf(files, path)) !== sha256) throw refuse(`${path} was changed.`);
  }
  const listed = covered
    .filter((path) => path !== DIGESTS)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((path) => `${named.get(path) ?? ''}  ${path}\n`)
    .join('');
  if (textOf(files, DIGESTS) !== listed)
    throw refuse(`${DIGESTS} does not list the files that are there.`);
  return `${named.size} files are as they were signed`;
}

function checkStatement(files: ZipFiles, found: Found): string {
  const { predicate } = statementOf(found);
  const { packetId, number, revision } = recordOf(found);
  if (predicate.recordSha256 !== sha256Of(bytesOf(files, 'packet.json')))
    throw refuse('The statement names another packet than packet.json.');
  const isSame =
    predicate.packetId === packetId &&
    predicate.number === number &&
    predicate.revision === revision;
  if (!isSame) throw refuse('The statement names another number or revision than packet.json.');
  return `SHA-256 ${predicate.recordSha256}`;
}

function checkHandOver(files: ZipFiles, found: Found): string {
  const { handedOverBy, meaning, signedAtUtc } = statementOf(found).predicate;
  const key = readPublicKey(textOf(files, 'signature/signer-key.pem'));
  if (key.fingerprint !== handedOverBy.keySha256Hex)
    throw refuse('signature/signer-key.pem is not the key that the statement names.');
  const payload = bytesOf(files, 'signature/statement.json');
  const signed = preAuthEncoding(PAYLOAD_TYPE, payload);
  const signature = bytesOf(files, 'signature/statement.sig');
  if (!isEqual(bytesOf(files, 'signature/statement.signed'), signed))
    throw refuse('signature/statement.signed is not the statement.');
  if (!isSignedBy(key, signed, signature))
    throw refuse(`The signature of ${handedOverBy.printedName} is not valid.`);
  const envelope = dsseEnvelope(PAYLOAD_TYPE, payload, [{ keyid: key.fingerprint, signature }]);
  if (!isEqual(bytesOf(files, 'signature/envelope.dsse.json'), envelope))
    throw refuse('signature/envelope.dsse.json does not hold the same statement and signature.');
  const { printedName } = handedOverBy;
  found.signed.push({ name: printedName, fingerprint: key.fingerprint });
  return `${printedName} (${meaning}) on ${signedAtUtc}`;
}

function checkApproval(files: ZipFiles, found: Found): string {
  const approvals = z.array(Approval).parse(parse(files, 'approval.json'));
  const statements = approvals.map((one) => readApproval(files, found, one));
  const rejection = statements.find(({ meaning }) => meaning === 'rejection');
  if (rejection !== undefined) throw refuse(`${rejection.printedName} rejected it.`);
  const approved = statements.filter(({ meaning }) => meaning === 'approval');
  if (approved.length === 0) throw refuse('Nobody approved it.');
  return approved
    .map(({ printedName, signedAtUtc }) => `${printedName} on ${signedAtUtc}`)
    .join('; ');
}

function readApproval(
  files: ZipFiles,
  found: Found,
  { keyId, statementBase64, signatureBase64 }: z.infer<typeof Approval>,
): RecordStatement {
  const path = `keys/${keyId}.pem`;
  if (!files.has(path)) throw refuse(`${path} is missing.`);
  const key = readPublicKey(textOf(files, path));
  const bytes = Buffer.from(statementBase64, 'base64');
  const statement = RecordStatement.parse(JSON.parse(bytes.toString('utf8')));
  const { printedName } = statement;
  const signed = preAuthEncoding(RECORD_STATEMENT_TYPE, bytes);
  const isSigned = isSignedBy(key, signed, Buffer.from(signatureBase64, 'base64'));
  if (!isSigned || key.fingerprint !== keyId || statement.keyId !== keyId)
    throw refuse(`The signature of ${printedName} is not valid.`);
  const isOfThis =
    statement.recordType === 'handoff.packet' &&
    statement.recordId === recordOf(found).packetId &&
    statement.recordSha256 === sha256Of(bytesOf(files, 'packet.json'));
  if (!isOfThis) throw refuse(`${printedName} signed something else than this packet.`);
  found.signed.push({ name: printedName, fingerprint: keyId });
  return statement;
}

function checkTrusted({ signed }: Found, trusted: readonly (readonly [string, string])[]): string {
  const lines = [...new Set(signed.map(({ name, fingerprint }) => `${name}=${fingerprint}`))];
  if (trusted.length === 0)
    throw new Skipped(
      `Compare these fingerprints with what the signers tell you: ${lines.join(', ')}`,
    );
  const known = new Map(trusted);
  for (const { name, fingerprint } of signed) {
    const given = known.get(name);
    if (given === undefined) throw refuse(`No fingerprint was given for ${name}.`);
    if (given.toLowerCase() !== fingerprint)
      throw refuse(`The key of ${name} is not the one with the given fingerprint.`);
  }
  return `${lines.length} fingerprints are equal to the given ones`;
}

function statementOf({ statement }: Found): PacketStatement {
  if (statement === undefined) throw refuse('There is no statement that can be read.');
  return statement;
}

function recordOf({ record }: Found): PacketRecord {
  if (record === undefined) throw refuse('There is no packet.json that can be read.');
  return record;
}

function bytesOf(files: ZipFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw refuse(`${path} is missing.`);
  return bytes;
}

function textOf(files: ZipFiles, path: string): string {
  return Buffer.from(bytesOf(files, path)).toString('utf8');
}

function parse(files: ZipFiles, path: string): unknown {
  try {
    return JSON.parse(textOf(files, path));
  } catch {
    throw refuse(`${path} is not JSON.`);
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function refuse(message: string): AppFailure {
  return new AppFailure('BAD_DATA', message);
}
