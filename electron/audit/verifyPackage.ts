import {
  MANIFEST_PATH,
  PAYLOAD_TYPE,
  PackagePath,
  VERIFICATION_STEPS,
} from '../../shared/audit/auditPackage';
import type {
  PackageSigner,
  RevokedKey,
  VerificationResult,
  VerificationStep,
  VerificationStepId,
} from '../../shared/audit/auditPackage';
import { AppFailure } from '../../shared/ipc/errors';
import { readZip } from '../io/zip';
import { dsseEnvelope, preAuthEncoding } from './dsse';
import {
  CHECKPOINT_PATH,
  ENVELOPE_PATH,
  LOG_PATH,
  PROOFS_PATH,
  REPORT_PATH,
  SIGNATURE_FOLDER,
  STATEMENT_PATH,
  comparePaths,
  isOutsideManifest,
  parseManifest,
  sha256Hex,
} from './packageLayout';
import { Evidence, Skipped, refuse } from './packageEvidence';
import { isSignedBy } from './publicKey';
import { checkCheckpoint, checkEventSignatures, checkInclusion, checkOrder } from './verifyLog';

const REQUIRED_PATHS = [
  CHECKPOINT_PATH,
  LOG_PATH,
  PROOFS_PATH,
  REPORT_PATH,
  'README.txt',
  'verify.py',
  'verify.sh',
  STATEMENT_PATH,
  ENVELOPE_PATH,
] as const;

/** What the reader knows from elsewhere than the package. */
export interface KnownBefore {
  readonly trusted?: Readonly<Record<string, string>>;
  readonly revoked?: readonly RevokedKey[];
}

/** One step of the verification: returns what it found, throws when the package fails it. */
type Check = (evidence: Evidence) => string;

/**
 * Checks an audit package as an outsider would, in eleven named steps.
 *
 * Never throws: whatever the bytes are, each step is passed, failed with the reason, or skipped because
 * an earlier step left nothing to check. `resources/verifier/verify.py` does the same steps.
 *
 * @param bytes the ZIP file
 * @param options.trusted fingerprints from the cover letter, by key name; without any, `trustedKeys` is
 *   skipped and the result is at best valid, not trusted
 * @param options.revoked a revocation list that is newer than the one in the package
 * @returns the steps in their fixed order, and what was signed if the signatures hold
 * Cost: O(bytes), and about 0.2 ms for each event; too long for the thread of a window.
 */
export function verifyPackage(bytes: Uint8Array, options: KnownBefore = {}): VerificationResult {
  const evidence = new Evidence();
  const checks: Readonly<Record<VerificationStepId, Check>> = {
    zipForm: () => checkZipForm(bytes, evidence),
    fileList: checkFileList,
    manifestDigests: checkManifestDigests,
    statement: checkStatement,
    envelope: checkEnvelope,
    signatures: () => checkSignatures(evidence, options.revoked ?? []),
    trustedKeys: () => checkTrustedKeys(evidence, Object.entries(options.trusted ?? {})),
    checkpoint: checkCheckpoint,
    eventSignatures: checkEventSignatures,
    inclusion: checkInclusion,
    order: checkOrder,
  };
  const ids = Object.keys(checks) as VerificationStepId[]; // keys() widens to string
  return resultOf(
    ids.map((id) => runStep(id, checks[id], evidence)),
    evidence,
  );
}

function runStep(id: VerificationStepId, check: Check, evidence: Evidence): VerificationStep {
  const title = VERIFICATION_STEPS[id];
  try {
    return { id, title, status: 'passed', detail: check(evidence) };
  } catch (error) {
    if (error instanceof Skipped) return { id, title, status: 'skipped', detail: error.message };
    const detail = error instanceof AppFailure ? error.message : 'It is not in the expected form.';
    return { id, title, status: 'failed', detail };
  }
}

function resultOf(steps: readonly VerificationStep[], evidence: Evidence): VerificationResult {
  const open = steps.filter(({ status }) => status !== 'passed');
  const isSigned = steps.every(({ id, status }) => id !== 'signatures' || status === 'passed');
  const { statement, files, events } = evidence.found;
  return {
    isValid: open.every(({ id, status }) => id === 'trustedKeys' && status === 'skipped'),
    isTrusted: open.length === 0,
    steps: [...steps],
    summary:
      isSigned && statement
        ? {
            predicate: statement.predicate,
            fileCount: files?.size ?? 0,
            eventCount: events?.length ?? 0,
          }
        : null,
  };
}

function checkZipForm(bytes: Uint8Array, evidence: Evidence): string {
  const files = readZip(bytes);
  const paths = [...files.keys()];
  if (paths.some((path, i) => i > 0 && comparePaths(paths[i - 1]!, path) >= 0)) {
    throw refuse('The files are not in byte order of their paths.');
  }
  evidence.found.files = files;
  return `${files.size} files, ${bytes.length} bytes, nothing around or between them`;
}

