import type { TimestampRequestId } from '../../shared/base/ids';
import { Timestamp } from '../../shared/audit/timestampChannels';
import type { Db } from '../db/openDatabase';

interface TimestampRow {
  readonly id: string;
  readonly log_size: number;
  readonly checkpoint_sha256: string;
  readonly requested_at_utc: string;
  readonly requested_by_name: string;
  readonly stamped_at_utc: string | null;
  readonly authority: string | null;
  readonly serial_hex: string | null;
  readonly imported_at_utc: string | null;
  readonly imported_by_name: string | null;
}

function fromRow(row: TimestampRow): Timestamp {
  const stamp = {
    stampedAtUtc: row.stamped_at_utc,
    authority: row.authority,
    serialHex: row.serial_hex,
    importedAtUtc: row.imported_at_utc,
    importedBy: row.imported_by_name,
  };
  return Timestamp.parse({
    id: row.id,
    logSize: row.log_size,
    checkpointSha256: row.checkpoint_sha256,
    requestedAtUtc: row.requested_at_utc,
    requestedBy: row.requested_by_name,
    stamp: row.stamped_at_utc === null ? null : stamp,
  });
}

const SELECT_TIMESTAMP = `
  SELECT q.id, q.log_size, q.checkpoint_sha256, q.requested_at_utc,
         asker.printed_name AS requested_by_name, r.stamped_at_utc, r.authority, r.serial_hex,
         r.imported_at_utc, importer.printed_name AS imported_by_name
  FROM timestamp_request q
  JOIN person asker ON asker.id = q.requested_by
  LEFT JOIN timestamp_response r ON r.request_id = q.id
  LEFT JOIN person importer ON importer.id = r.imported_by`;

/** Newest first: each request is an event itself, so no two cover the same number of events. */
export function findTimestamps(db: Db): Timestamp[] {
  return db
    .prepare<[], TimestampRow>(`${SELECT_TIMESTAMP} ORDER BY q.log_size DESC`)
    .all()
    .map(fromRow);
}

export function findTimestamp(db: Db, id: TimestampRequestId): Timestamp | null {
  const row = db.prepare<[string], TimestampRow>(`${SELECT_TIMESTAMP} WHERE q.id = ?`).get(id);
  return row === undefined ? null : fromRow(row);
}

/** A request as it was made. */
export interface StoredRequest {
  readonly id: TimestampRequestId;
  /** The signed note whose bytes get stamped. */
  readonly checkpoint: string;
  readonly checkpointSha256: string;
  readonly logSize: number;
  /** DER of the TimeStampReq. */
  readonly request: Uint8Array;
  readonly requestedAtUtc: string;
  readonly requestedBy: string;
}

export function insertRequest(db: Db, request: StoredRequest): void {
  db.prepare(
    `INSERT INTO timestamp_request
       (id, checkpoint, checkpoint_sha256, log_size, request, requested_at_utc, requested_by)
     VALUES (@id, @checkpoint, @checkpointSha256, @logSize, @request, @requestedAtUtc, @requestedBy)`,
  ).run(request);
}

/** The requests for a stamp on these bytes: one, unless a log was cut and went on from the same head. */
export function requestsFor(
  db: Db,
  checkpointSha256: string,
): Pick<StoredRequest, 'id' | 'request'>[] {
  return db
    .prepare<[string], Pick<StoredRequest, 'id' | 'request'>>(
      'SELECT id, request FROM timestamp_request WHERE checkpoint_sha256 = ?',
    )
    .all(checkpointSha256);
}

export interface StoredResponse {
  readonly requestId: TimestampRequestId;
  /** DER of the TimeStampResp, exactly as it came. */
  readonly response: Uint8Array;
  readonly stampedAtUtc: string;
  readonly authority: string;
  readonly serialHex: string;
  readonly importedAtUtc: string;
  readonly importedBy: string;
}

export function insertResponse(db: Db, response: StoredResponse): void {
  db.prepare(
    `INSERT INTO timestamp_response
       (request_id, response, stamped_at_utc, authority, serial_hex, imported_at_utc, imported_by)
     VALUES (@requestId, @response, @stampedAtUtc, @authority, @serialHex, @importedAtUtc, @importedBy)`,
  ).run(response);
}

/** A stamped checkpoint with what proves it: these two travel together. */
export interface StampedCheckpoint {
  readonly id: TimestampRequestId;
  readonly logSize: number;
  readonly checkpoint: string;
  readonly response: Uint8Array;
  readonly stampedAtUtc: string;
  readonly authority: string;
}

/** Every stamped checkpoint, oldest first. */
export function findStampedCheckpoints(db: Db): StampedCheckpoint[] {
  return db
    .prepare<[], StampedCheckpoint>(
      `SELECT q.id, q.log_size AS logSize, q.checkpoint, r.response,
              r.stamped_at_utc AS stampedAtUtc, r.authority
       FROM timestamp_request q JOIN timestamp_response r ON r.request_id = q.id
       ORDER BY q.log_size`,
    )
    .all();
}
