import { sign } from 'node:crypto';
import { checkpointText, formatNote, signNote } from '../../electron/audit/checkpoint';
import { buildTree, inclusionProof, leafHash, treeRoot } from '../../electron/audit/merkleTree';
import { canonicalBytes } from '../../electron/audit/packageLayout';
import type { PackageEvent } from '../../electron/audit/packageLayout';
import {
  ANA,
  BEN,
  LOG,
  checkpointAt,
  makeLog,
  makePackage,
  packageInput,
  testKey,
} from './packageFixture';
import { collude, replaceText } from './tamperTools';
import type { TamperCase } from './tamperTools';

// Attacks by the signatories: digests and signatures are theirs, so only the log can contradict them.
const EVE = testKey('Eve');

function checkpointSignedBy(...signers: readonly (typeof ANA)[]): string {
  const { size, root } = packageInput().tree;
  const text = checkpointText({ origin: 'assay/6a0f5c1e', size, root });
  const signatures = signers.map((key) => {
    const name = key === BEN ? 'ben' : 'assay/6a0f5c1e';
    return signNote(text, name, key.publicKey, key.privateKey);
  });
  return formatNote({ text, signatures });
}

function withCheckpoint(checkpoint: string): Uint8Array {
  return collude((files) => files.set('audit/checkpoint.txt', Buffer.from(checkpoint)));
}

const CHECKPOINT_CASES: readonly TamperCase[] = (
  [
    ['an older checkpoint of the same log', () => withCheckpoint(checkpointAt(7))],
    ['a checkpoint signed by another key', () => withCheckpoint(checkpointSignedBy(EVE))],
    ['a checkpoint of another log', () => withCheckpoint(checkpointAt(9, LOG, 'assay/other'))],
    [
      'a co-signature before the signature of the log',
      () => withCheckpoint(checkpointSignedBy(BEN, LOG)),
    ],
    ['a checkpoint without signature', () => withCheckpoint(checkpointSignedBy())],
    [
      'a checkpoint with a line more',
      () => withCheckpoint(checkpointSignedBy(LOG).replace('\n\n', '\nmore\n\n')),
    ],
    [
      'another size of the log stated',
      () =>
        collude(
          () => {},
          (statement) => {
            statement.predicate.log.size = 10;
            return statement;
          },
        ),
    ],
    [
      'another log key stated',
      () =>
        collude(
          () => {},
          (statement) => {
            statement.predicate.log.keySha256Hex = EVE.publicKey.fingerprint;
            return statement;
          },
        ),
    ],
  ] as const
).map(([name, bytes]) => ({ name, step: 'checkpoint', bytes }));

/** The log with one event's body exchanged after it was signed; the tree is made over the result. */
function rewrittenLog(seq: number, change: (body: string) => string): PackageEvent[] {
  return makeLog().map((event) => {
    const body = Buffer.from(event.body).toString();
    return event.seq === seq ? { ...event, body: Buffer.from(change(body)) } : event;
  });
}

function withLogFile(from: string, to: string): Uint8Array {
  return collude((files) => replaceText(files, 'audit/log.jsonl', from, to));
}

/** The same bytes to a careless decoder: the last letter differs in bits that carry nothing. */
function nextLetter(letter: string): string {
  return String.fromCodePoint(letter.codePointAt(0)! + 1);
}

