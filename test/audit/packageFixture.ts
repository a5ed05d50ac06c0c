import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointText, formatNote, signNote } from '../../electron/audit/checkpoint';
import {
  buildTree,
  inclusionProof,
  leafHash,
  toHex,
  treeRoot,
} from '../../electron/audit/merkleTree';
import { assemble, buildUnsigned } from '../../electron/audit/packageBuilder';
import type { PackageInput, SignerInput } from '../../electron/audit/packageBuilder';
import { canonicalBytes } from '../../electron/audit/packageLayout';
import type { PackageEvent } from '../../electron/audit/packageLayout';
import { readPublicKey } from '../../electron/audit/publicKey';
import type { PublicKey } from '../../electron/audit/publicKey';

export interface TestKey {
  readonly name: string;
  readonly pem: string;
  readonly publicKey: PublicKey;
  readonly privateKey: KeyObject;
}

/** An Ed25519 key that is the same in every run, made from a name; for tests only. */
export function testKey(name: string): TestKey {
  const seed = createHash('sha256').update(name).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const pem = createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString();
  return { name, pem, publicKey: readPublicKey(pem), privateKey };
}

export const ANA = testKey('Ana Ruiz');
export const BEN = testKey('Ben Okoye');
export const LOG = testKey('log of Credit models');
const ORIGIN = 'assay/6a0f5c1e';
const LOG_SIZE = 9;
const IN_SCOPE = [1, 2, 3, 5, 6, 9];

export const VERIFIER_FOLDER = join(import.meta.dirname, '../../resources/verifier');

/** How the people and the log behave while the fixture is made; all honest unless told. */
export interface Conduct {
  /** Changes the body of an event before it is signed and logged. */
  readonly body?: (body: Record<string, unknown>) => Record<string, unknown>;
  /** Signs an event instead of its actor. */
  readonly actorOf?: (seq: number) => TestKey;
}

/** A whole log: event n is by Ana or Ben in turn and links to event n - 1. */
export function makeLog(conduct: Conduct = {}): PackageEvent[] {
  const events: PackageEvent[] = [];
  for (let seq = 1; seq <= LOG_SIZE; seq += 1) {
    const actor = seq % 2 === 0 ? BEN : ANA;
    const before = events.at(-1);
    const honest = {
      action: 'drift.batchImported',
      actorName: actor.name,
      after: { psi: 0.1 * seq, rows: 1000 + seq },
      atUtc: `2026-03-0${seq}T09:00:00.000Z`,
      keyId: actor.publicKey.fingerprint,
      prev: before ? toHex(leafHash(before.body)) : '0'.repeat(64),
      seq,
    };
    const body = canonicalBytes(conduct.body?.(honest) ?? honest);
    const sig = sign(null, body, (conduct.actorOf?.(seq) ?? actor).privateKey);
    events.push({ seq, body, sig, keyId: honest.keyId });
  }
  return events;
}

function checkpointOf(log: readonly PackageEvent[], key = LOG, origin = ORIGIN): string {
  const tree = buildTree(log.map(({ body }) => leafHash(body)));
  const text = checkpointText({ origin, size: tree.size, root: treeRoot(tree) });
  return formatNote({ text, signatures: [signNote(text, origin, key.publicKey, key.privateKey)] });
}

/** The checkpoint of the log's first `size` events. */
export function checkpointAt(size: number, key = LOG, origin = ORIGIN): string {
  return checkpointOf(makeLog().slice(0, size), key, origin);
}

function signerInput(key: TestKey, role: string, meaning: 'authorship' | 'review'): SignerInput {
  return {
    keyId: key.publicKey.fingerprint,
    printedName: key.name,
    role,
    meaning,
    reason: `Quarterly ${meaning} of the drift evidence`,
    signedAtUtc: '2026-04-01T12:00:00.000Z',
    utcOffsetMinutes: 120,
  };
}

/** Input of a small package: three records, six of nine events, two signatories. */
export function packageInput(log: readonly PackageEvent[] = makeLog()): PackageInput {
  const tree = buildTree(log.map(({ body }) => leafHash(body)));
  const events = IN_SCOPE.map((seq) => log[seq - 1]!);
  const text = (content: string) => Buffer.from(content);
  return {
    scope: {
      modelId: '0b1c',
      modelName: 'Cr\u00e9dit \u2116 1',
      periodStart: '2026-01-01',
      periodEnd: null,
    },
    workspace: { id: '6a0f5c1e', name: 'Credit models' },
    appVersion: '0.1.0',
    packageSeq: 3,
    records: new Map([
      ['data/model.json', text('{"name":"Credit 1"}')],
      ['data/drift/report-1.json', text('{"d":0.195}')],
      ['data/drift/report-1.csv', text('feature,d\nage,0.195\n')],
    ]),
    reportHtml: text('<!doctype html><title>Drift</title><p>D = 0.195</p>'),
    events,
    tree: {
      size: tree.size,
      root: treeRoot(tree),
      proofs: events.map(({ seq }) => inclusionProof(tree, seq - 1)),
    },
    checkpoint: checkpointOf(log),
    keys: [
      { name: ANA.name, spkiPem: ANA.pem, role: 'signer' },
      { name: BEN.name, spkiPem: BEN.pem, role: 'signer' },
      { name: ANA.name, spkiPem: ANA.pem, role: 'actor' },
      { name: BEN.name, spkiPem: BEN.pem, role: 'actor' },
      { name: 'log', spkiPem: LOG.pem, role: 'log' },
    ],
    signers: [signerInput(ANA, 'analyst', 'authorship'), signerInput(BEN, 'reviewer', 'review')],
    verifier: {
      python: readFileSync(join(VERIFIER_FOLDER, 'verify.py')),
      shell: readFileSync(join(VERIFIER_FOLDER, 'verify.sh')),
    },
  };
}

/** Builds, signs and assembles a package. */
export function makePackage(input: PackageInput = packageInput()): Uint8Array {
  const unsigned = buildUnsigned(input);
  return assemble(
    unsigned,
    [ANA, BEN].map(({ publicKey, privateKey }) => ({
      keyid: publicKey.fingerprint,
      signature: sign(null, unsigned.pae, privateKey),
    })),
  );
}

export const ANA_NAME = `ana-ruiz-${ANA.publicKey.fingerprint.slice(0, 8)}`;
export const BEN_NAME = `ben-okoye-${BEN.publicKey.fingerprint.slice(0, 8)}`;
export const LOG_NAME = `log-${LOG.publicKey.fingerprint.slice(0, 8)}`;

/** What the cover letter of the package says. */
export const LETTER = {
  [ANA_NAME]: ANA.publicKey.fingerprint,
  [BEN_NAME]: BEN.publicKey.fingerprint,
} as const;
