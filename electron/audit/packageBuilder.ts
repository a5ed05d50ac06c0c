import {
  AuditPackageStatement,
  MANIFEST_PATH,
  PAYLOAD_TYPE,
  PREDICATE_TYPE,
  PackagePath,
  STATEMENT_TYPE,
  keyFileName,
} from '../../shared/audit/auditPackage';
import type {
  AuditPackagePredicate,
  PackageSigner,
  StatedScope,
} from '../../shared/audit/auditPackage';
import type { Meaning } from '../../shared/audit/signature';
import { AppFailure } from '../../shared/ipc/errors';
import { writeZip } from '../io/zip';
import { parseCheckpointText, parseNote } from './checkpoint';
import { dsseEnvelope, preAuthEncoding } from './dsse';
import type { DsseSignature } from './dsse';
import { toHex } from './merkleTree';
import type { Hash } from './merkleTree';
import {
  CHECKPOINT_PATH,
  ENVELOPE_PATH,
  LOG_PATH,
  PROOFS_PATH,
  REPORT_PATH,
  SIGNATURE_FOLDER,
  STATEMENT_PATH,
  canonicalBytes,
  comparePaths,
  formatEvent,
  formatManifest,
  isOutsideManifest,
  sha256Hex,
} from './packageLayout';
import type { PackageEvent, PackageFiles } from './packageLayout';
import { packageReadme } from './packageReadme';
import { isSignedBy, readPublicKey } from './publicKey';

/** One signatory before the package has names for the key files. */
export interface SignerInput {
  /** Fingerprint of the signing key; it must be among {@link PackageInput.keys}. */
  readonly keyId: string;
  readonly printedName: string;
  readonly role: string;
  readonly meaning: Meaning;
  readonly reason: string;
  /** ISO 8601 with `Z`. */
  readonly signedAtUtc: string;
  readonly utcOffsetMinutes: number;
}

export interface KeyInput {
  /** Printed name of the person, or what the key is for; the file name is made from it. */
  readonly name: string;
  readonly spkiPem: string;
  readonly role: 'signer' | 'actor' | 'log';
}

export interface PackageInput {
  readonly scope: StatedScope;
  readonly workspace: { readonly id: string; readonly name: string };
  readonly appVersion: string;
  /** Number of this export in the workspace, from 1. */
  readonly packageSeq: number;
  /** Records and attachments; every path starts with `data/`. */
  readonly records: ReadonlyMap<string, Uint8Array>;
  readonly reportHtml: Uint8Array;
  /** Events in scope, in order of seq. */
  readonly events: readonly PackageEvent[];
  /** The tree of the checkpoint; `proofs[i]` is the inclusion proof of `events[i]`. */
  readonly tree: {
    readonly size: number;
    readonly root: Hash;
    readonly proofs: readonly (readonly Hash[])[];
  };
  /** Signed note over the tree; the first signature is the log's. */
  readonly checkpoint: string;
  /** Keys of signatories and actors, and the one log key; a key may appear in several roles. */
  readonly keys: readonly KeyInput[];
  /** In the order in which the signatures are listed. */
  readonly signers: readonly SignerInput[];
  /** `resources/verifier/verify.py` and `verify.sh`, byte for byte. */
  readonly verifier: { readonly python: Uint8Array; readonly shell: Uint8Array };
}

/** A package that still lacks its signatures. */
export interface UnsignedPackage {
  /** Everything but the signatures and the envelope. */
  readonly files: PackageFiles;
  readonly statementBytes: Uint8Array;
  /** The bytes that every signatory signs with Ed25519. */
  readonly pae: Uint8Array;
  readonly signers: readonly PackageSigner[];
}

/**
 * Builds everything of an audit package that comes before the signatures.
 *
 * Deterministic: the same input gives the same bytes. The evidence itself (event signatures, proofs,
 * checkpoint) is not checked here; run `verifyPackage` on the bytes that {@link assemble} returns.
 *
 * @throws AppFailure BAD_DATA when a path, key, name or time has no place in a package
 */
export function buildUnsigned(input: PackageInput): UnsignedPackage {
  const names = nameKeys(input.keys);
  const predicate = predicateOf(input, names);
  const files = new Map(input.records);
  files.set(REPORT_PATH, input.reportHtml);
  files.set(LOG_PATH, Buffer.from(input.events.map(formatEvent).join('')));
  files.set(CHECKPOINT_PATH, Buffer.from(input.checkpoint));
  files.set(PROOFS_PATH, proofsOf(input));
  files.set('README.txt', Buffer.from(packageReadme(predicate, [...files.keys()])));
  files.set('verify.py', input.verifier.python);
  files.set('verify.sh', input.verifier.shell);
  for (const { fileName, spkiPem } of names.values()) {
    files.set(`keys/${fileName}.pem`, Buffer.from(spkiPem));
  }
  const manifest = formatManifest(files);
  const statement = AuditPackageStatement.safeParse({
    _type: STATEMENT_TYPE,
    predicate,
    predicateType: PREDICATE_TYPE,
    subject: [{ digest: { sha256: sha256Hex(manifest) }, name: MANIFEST_PATH }],
  });
  if (!statement.success) throw refuse('its statement', { issues: statement.error.issues });
  const statementBytes = canonicalBytes(statement.data);
  files.set(MANIFEST_PATH, manifest).set(STATEMENT_PATH, statementBytes);
  const pae = preAuthEncoding(PAYLOAD_TYPE, statementBytes);
  return { files, statementBytes, pae, signers: predicate.signers };
}

