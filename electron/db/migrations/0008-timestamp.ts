import type { Migration } from '../migrate';

/** Adds RFC 3161 timestamps of the log's checkpoints: what was asked, and what an authority answered. */
export const timestamp: Migration = {
  version: 8,
  name: 'timestamp',
  up(db) {
    db.exec(`
      CREATE TABLE timestamp_request (
        id                TEXT PRIMARY KEY,
        checkpoint        TEXT NOT NULL,             -- the signed note whose bytes are stamped
        checkpoint_sha256 TEXT NOT NULL CHECK (length(checkpoint_sha256) = 64),
        log_size          INTEGER NOT NULL CHECK (log_size > 0),
        request           BLOB NOT NULL,             -- DER, TimeStampReq
        requested_at_utc  TEXT NOT NULL,
        requested_by      TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE TABLE timestamp_response (
        request_id      TEXT PRIMARY KEY REFERENCES timestamp_request (id),
        response        BLOB NOT NULL,               -- DER, TimeStampResp
        stamped_at_utc  TEXT NOT NULL,               -- genTime of the authority
        authority       TEXT NOT NULL,               -- subject of the certificate that signed it
        serial_hex      TEXT NOT NULL,
        imported_at_utc TEXT NOT NULL,
        imported_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;

      CREATE TRIGGER timestamp_request_is_immutable BEFORE UPDATE ON timestamp_request
        BEGIN SELECT RAISE(ABORT, 'a timestamp request never changes'); END;
      CREATE TRIGGER timestamp_request_is_kept BEFORE DELETE ON timestamp_request
        BEGIN SELECT RAISE(ABORT, 'a timestamp request is never deleted'); END;
      CREATE TRIGGER timestamp_response_is_immutable BEFORE UPDATE ON timestamp_response
        BEGIN SELECT RAISE(ABORT, 'a timestamp response never changes'); END;
      CREATE TRIGGER timestamp_response_is_kept BEFORE DELETE ON timestamp_response
        BEGIN SELECT RAISE(ABORT, 'a timestamp response is never deleted'); END;
    `);
  },
};
