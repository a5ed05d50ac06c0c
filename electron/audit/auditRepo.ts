import { setImmediate } from 'node:timers/promises';
import { AuditEvent } from '../../shared/audit/auditEvent';
import type { EventPage } from '../../shared/audit/channels';
import type { Db } from '../db/openDatabase';
import { toHex } from './merkleTree';
import type { Hash } from './merkleTree';

/** An event as it lies in the log: what a package carries. */
export interface StoredEvent {
  readonly seq: number;
  /** Canonical JSON of the event: the leaf of the log. */
  readonly body: Uint8Array;
  readonly sig: Uint8Array;
  readonly keyId: string;
  readonly event: AuditEvent;
}

interface Row {
  readonly seq: number;
  readonly body: Buffer;
  readonly sig: Buffer;
  readonly leaf_hash: Buffer;
  readonly key_id: string;
  readonly is_clock_anomaly: number;
}

interface EventQuery {
  readonly offset: number;
  readonly limit: number;
  /** Letters that must occur in action, record, person, values or reason; null for all. */
  readonly text: string | null;
}

const COLUMNS = 'seq, body, sig, leaf_hash, key_id, is_clock_anomaly';
const CHUNK = 1000;

function fromRow(row: Row): StoredEvent {
  const body: unknown = JSON.parse(row.body.toString('utf8'));
  const event = AuditEvent.parse({
    ...(body as object), // parse() checks it
    leafHash: toHex(row.leaf_hash),
    isClockAnomaly: row.is_clock_anomaly === 1,
  });
  return { seq: row.seq, body: row.body, sig: row.sig, keyId: row.key_id, event };
}

/**
 * One page of the log, newest first.
 *
 * @returns the page, and how many events match in all. Cost: O(page) without a text; with one, the whole
 *   log is read, and other calls run in between
 */
export async function listEvents(db: Db, { offset, limit, text }: EventQuery): Promise<EventPage> {
  const needle = text?.trim().toLowerCase() ?? '';
  if (needle !== '') return searchEvents(db, needle, offset, limit);
  const rows = db
    .prepare<[number, number], Row>(
      `SELECT ${COLUMNS} FROM audit_event ORDER BY seq DESC LIMIT ? OFFSET ?`,
    )
    .all(limit, offset);
  return { events: rows.map((row) => fromRow(row).event), nTotal: countEvents(db) };
}

export function countEvents(db: Db): number {
  return Number(db.prepare('SELECT count(*) FROM audit_event').pluck().get());
}

/** Every event in order of seq, a page at a time, so that writing in between is allowed. */
export function* allEvents(db: Db): Generator<StoredEvent> {
  yield* eventsBetween(db, null, null);
}

/**
 * Events whose time lies in a period, in order of seq.
 *
 * @param fromUtc first instant, included; null for no limit
 * @param untilUtc first instant after the period; null for no limit
 */
export function* eventsBetween(
  db: Db,
  fromUtc: string | null,
  untilUtc: string | null,
): Generator<StoredEvent> {
  const page = db.prepare<[number, string, string, number], Row>(
    `SELECT ${COLUMNS} FROM audit_event
     WHERE seq > ? AND at_utc >= ? AND at_utc < ? ORDER BY seq LIMIT ?`,
  );
  let afterSeq = 0;
  for (;;) {
    const rows = page.all(afterSeq, fromUtc ?? '', untilUtc ?? '~', CHUNK);
    for (const row of rows) yield fromRow(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK) return;
    afterSeq = last.seq;
  }
}

/** Events about any of the given records, in order of seq. Cost: O(found), by index. */
export function eventsAbout(db: Db, subjects: ReadonlySet<string>): StoredEvent[] {
  const query = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM audit_event WHERE subject = ?`);
  return [...subjects]
    .flatMap((subject) => query.all(subject).map(fromRow))
    .sort((a, b) => a.seq - b.seq);
}

/** Events of one action, oldest first. */
export function eventsOf(db: Db, action: string): AuditEvent[] {
  return storedEventsOf(db, action).map(({ event }) => event);
}

/** As {@link eventsOf}, with the bytes that were signed. */
export function storedEventsOf(db: Db, action: string): StoredEvent[] {
  return db
    .prepare<[string], Row>(`SELECT ${COLUMNS} FROM audit_event WHERE action = ? ORDER BY seq`)
    .all(action)
    .map(fromRow);
}

/** The newest event of one action about one record, or null. */
export function lastEventAbout(db: Db, action: string, subject: string): AuditEvent | null {
  const row = db
    .prepare<[string, string], Row>(
      `SELECT ${COLUMNS} FROM audit_event WHERE subject = ? AND action = ?
       ORDER BY seq DESC LIMIT 1`,
    )
    .get(subject, action);
  return row === undefined ? null : fromRow(row).event;
}

/** Leaf hashes of the whole log in order of seq: what `buildTree` takes. Cost: O(n). */
export function leafHashes(db: Db): Hash[] {
  return db.prepare<[], Buffer>('SELECT leaf_hash FROM audit_event ORDER BY seq').pluck().all();
}

async function searchEvents(
  db: Db,
  needle: string,
  offset: number,
  limit: number,
): Promise<EventPage> {
  const page = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM audit_event WHERE seq < ? ORDER BY seq DESC LIMIT ${CHUNK}`,
  );
  const events: AuditEvent[] = [];
  let nTotal = 0;
  let beforeSeq = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const found = page.all(beforeSeq);
    const matching = found
      .map((row) => fromRow(row).event)
      .filter((event) => matches(event, needle));
    const start = Math.max(0, offset - nTotal);
    events.push(...matching.slice(start, start + limit - events.length));
    nTotal += matching.length;
    beforeSeq = found.at(-1)?.seq ?? 0;
    if (found.length < CHUNK) return { events, nTotal };
    await setImmediate();
  }
}

function matches(event: AuditEvent, needle: string): boolean {
  const { action, subject, actorName, before, after, reason } = event;
  const values = [before, after].map((value) => (value === null ? '' : JSON.stringify(value)));
  return [action, subject, actorName, reason ?? '', ...values].some((text) =>
    text.toLowerCase().includes(needle),
  );
}