/**
 * Adds the signatures and writes the ZIP.
 *
 * @param signatures one for each signatory, in any order; raw Ed25519 over {@link UnsignedPackage.pae}
 * @returns the bytes of the package
 * @throws AppFailure INTEGRITY when a signature is missing, surplus or not by the key of its signatory
 */
export function assemble(
  unsigned: UnsignedPackage,
  signatures: readonly DsseSignature[],
): Uint8Array {
  const files = new Map(unsigned.files);
  const ordered = unsigned.signers.map((signer) => {
    const found = signatures.find(({ keyid }) => keyid === signer.keyid);
    const pem = Buffer.from(files.get(`keys/${signer.name}.pem`) ?? '').toString();
    if (!found || !isSignedBy(readPublicKey(pem), unsigned.pae, found.signature)) {
      throw new AppFailure('INTEGRITY', `The signature of ${signer.printedName} does not fit.`, {
        step: 'signatures',
      });
    }
    files.set(`${SIGNATURE_FOLDER}${signer.name}.sig`, found.signature);
    return found;
  });
  if (ordered.length !== signatures.length) {
    throw new AppFailure('INTEGRITY', 'There are more signatures than signatories.', {
      step: 'signatures',
    });
  }
  files.set(ENVELOPE_PATH, dsseEnvelope(PAYLOAD_TYPE, unsigned.statementBytes, ordered));
  return writeZip(inPackageOrder(files));
}

/** Files in byte order of their paths: the one order that a package may have. */
export function inPackageOrder(files: PackageFiles): PackageFiles {
  return new Map([...files].sort(([a], [b]) => comparePaths(a, b)));
}

interface NamedKey extends KeyInput {
  readonly fileName: string;
}

/** Keys by fingerprint; the same key in two roles is one file. */
function nameKeys(keys: readonly KeyInput[]): ReadonlyMap<string, NamedKey> {
  const named = new Map<string, NamedKey>();
  for (const key of keys) {
    const { fingerprint } = readPublicKey(key.spkiPem);
    const known = named.get(fingerprint);
    if (known && known.name !== key.name) throw refuse(`the name ${key.name}: its key has another`);
    named.set(fingerprint, { ...key, fileName: keyFileName(key.name, fingerprint) });
  }
  return named;
}

function predicateOf(
  input: PackageInput,
  keys: ReadonlyMap<string, NamedKey>,
): AuditPackagePredicate {
  for (const path of input.records.keys()) {
    const isPlaced = path.startsWith('data/') && !isOutsideManifest(path);
    if (!isPlaced || !PackagePath.safeParse(path).success) throw refuse(`the path ${path}`);
  }
  const missing = input.events.find(({ keyId }) => !keys.has(keyId));
  if (missing) throw refuse(`event ${missing.seq}: the key of its actor is not given`);
  const logKeys = input.keys.filter(({ role }) => role === 'log');
  if (logKeys.length !== 1) throw refuse(`${logKeys.length} log keys instead of one`);
  const logSha256Hex = readPublicKey(logKeys[0]!.spkiPem).fingerprint;
  return {
    appVersion: input.appVersion,
    log: {
      keyName: keys.get(logSha256Hex)!.fileName,
      keySha256Hex: logSha256Hex,
      origin: parseCheckpointText(parseNote(input.checkpoint).text).origin,
      rootSha256Hex: toHex(input.tree.root),
      size: input.tree.size,
    },
    packageSeq: input.packageSeq,
    scope: input.scope,
    signers: input.signers.map((signer) => signerOf(signer, keys)),
    workspaceId: input.workspace.id,
    workspaceName: input.workspace.name,
  };
}

function signerOf(signer: SignerInput, keys: ReadonlyMap<string, NamedKey>): PackageSigner {
  const { keyId, ...stated } = signer;
  const key = keys.get(keyId);
  if (key === undefined) throw refuse(`${signer.printedName}: the signing key is not given`);
  return { ...stated, keyid: keyId, name: key.fileName };
}

function proofsOf({ events, tree }: PackageInput): Uint8Array {
  const inclusion = events.map(({ seq }, i) => ({
    hashes: (tree.proofs[i] ?? []).map(toHex),
    seq,
  }));
  const root = { rootSha256Hex: toHex(tree.root), size: tree.size };
  return canonicalBytes({ consistency: null, inclusion, ...root });
}

function refuse(what: string, details: Readonly<Record<string, unknown>> = {}): AppFailure {
  return new AppFailure('BAD_DATA', `The audit package cannot be built with ${what}.`, details);
}
