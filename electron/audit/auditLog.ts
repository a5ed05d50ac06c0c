import { canonicalJson } from '../../shared/base/canonicalJson';
import { AuditEventBody } from '../../shared/audit/auditEvent';
import type { Person } from '../../shared/vault/person';
import type { AuditDetail } from '../app/context';
import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';
import {
  appendLeaf,
  formatFrontier,
  frontierRoot,
  leafHash,
  parseFrontier,
  toHex,
} from './merkleTree';
import type { Frontier } from './merkleTree';
import { recordsSha256, storeDigests } from './recordDigests';
import { digestTouchedRows } from './touchedRows';

/** Signs audit events for as long as a person is signed in. */
export interface LogSigner {
  /** SHA-256 of the public key (SPKI DER). */
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** Raw 64-byte Ed25519 signature. */
  signBytes(bytes: Uint8Array): Uint8Array;
}

/** Who writes, on which clock. */
export interface EventSource {
  readonly workspaceId: string;
  readonly actor: Person;
  readonly signer: LogSigner;
  /** One start of the application. */
  readonly bootId: string;
  nowMs(): number;
}

export interface NewEvent {
  readonly action: string;
  readonly subject: string;
  readonly detail: AuditDetail;
}

interface RecordedEvent extends NewEvent {
  /** Vouches for the rows that were touched; null when there was none. */
  readonly recordsSha256: string | null;
}

/** The state of the log after an event. */
export interface LogHead {
  readonly size: number;
  readonly rootSha256: string;
}

interface LastEvent {
  readonly seq: number;
  readonly leafHash: string;
  readonly atUtc: string | null;
}

export const NO_PREVIOUS = '0'.repeat(64);
/** A clock may be put right by this much without a word; more is an event of its own. */
const CLOCK_STEP_ALARM_MS = 60_000;

/**
 * Appends one signed event to the log; must run inside the transaction of the change it records.
 *
 * The order of events is that of `seq`, not of their times. A clock that went back by more than a minute
 * gets an event `clock.anomaly` of its own before it. The rows that were touched since the last event are
 * bound to this one (ADR-0010): their digests are stored, and the event carries the hash of them all.
 *
 * @returns size and root of the log after it. Cost: O(log n), and O(bytes of the touched rows)
 * @throws Error outside a transaction, or when the connection does not note the rows it touches
 */
export function appendEvent(db: Db, source: EventSource, event: NewEvent): LogHead {
  if (!db.inTransaction)
    throw new Error('an audit event belongs into the transaction of its change');
  const nowMs = source.nowMs();
  let last = lastEvent(db);
  const stepBackMs = last.atUtc === null ? 0 : Date.parse(last.atUtc) - nowMs;
  if (stepBackMs > CLOCK_STEP_ALARM_MS) {
    const detail = { before: { atUtc: last.atUtc }, after: { atUtc: utc(nowMs), stepBackMs } };
    const anomaly = { action: 'clock.anomaly', subject: source.workspaceId, detail };
    appendAt(db, source, { ...anomaly, recordsSha256: null }, last, nowMs);
    last = lastEvent(db);
  }
  const digests = digestTouchedRows(db);
  const recorded = { ...event, recordsSha256: recordsSha256(digests) };
  const head = appendAt(db, source, recorded, last, nowMs);
  storeDigests(db, head.size, digests);
  return head;
}

/** Size and root of the log as it stands. */
export function currentHead(db: Db): LogHead {
  return headOf(readFrontier(db));
}

export function readFrontier(db: Db): Frontier {
  const text = preparedStatement<[], string>(db, 'SELECT frontier FROM audit_frontier')
    .pluck()
    .get();
  return parseFrontier(text ?? '');
}

export function headOf(frontier: Frontier): LogHead {
  return { size: frontier.size, rootSha256: toHex(frontierRoot(frontier)) };
}

/** Time of the last event; null for an empty log. */
export function lastEventTime(db: Db): string | null {
  return lastEvent(db).atUtc;
}

/** True when the clock stands before the last event of the log. */
export function isClockBehind(db: Db, nowMs: number): boolean {
  const { atUtc } = lastEvent(db);
  return atUtc !== null && Date.parse(atUtc) > nowMs;
}

function appendAt(
  db: Db,
  source: EventSource,
  event: RecordedEvent,
  last: LastEvent,
  nowMs: number,
): LogHead {
  const body = eventBody(source, event, last, nowMs);
  const bytes = Buffer.from(canonicalJson(body), 'utf8');
  const leaf = leafHash(bytes);
  const isClockAnomaly = last.atUtc !== null && body.atUtc < last.atUtc;
  preparedStatement(
    db,
    `INSERT INTO audit_event
       (seq, body, sig, leaf_hash, key_id, at_utc, actor_id, action, subject, is_clock_anomaly)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    body.seq,
    bytes,
    source.signer.signBytes(bytes),
    leaf,
    body.keyId,
    body.atUtc,
    body.actorId,
    body.action,
    body.subject,
    isClockAnomaly ? 1 : 0,
  );
  const frontier = appendLeaf(readFrontier(db), leaf);
  if (frontier.size !== body.seq) throw new Error('the frontier does not fit the log');
  preparedStatement(db, 'UPDATE audit_frontier SET frontier = ?').run(formatFrontier(frontier));
  return headOf(frontier);
}

function eventBody(
  { workspaceId, actor, signer, bootId }: EventSource,
  { action, subject, detail, recordsSha256 }: RecordedEvent,
  last: LastEvent,
  nowMs: number,
): AuditEventBody {
  return AuditEventBody.parse({
    seq: last.seq + 1,
    prev: last.leafHash,
    workspaceId,
    atUtc: utc(nowMs),
    utcOffsetMinutes: utcOffsetMinutes(nowMs),
    monotonicMs: Number(process.hrtime.bigint() / 1_000_000n),
    bootId,
    actorId: actor.id,
    actorName: actor.printedName,
    actorRoles: actor.roles,
    keyId: signer.keyId,
    action,
    subject,
    before: detail.before ?? null,
    after: detail.after ?? null,
    reason: detail.reason ?? null,
    ...(recordsSha256 === null ? {} : { recordsSha256 }),
  });
}

/** Offset of the machine's zone from UTC, east positive. */
export function utcOffsetMinutes(nowMs: number): number {
  // Adding 0 turns -0, which has no place in canonical JSON, into 0.
  return -new Date(nowMs).getTimezoneOffset() + 0;
}

function utc(nowMs: number): string {
  return new Date(nowMs).toISOString();
}

function lastEvent(db: Db): LastEvent {
  const row = preparedStatement<[], { seq: number; leaf_hash: Buffer; at_utc: string }>(
    db,
    'SELECT seq, leaf_hash, at_utc FROM audit_event ORDER BY seq DESC LIMIT 1',
  ).get();
  if (row === undefined) return { seq: 0, leafHash: NO_PREVIOUS, atUtc: null };
  return { seq: row.seq, leafHash: toHex(row.leaf_hash), atUtc: row.at_utc };
}
