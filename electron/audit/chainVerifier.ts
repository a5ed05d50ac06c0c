import { verify } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { AuditEventBody } from '../../shared/audit/auditEvent';
import type { Progress } from '../../shared/ipc/messages';
import type { Db } from '../db/openDatabase';
import { NO_PREVIOUS, headOf, readFrontier, type LogHead } from './auditLog';
import { EMPTY_FRONTIER, appendLeaf, formatFrontier, leafHash, toHex } from './merkleTree';
import type { Frontier } from './merkleTree';
import type { PublicKey } from './publicKey';

/** A key that may sign events, and whose it is. */
export interface LogKey {
  readonly publicKey: PublicKey;
  readonly personId: string;
}

export interface ChainCheck {
  readonly workspaceId: string;
  /** Every log key, active or retired, by its identifier. */
  readonly keys: ReadonlyMap<string, LogKey>;
  /** Heads that are remembered outside the database. */
  readonly heads: readonly LogHead[];
  /** Signatures are checked from this event on; everything else is checked for all events. */
  readonly signaturesFromSeq?: number;
  progress?(progress: Progress): void;
  readonly signal?: AbortSignal;
}

/** What a sweep over the log found. */
export interface ChainFindings extends LogHead {
  /** The first event that does not fit, and why; null when all is well. */
  readonly broken: { readonly seq: number; readonly problem: string } | null;
}

interface Row {
  readonly seq: number;
  readonly body: Buffer;
  readonly sig: Buffer;
  readonly leaf_hash: Buffer;
  readonly key_id: string;
  readonly at_utc: string;
  readonly actor_id: string;
  readonly action: string;
  readonly subject: string;
  readonly is_clock_anomaly: number;
}

interface Position {
  readonly prev: string;
  readonly atUtc: string | null;
  readonly frontier: Frontier;
}

/** Small enough that core answers other calls in between. */
const CHUNK = 100;

class Broken extends Error {
  constructor(
    readonly seq: number,
    readonly problem: string,
  ) {
    super(problem);
  }
}

/**
 * Checks the whole log: order, links, form, columns, signatures, tree, and the heads kept outside.
 *
 * Other calls run in between; events that are appended meanwhile are not looked at.
 *
 * @returns size and root of what was found, and the first event that does not fit
 * @throws DOMException AbortError when the signal fires
 * Cost: O(n); about 10 us an event, and 0.1 ms for each signature, spread over threads.
 */
export async function verifyChain(db: Db, check: ChainCheck): Promise<ChainFindings> {
  const stored = readFrontier(db);
  const nRows = Number(db.prepare('SELECT count(*) FROM audit_event').pluck().get());
  const heads = Map.groupBy(check.heads, ({ size }) => size);
  let at: Position = { prev: NO_PREVIOUS, atUtc: null, frontier: EMPTY_FRONTIER };
  try {
    while (at.frontier.size < nRows) {
      check.signal?.throwIfAborted();
      at = await verifyChunk(db, check, heads, at, nRows);
      const { size } = at.frontier;
      check.progress?.({ fraction: size / nRows, activity: `${size} of ${nRows} events checked` });
      await setImmediate();
    }
    checkEnd(at.frontier, stored, check.heads);
    return { ...headOf(at.frontier), broken: null };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { ...headOf(at.frontier), broken: { seq: error.seq, problem: error.problem } };
  }
}

async function verifyChunk(
  db: Db,
  check: ChainCheck,
  heads: ReadonlyMap<number, readonly LogHead[]>,
  start: Position,
  nRows: number,
): Promise<Position> {
  const limit = Math.min(CHUNK, nRows - start.frontier.size);
  const rows = db
    .prepare<[number, number], Row>('SELECT * FROM audit_event WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(start.frontier.size, limit);
  if (rows.length < limit) throw new Broken(start.frontier.size + 1, 'events are missing here');
  // All signatures at once, on threads; each answer is asked for in order of seq below.
  const signatures = rows.map((row) => isSigned(row, check));
  let at = start;
  for (const [i, row] of rows.entries()) {
    at = verifyRow(row, check, at);
    if (!(await signatures[i])) throw new Broken(row.seq, 'its signature is not valid');
    checkHeads(at.frontier, heads.get(row.seq) ?? []);
  }
  return at;
}

function verifyRow(row: Row, check: ChainCheck, at: Position): Position {
  const seq = at.frontier.size + 1;
  if (row.seq !== seq) throw new Broken(seq, `it is missing; the next one found is ${row.seq}`);
  const body = readBody(row);
  if (body.seq !== seq) throw new Broken(seq, `its text says it is event ${body.seq}`);
  if (body.prev !== at.prev) throw new Broken(seq, 'it does not follow the event before it');
  if (body.workspaceId !== check.workspaceId) throw new Broken(seq, 'it is of another workspace');
  const leaf = leafHash(row.body);
  const prev = toHex(leaf);
  if (prev !== toHex(row.leaf_hash)) throw new Broken(seq, 'its text was changed');
  if (!columnsFit(row, body, at.atUtc)) throw new Broken(seq, 'its columns do not repeat its text');
  if (check.keys.get(body.keyId)?.personId !== body.actorId) {
    throw new Broken(seq, 'the key that it names is not a key of its actor');
  }
  return { prev, atUtc: body.atUtc, frontier: appendLeaf(at.frontier, leaf) };
}

function readBody(row: Row): AuditEventBody {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(row.body);
    const value: unknown = JSON.parse(text);
    if (canonicalJson(value) === text) return AuditEventBody.parse(value);
  } catch {
    // Falls through: unreadable in whatever way is one and the same finding.
  }
  throw new Broken(row.seq, 'its text is not an event in canonical form');
}

function columnsFit(row: Row, body: AuditEventBody, beforeUtc: string | null): boolean {
  const isClockAnomaly = beforeUtc !== null && body.atUtc < beforeUtc;
  return (
    row.key_id === body.keyId &&
    row.at_utc === body.atUtc &&
    row.actor_id === body.actorId &&
    row.action === body.action &&
    row.subject === body.subject &&
    (row.is_clock_anomaly === 1) === isClockAnomaly
  );
}

function isSigned(row: Row, { keys, signaturesFromSeq = 1 }: ChainCheck): Promise<boolean> {
  if (row.seq < signaturesFromSeq) return Promise.resolve(true);
  const key = keys.get(row.key_id)?.publicKey.key;
  if (key === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    verify(null, row.body, key, row.sig, (error, isValid) => resolve(error === null && isValid));
  });
}

function checkHeads(frontier: Frontier, known: readonly LogHead[]): void {
  if (known.length === 0) return;
  const { rootSha256 } = headOf(frontier);
  if (known.every((head) => head.rootSha256 === rootSha256)) return;
  throw new Broken(frontier.size, 'the log up to it is not the one that was recorded beside it');
}

function checkEnd(found: Frontier, stored: Frontier, heads: readonly LogHead[]): void {
  const longest = heads.reduce((size, head) => Math.max(size, head.size), 0);
  if (longest > found.size) {
    throw new Broken(
      found.size + 1,
      `the log once had ${longest} events and now has ${found.size}`,
    );
  }
  if (stored.size > found.size) throw new Broken(found.size + 1, 'the last events are missing');
  if (formatFrontier(found) !== formatFrontier(stored)) {
    throw new Broken(found.size, 'the stored tree does not fit the events');
  }
}
