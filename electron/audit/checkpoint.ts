import { createHash, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AppFailure } from '../../shared/ipc/errors';
import { isSignedBy } from './publicKey';
import type { PublicKey } from './publicKey';

const ED25519_TYPE = 1;
const KEY_HASH_BYTES = 4;
const SIGNATURE_BYTES = 64;

/** The state of a log at one moment. */
export interface Checkpoint {
  /** Unique name of the log; also the name of its key in the signature line. */
  readonly origin: string;
  /** Number of events. */
  readonly size: number;
  /** RFC 6962 root over them, 32 bytes. */
  readonly root: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyHash: Uint8Array;
  readonly signature: Uint8Array;
}

/** A text with signature lines below it. @source C2SP signed-note */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The three lines that get signed: origin, size, root. @source C2SP tlog-checkpoint */
export function checkpointText(checkpoint: Checkpoint): string {
  const root = Buffer.from(checkpoint.root).toString('base64');
  return `${checkpoint.origin}\n${checkpoint.size}\n${root}\n`;
}

/** First 4 bytes of SHA-256(name || LF || 0x01 || key): tells which key a signature line needs. */
export function noteKeyHash(name: string, key: Pick<PublicKey, 'raw'>): Uint8Array {
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ED25519_TYPE));
  return hash.update(key.raw).digest().subarray(0, KEY_HASH_BYTES);
}

/**
 * Signs a note text as `name`.
 *
 * @param privateKey the Ed25519 key that belongs to `publicKey`
 */
export function signNote(
  text: string,
  name: string,
  publicKey: PublicKey,
  privateKey: KeyObject,
): NoteSignature {
  const signature = sign(null, Buffer.from(text, 'utf8'), privateKey);
  return { name, keyHash: noteKeyHash(name, publicKey), signature };
}

/** Writes a note; the log's own signature comes first, co-signatures after it. */
export function formatNote(note: SignedNote): string {
  const lines = note.signatures.map(({ name, keyHash, signature }) => {
    return `\u2014 ${name} ${Buffer.concat([keyHash, signature]).toString('base64')}\n`;
  });
  return `${note.text}\n${lines.join('')}`;
}

/**
 * Reads a signed note.
 *
 * @throws AppFailure BAD_DATA when it is not exactly what {@link formatNote} writes
 */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n') + 1;
  const signatures: NoteSignature[] = [];
  for (const line of note
    .slice(end + 1)
    .split('\n')
    .slice(0, -1)) {
    const [, name = '', base64 = ''] =
      /^\u2014 ([!-*,-~]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length !== KEY_HASH_BYTES + SIGNATURE_BYTES) throw badNote('a signature line');
    signatures.push({ name, keyHash: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  const parsed = { text: note.slice(0, end), signatures };
  if (end < 2 || /[^\P{Cc}\n]/u.test(note)) throw badNote('the text');
  if (signatures.length === 0 || formatNote(parsed) !== note) throw badNote('the form');
  return parsed;
}

/**
 * Reads the three lines of a checkpoint.
 *
 * @throws AppFailure BAD_DATA when it is not exactly what {@link checkpointText} writes
 */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const checkpoint = { origin, size: Number(size), root: Buffer.from(root, 'base64') };
  const isCount = Number.isSafeInteger(checkpoint.size) && checkpoint.size >= 0;
  const isWhole = isCount && checkpoint.root.length === 32;
  if (!isWhole || origin === '' || checkpointText(checkpoint) !== text) throw badNote('the text');
  return checkpoint;
}

/** Tells whether the note carries a valid signature of this key under this name. */
export function hasNoteSignature(note: SignedNote, name: string, key: PublicKey): boolean {
  const keyHash = noteKeyHash(name, key);
  const text = Buffer.from(note.text, 'utf8');
  return note.signatures.some((line) => {
    const isByKey = line.name === name && Buffer.compare(line.keyHash, keyHash) === 0;
    return isByKey && isSignedBy(key, text, line.signature);
  });
}

function badNote(part: string): AppFailure {
  return new AppFailure('BAD_DATA', `The checkpoint is not a signed note: ${part} is wrong.`);
}