function checkFileList(evidence: Evidence): string {
  const files = evidence.get('files');
  const manifest = parseManifest(evidence.file(MANIFEST_PATH));
  evidence.found.manifest = manifest;
  const unsafe = [...files.keys()].find((path) => !PackagePath.safeParse(path).success);
  if (unsafe !== undefined)
    throw refuse(`The path of a file is not safe: ${JSON.stringify(unsafe)}.`);
  const folded = new Set([...files.keys()].map((path) => path.toLowerCase()));
  if (folded.size !== files.size) throw refuse('Two paths differ only in upper and lower case.');
  for (const path of folded) {
    const folders = path
      .split('/')
      .slice(0, -1)
      .map((_, i, parts) => parts.slice(0, i + 1).join('/'));
    if (folders.some((folder) => folded.has(folder)))
      throw refuse(`${path} is below another file.`);
  }
  const listed = [...manifest.keys()];
  if (listed.some(isOutsideManifest)) throw refuse('The manifest lists a file made from it.');
  const missing = [...REQUIRED_PATHS, ...listed].find((path) => !files.has(path));
  if (missing !== undefined) throw refuse(`${missing} is missing.`);
  const extra = [...files.keys()].find((path) => !isOutsideManifest(path) && !manifest.has(path));
  if (extra !== undefined) throw refuse(`${extra} is not in the manifest.`);
  return `${listed.length} files in the manifest, none missing, none added`;
}

function checkManifestDigests(evidence: Evidence): string {
  const files = evidence.get('files');
  const manifest = evidence.get('manifest');
  for (const [path, digest] of manifest) {
    const content = files.get(path); // a missing file is what step fileList reports
    if (content && sha256Hex(content) !== digest) throw refuse(`${path} has another digest.`);
  }
  return `${manifest.size} SHA-256 digests are equal`;
}

function checkStatement(evidence: Evidence): string {
  const statement = evidence.readStatement();
  const { signers } = statement.predicate;
  const isTwice = [signers.map((s) => s.keyid), signers.map((s) => s.name)].some(
    (values) => new Set(values).size !== values.length,
  );
  if (isTwice) throw refuse('The statement names one signatory twice.');
  const digest = sha256Hex(evidence.file(MANIFEST_PATH));
  if (statement.subject[0].digest.sha256 !== digest) {
    throw refuse('The statement was made for another manifest.');
  }
  return `its subject is the manifest ${digest.slice(0, 12)}...`;
}

function checkEnvelope(evidence: Evidence): string {
  const { signers } = evidence.get('statement').predicate;
  const signatures = signers.map(({ keyid, name }) => ({
    keyid,
    signature: evidence.file(signaturePath(name)),
  }));
  const made = dsseEnvelope(PAYLOAD_TYPE, evidence.file(STATEMENT_PATH), signatures);
  if (Buffer.compare(made, evidence.file(ENVELOPE_PATH)) !== 0) {
    throw refuse('The envelope differs from the statement and the signatures beside it.');
  }
  return 'equal byte for byte';
}

function checkSignatures(evidence: Evidence, newerRevoked: readonly RevokedKey[]): string {
  const { signers } = evidence.get('statement').predicate;
  const revoked = [...evidence.revokedKeys(), ...newerRevoked];
  const signed = preAuthEncoding(PAYLOAD_TYPE, evidence.file(STATEMENT_PATH));
  for (const signer of signers) {
    const key = evidence.key(signer.name);
    if (key.fingerprint !== signer.keyid) {
      throw refuse(`keys/${signer.name}.pem is not the key that the statement names.`);
    }
    if (!isSignedBy(key, signed, evidence.file(signaturePath(signer.name)))) {
      throw refuse(`The signature of ${signer.printedName} is not valid.`);
    }
    const end = revoked.find(({ keySha256Hex }) => keySha256Hex === signer.keyid)?.revokedAtUtc;
    if (end !== undefined && end <= signer.signedAtUtc) {
      throw refuse(`The key of ${signer.printedName} was revoked on ${end}, before it signed.`);
    }
  }
  const expected = new Set(signers.map(({ name }) => signaturePath(name)));
  const paths = [...evidence.get('files').keys()];
  const extra = paths.find((path) => path.startsWith(SIGNATURE_FOLDER) && !expected.has(path));
  if (extra !== undefined) throw refuse(`${extra} belongs to nobody whom the statement names.`);
  return signers.map(describeSigner).join('; ');
}

function checkTrustedKeys(
  evidence: Evidence,
  trusted: readonly (readonly [string, string])[],
): string {
  const { signers } = evidence.get('statement').predicate;
  if (trusted.length === 0) {
    const list = signers.map(({ name, keyid }) => `${name}=${keyid}`).join(', ');
    throw new Skipped(`Compare these fingerprints with the cover letter: ${list}`);
  }
  for (const [name, fingerprint] of trusted) {
    if (evidence.key(name).fingerprint !== fingerprint.toLowerCase()) {
      throw refuse(`The key of ${name} is not the one with the given fingerprint.`);
    }
  }
  const unknown = signers.find(({ name }) => !trusted.some(([known]) => known === name));
  if (unknown) throw refuse(`No fingerprint was given for ${unknown.name}.`);
  return `${trusted.length} fingerprints are equal to the given ones`;
}

function signaturePath(name: string): string {
  return `${SIGNATURE_FOLDER}${name}.sig`;
}

function describeSigner({ printedName, role, meaning, signedAtUtc }: PackageSigner): string {
  return `${printedName} (${role}), ${meaning}, ${signedAtUtc}`;
}
