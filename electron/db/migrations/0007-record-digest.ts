import type { Migration } from '../migrate';

/** Binds every record to the log: which row had which digest after which event. */
export const recordDigest: Migration = {
  version: 7,
  name: 'record-digest',
  up(db) {
    db.exec(`
      CREATE TABLE record_digest (
        table_name TEXT NOT NULL,
        row_key    TEXT NOT NULL,                    -- JSON array of the primary key
        seq        INTEGER NOT NULL REFERENCES audit_event (seq),
        sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
        PRIMARY KEY (table_name, row_key, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX record_digest_seq ON record_digest (seq);

      CREATE TRIGGER record_digest_is_immutable BEFORE UPDATE ON record_digest
        BEGIN SELECT RAISE(ABORT, 'a record digest never changes'); END;
      CREATE TRIGGER record_digest_is_kept BEFORE DELETE ON record_digest
        BEGIN SELECT RAISE(ABORT, 'a record digest is never deleted'); END;
    `);
  },
};
