import { InclusionProofs } from '../../shared/audit/auditPackage';
import { hasNoteSignature, parseCheckpointText, parseNote } from './checkpoint';
import { toHex, verifyInclusion } from './merkleTree';
import type { Evidence } from './packageEvidence';
import { refuse } from './packageEvidence';
import {
  CHECKPOINT_PATH,
  LOG_PATH,
  PROOFS_PATH,
  parseCanonical,
  parseEvents,
} from './packageLayout';
import { isSignedBy } from './publicKey';

const NO_PREVIOUS = '0'.repeat(64);

/** Step checkpoint: the log key signed a state of the log, and it is the one of the statement. */
export function checkCheckpoint(evidence: Evidence): string {
  const { log } = evidence.get('statement').predicate;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const note = parseNote(decoder.decode(evidence.file(CHECKPOINT_PATH)));
  const checkpoint = parseCheckpointText(note.text);
  const key = evidence.key(log.keyName);
  if (key.fingerprint !== log.keySha256Hex) {
    throw refuse(`keys/${log.keyName}.pem is not the log key that the statement names.`);
  }
  const logLine = { ...note, signatures: note.signatures.slice(0, 1) };
  if (!hasNoteSignature(logLine, checkpoint.origin, key)) {
    throw refuse('The signature of the log on the checkpoint is not valid.');
  }
  const root = toHex(checkpoint.root);
  if (
    checkpoint.origin !== log.origin ||
    checkpoint.size !== log.size ||
    root !== log.rootSha256Hex
  ) {
    throw refuse('The checkpoint shows another state of the log than the statement.');
  }
  return `${log.size} events, root ${root.slice(0, 12)}...`;
}

/** Step eventSignatures: each event is readable and signed by the key that it names. */
export function checkEventSignatures(evidence: Evidence): string {
  const events = parseEvents(evidence.file(LOG_PATH));
  evidence.found.events = events;
  const keys = evidence.keysByFingerprint();
  for (const event of events) {
    const key = keys.get(event.keyId);
    if (!key) throw refuse(`The key of the actor of event ${event.seq} is not in the package.`);
    if (!isSignedBy(key, event.body, event.sig)) {
      throw refuse(`The signature of event ${event.seq} is not valid.`);
    }
  }
  return `${events.length} signatures by ${new Set(events.map(({ keyId }) => keyId)).size} actors`;
}

/** Step inclusion: each event is the leaf at its place in the tree of the statement. */
export function checkInclusion(evidence: Evidence): string {
  const events = evidence.get('events');
  const { log } = evidence.get('statement').predicate;
  const proofs = InclusionProofs.parse(parseCanonical(evidence.file(PROOFS_PATH)));
  if (proofs.size !== log.size || proofs.rootSha256Hex !== log.rootSha256Hex) {
    throw refuse('The proofs are for another state of the log than the statement.');
  }
  if (proofs.inclusion.length !== events.length) {
    throw refuse('There is not one proof for each event.');
  }
  const root = Buffer.from(log.rootSha256Hex, 'hex');
  for (const [i, { seq, leaf }] of events.entries()) {
    const proof = proofs.inclusion[i]!;
    const hashes = proof.hashes.map((hash) => Buffer.from(hash, 'hex'));
    const isIncluded = verifyInclusion({ index: seq - 1, size: log.size, leaf, hashes, root });
    if (proof.seq !== seq || !isIncluded) throw refuse(`Event ${seq} is not in the log.`);
  }
  return `${events.length} events are in the log of ${log.size}`;
}

/** Step order: seq grows, and neighbours are linked by the hash of the one before. */
export function checkOrder(evidence: Evidence): string {
  const events = evidence.get('events');
  let links = 0;
  for (const [i, event] of events.entries()) {
    const before = events[i - 1];
    if (before && event.seq <= before.seq) {
      throw refuse(`Event ${event.seq} comes after event ${before.seq}.`);
    }
    if (event.seq !== 1 && before?.seq !== event.seq - 1) continue;
    const expected = before && event.seq !== 1 ? toHex(before.leaf) : NO_PREVIOUS;
    if (event.prev !== expected)
      throw refuse(`Event ${event.seq} is not linked to the one before.`);
    links += 1;
  }
  return `${events.length} events in order, ${links} links to a neighbour checked`;
}
