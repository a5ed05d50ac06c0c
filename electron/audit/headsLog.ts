import { createHmac, timingSafeEqual } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { writeFileAtomically } from '../io/atomicWrite';
import type { LogHead } from './auditLog';

/** What the file beside the database remembers of the log. */
export interface KnownHeads {
  /** Genuine lines in order of size, each size once; empty when the file is missing. */
  readonly heads: readonly LogHead[];
  /** Lines that are not genuine: torn by a crash, or altered. */
  readonly nInvalidLines: number;
}

/**
 * Remembers every head of the log outside the database, so that an older copy of the database is found.
 *
 * Each line stands for itself (size, root, HMAC under a child of the data key): a damaged line takes no
 * other with it. Whoever can cut both files back together is found only by heads that left the machine.
 */
export interface HeadsLog {
  append(head: LogHead): void;
  read(): KnownHeads;
  /** The longest genuine head; null when there is none. Cheaper than reading all. */
  newest(): LogHead | null;
}

const LINE = /^(?<size>[1-9][0-9]{0,15}) (?<root>[0-9a-f]{64}) (?<mac>[0-9a-f]{64})$/;

/** @param key 32 bytes, used for nothing else */
export function createHeadsLog(path: string, key: Uint8Array, workspaceId: string): HeadsLog {
  let endsClean = endsWithLineBreak(path);

  function genuine(claim: Claim | null): LogHead | null {
    return claim !== null && timingSafeEqual(claim.mac, macOf(claim.head, key, workspaceId))
      ? claim.head
      : null;
  }

  return {
    append(head) {
      const line = formatLine(head, key, workspaceId);
      const start = endsClean ? '' : '\n';
      endsClean = false;
      appendFileSync(path, `${start}${line}`, { mode: 0o600 });
      endsClean = true;
    },
    read() {
      const lines = readLines(path);
      const found = lines.map((line) => genuine(parseLine(line))).filter((head) => head !== null);
      const bySize = new Map(found.map((head) => [`${head.size} ${head.rootSha256}`, head]));
      const heads = [...bySize.values()].sort((a, b) => a.size - b.size);
      return { heads, nInvalidLines: lines.length - found.length };
    },
    newest() {
      const claims = readLines(path)
        .map(parseLine)
        .filter((claim) => claim !== null);
      claims.sort((a, b) => b.head.size - a.head.size);
      return claims.find((claim) => genuine(claim) !== null)?.head ?? null;
    },
  };
}

/**
 * Writes the file anew under another key, with the same heads. Nothing happens when none is genuine
 * under the old key: then it was done before.
 */
export function rekeyHeadsLog(
  path: string,
  key: Uint8Array,
  newKey: Uint8Array,
  workspaceId: string,
): void {
  const { heads } = createHeadsLog(path, key, workspaceId).read();
  if (heads.length === 0) return;
  writeFileAtomically(path, heads.map((head) => formatLine(head, newKey, workspaceId)).join(''));
}

function formatLine(head: LogHead, key: Uint8Array, workspaceId: string): string {
  return `${head.size} ${head.rootSha256} ${macOf(head, key, workspaceId).toString('hex')}\n`;
}

function macOf({ size, rootSha256 }: LogHead, key: Uint8Array, workspaceId: string): Buffer {
  const text = `assay/heads/v1\n${workspaceId}\n${size}\n${rootSha256}\n`;
  return createHmac('sha256', key).update(text).digest();
}

/** What a line says, before it is proven. */
interface Claim {
  readonly head: LogHead;
  readonly mac: Buffer;
}

function parseLine(line: string): Claim | null {
  const { size = '', root = '', mac = '' } = LINE.exec(line)?.groups ?? {};
  if (mac === '') return null;
  return { head: { size: Number(size), rootSha256: root }, mac: Buffer.from(mac, 'hex') };
}

function readLines(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'latin1')
    .split('\n')
    .filter((line) => line !== '');
}

function endsWithLineBreak(path: string): boolean {
  return !existsSync(path) || !/[^\n]$/.test(readFileSync(path, 'latin1'));
}
