import { createHash } from 'node:crypto';
import {
  AuditEventLink,
  AuditLogLine,
  MANIFEST_PATH,
  PackagePath,
} from '../../shared/audit/auditPackage';
import { Sha256Hex } from '../../shared/base/files';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { AppFailure } from '../../shared/ipc/errors';
import { leafHash } from './merkleTree';
import type { Hash } from './merkleTree';

export const STATEMENT_PATH = 'statement.json';
export const ENVELOPE_PATH = 'envelope.dsse.json';
export const SIGNATURE_FOLDER = 'sig/';
export const LOG_PATH = 'audit/log.jsonl';
export const CHECKPOINT_PATH = 'audit/checkpoint.txt';
export const PROOFS_PATH = 'audit/proofs.json';
export const REPORT_PATH = 'report.html';
/** Stamped checkpoints of the log: `ID.tsr` beside `ID.checkpoint.txt`. */
export const TIMESTAMP_FOLDER = 'data/timestamps/';

const MAX_JSON_DEPTH = 64;

export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** One event as it left the log. */
export interface PackageEvent {
  /** Position in the log, from 1; its leaf in the tree is `seq - 1`. */
  readonly seq: number;
  /** The exact canonical JSON bytes that were signed and hashed. */
  readonly body: Uint8Array;
  /** Raw 64-byte Ed25519 signature of `body` by its actor. */
  readonly sig: Uint8Array;
  /** Fingerprint of the actor's key. */
  readonly keyId: string;
}

/** An event read back from a package, with what its order and its proof rest on. */
export interface ReadEvent extends PackageEvent {
  /** Leaf hash of the event before it, in hex; 64 zeros for the first. */
  readonly prev: string;
  readonly leaf: Hash;
}

/** Lowercase hex SHA-256 of some bytes. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Canonical JSON as UTF-8 bytes. */
export function canonicalBytes(value: unknown): Uint8Array {
  return Buffer.from(canonicalJson(value), 'utf8');
}

/** The files that the manifest cannot list, because they are made from it. */
export function isOutsideManifest(path: string): boolean {
  const own = [MANIFEST_PATH, STATEMENT_PATH, ENVELOPE_PATH];
  return own.includes(path) || path.startsWith(SIGNATURE_FOLDER);
}

/** Byte order of paths, as `LC_ALL=C sort` has it. */
export function comparePaths(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Writes the manifest in the format of `sha256sum`. */
export function formatManifest(files: PackageFiles): Uint8Array {
  const paths = [...files.keys()].sort(comparePaths);
  return Buffer.from(paths.map((path) => `${sha256Hex(files.get(path)!)}  ${path}\n`).join(''));
}

/**
 * Reads a manifest.
 *
 * @returns digests in hex by path
 * @throws AppFailure BAD_DATA unless every line is a digest and a safe path, in strict byte order
 */
export function parseManifest(bytes: Uint8Array): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  let last = '';
  for (const [i, line] of textLines(bytes).entries()) {
    const [digest, path] = [line.slice(0, 64), line.slice(66)];
    const isLine = Sha256Hex.safeParse(digest).success && line.slice(64, 66) === '  ';
    if (!isLine || !PackagePath.safeParse(path).success || comparePaths(last, path) >= 0) {
      throw new AppFailure(
        'BAD_DATA',
        `Line ${i + 1} of the manifest is malformed or out of order.`,
      );
    }
    digests.set(path, digest);
    last = path;
  }
  return digests;
}

/** Writes one line of `audit/log.jsonl`. */
export function formatEvent(event: PackageEvent): string {
  const [body, sig] = [toBase64(event.body), toBase64(event.sig)];
  return `${canonicalJson({ body, keyId: event.keyId, seq: event.seq, sig })}\n`;
}

/**
 * Reads `audit/log.jsonl`.
 *
 * @throws AppFailure BAD_DATA naming the first line that is not in the exact form
 */
export function parseEvents(bytes: Uint8Array): readonly ReadEvent[] {
  return textLines(bytes).map((text, i) => {
    try {
      const line = AuditLogLine.parse(parseCanonical(Buffer.from(text)));
      const [body, sig] = [fromBase64(line.body), fromBase64(line.sig)];
      const link = AuditEventLink.parse(parseCanonical(body));
      if (link.seq !== line.seq || link.keyId !== line.keyId) {
        throw new RangeError('line and body differ');
      }
      return { seq: line.seq, body, sig, keyId: line.keyId, prev: link.prev, leaf: leafHash(body) };
    } catch {
      throw new AppFailure('BAD_DATA', `Line ${i + 1} of ${LOG_PATH} is not an audit event.`);
    }
  });
}

/**
 * Reads JSON that is in canonical form, so that every reader sees the same value in it.
 *
 * @throws Error when the bytes are not UTF-8, not canonical JSON, or nested deeper than 64
 */
export function parseCanonical(bytes: Uint8Array): unknown {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const value: unknown = JSON.parse(text);
  if (isDeeperThan(value, MAX_JSON_DEPTH) || canonicalJson(value) !== text) {
    throw new AppFailure('BAD_DATA', 'The JSON is not in canonical form.');
  }
  return value;
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeperThan(item, depth - 1));
}

/** Lines of a text file whose last line ends too; an empty file has none. */
function textLines(bytes: Uint8Array): string[] {
  const lines = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    .decode(bytes)
    .split('\n');
  if (lines.pop() !== '') throw new AppFailure('BAD_DATA', 'The last line does not end.');
  return lines;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new RangeError('not standard base64');
  return bytes;
}