const EVENT_CASES: readonly TamperCase[] = (
  [
    [
      'an event edited, with leaf, proofs, root and checkpoint re-made',
      () => makePackage(packageInput(rewrittenLog(3, (body) => body.replace('1003', '9003')))),
    ],
    [
      'an event signed by another person than it names',
      () => makePackage(packageInput(makeLog({ actorOf: (seq) => (seq === 5 ? BEN : ANA) }))),
    ],
    [
      'an event claimed by another key',
      () => withLogFile(ANA.publicKey.fingerprint, BEN.publicKey.fingerprint),
    ],
    ['an event under another number', () => withLogFile('"seq":2', '"seq":4')],
    ['white space in the log', () => withLogFile('"seq":2', '"seq": 2')],
    [
      'a log without its last line end',
      () =>
        collude((files) =>
          files.set('audit/log.jsonl', files.get('audit/log.jsonl')!.slice(0, -1)),
        ),
    ],
    ['a member more in a line of the log', () => withLogFile(',"seq":', ',"more":1,"seq":')],
    [
      'a signature in base64 with spare bits set',
      () =>
        collude((files) => {
          const log = Buffer.from(files.get('audit/log.jsonl')!).toString();
          files.set('audit/log.jsonl', Buffer.from(log.replace(/[AQgw](?==="})/, nextLetter)));
        }),
    ],
    [
      'an event whose link is no digest',
      () => makePackage(packageInput(makeLog({ body: (body) => ({ ...body, prev: 'none' }) }))),
    ],
    [
      'an event that names another key than its line',
      () =>
        makePackage(
          packageInput(
            makeLog({ body: (body) => ({ ...body, keyId: BEN.publicKey.fingerprint }) }),
          ),
        ),
    ],
    ['an event whose body is no base64', () => withLogFile('{"body":"', '{"body":"*')],
    [
      'an event whose body is not canonical',
      () => makePackage(packageInput(rewrittenLog(3, (body) => body.replace(':', ': ')))),
    ],
    [
      'the key of an actor replaced by an unreadable one',
      () => collude((files) => files.set('keys/zoe.pem', Buffer.from('no key'))),
    ],
    [
      'an event by somebody whose key is not there',
      () => withLogFile(ANA.publicKey.fingerprint, EVE.publicKey.fingerprint),
    ],
  ] as const
).map(([name, bytes]) => ({ name, step: 'eventSignatures', bytes }));

/** An event that Ana signed but that the log never held, in the place of event 5. */
function unloggedEvent(): PackageEvent {
  const event = makeLog()[4]!;
  const body = Buffer.from(Buffer.from(event.body).toString().replace('1005', '9005'));
  return { ...event, body, sig: sign(null, body, ANA.privateKey) };
}

function withEvents(change: (events: PackageEvent[]) => readonly PackageEvent[]): Uint8Array {
  const input = packageInput();
  return makePackage({ ...input, events: change([...input.events]) });
}

function withOtherTree(size: number): Uint8Array {
  const input = packageInput();
  const tree = buildTree(
    makeLog()
      .slice(0, size)
      .map(({ body }) => leafHash(body)),
  );
  const proofs = input.events.map(({ seq }) => (seq <= size ? inclusionProof(tree, seq - 1) : []));
  const checkpoint = checkpointAt(size);
  return makePackage({ ...input, checkpoint, tree: { size, root: treeRoot(tree), proofs } });
}

function withProofs(change: (proofs: { inclusion: unknown[] }) => void): Uint8Array {
  return collude((files) => {
    const proofs: { inclusion: unknown[] } = JSON.parse(
      Buffer.from(files.get('audit/proofs.json')!).toString(),
    );
    change(proofs);
    files.set('audit/proofs.json', canonicalBytes(proofs));
  });
}

const INCLUSION_CASES: readonly TamperCase[] = (
  [
    [
      'an event that the log never held',
      () => withEvents((all) => all.map((event) => (event.seq === 5 ? unloggedEvent() : event))),
    ],
    ['the tree of an older log', () => withOtherTree(7)],
    ['a proof missing', () => withProofs(({ inclusion }) => inclusion.pop())],
    ['two proofs exchanged', () => withProofs(({ inclusion }) => inclusion.reverse())],
    ['proofs in another form', () => withProofs((proofs) => Object.assign(proofs, { more: 1 }))],
    [
      'a shorter proof',
      () => withProofs(({ inclusion }) => (inclusion[0] = { hashes: ['0'.repeat(64)], seq: 1 })),
    ],
    [
      'proofs for another size than the statement',
      () => withProofs((proofs) => Object.assign(proofs, { size: 8 })),
    ],
    [
      'an event left out without its proof',
      () =>
        collude((files) => {
          const lines = Buffer.from(files.get('audit/log.jsonl')!).toString().split('\n');
          files.set('audit/log.jsonl', Buffer.from(lines.toSpliced(-2, 1).join('\n')));
        }),
    ],
  ] as const
).map(([name, bytes]) => ({ name, step: 'inclusion', bytes }));

function inOrder(order: readonly number[]): Uint8Array {
  const input = packageInput();
  const { proofs } = input.tree;
  return makePackage({
    ...input,
    events: order.map((i) => input.events[i]!),
    tree: { ...input.tree, proofs: order.map((i) => proofs[i]!) },
  });
}

function withLinkOf(seq: number): Uint8Array {
  const broken = makeLog({
    body: (body) => (body['seq'] === seq ? { ...body, prev: 'f'.repeat(64) } : body),
  });
  return makePackage(packageInput(broken));
}

const ORDER_CASES: readonly TamperCase[] = (
  [
    ['two events exchanged with their proofs', () => inOrder([0, 2, 1, 3, 4, 5])],
    ['an event twice with its proof', () => inOrder([0, 1, 1, 2, 3, 4, 5])],
    ['a link that the log itself broke', () => withLinkOf(3)],
    ['a first event that claims to have one before it', () => withLinkOf(1)],
  ] as const
).map(([name, bytes]) => ({ name, step: 'order', bytes }));

export const AUDIT_CASES: readonly TamperCase[] = [
  ...CHECKPOINT_CASES,
  ...EVENT_CASES,
  ...INCLUSION_CASES,
  ...ORDER_CASES,
];
