import type { Migration } from '../migrate';

/** Workspace, people, their keys, and what they signed. Nothing here is ever deleted. */
export const vault: Migration = {
  version: 1,
  name: 'vault',
  up(db) {
    db.exec(`
      CREATE TABLE workspace (
        one            INTEGER PRIMARY KEY CHECK (one = 1),
        id             TEXT NOT NULL,
        name           TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
        is_sample      INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
        created_at_utc TEXT NOT NULL
      ) STRICT;

      CREATE TABLE person (
        id                 TEXT PRIMARY KEY,
        printed_name       TEXT NOT NULL CHECK (length(printed_name) BETWEEN 1 AND 120),
        roles              TEXT NOT NULL CHECK (json_type(roles) = 'array'),
        created_at_utc     TEXT NOT NULL,
        deactivated_at_utc TEXT,
        revision           INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE person_key (
        key_id         TEXT PRIMARY KEY CHECK (length(key_id) = 64),  -- SHA-256 of the SPKI DER
        person_id      TEXT NOT NULL REFERENCES person (id),
        purpose        TEXT NOT NULL CHECK (purpose IN ('sign', 'log')),
        public_key_pem TEXT NOT NULL,
        nonce          BLOB NOT NULL CHECK (length(nonce) = 12),
        wrapped_key    BLOB NOT NULL,
        created_at_utc TEXT NOT NULL,
        retired_at_utc TEXT
      ) STRICT;
      CREATE UNIQUE INDEX person_key_active ON person_key (person_id, purpose)
        WHERE retired_at_utc IS NULL;

      CREATE TABLE signature (
        id                 TEXT PRIMARY KEY,
        record_type        TEXT NOT NULL,
        record_id          TEXT NOT NULL,
        record_sha256      TEXT NOT NULL CHECK (length(record_sha256) = 64),
        person_id          TEXT NOT NULL REFERENCES person (id),
        printed_name       TEXT NOT NULL,
        meaning            TEXT NOT NULL CHECK
          (meaning IN ('authorship', 'review', 'approval', 'responsibility', 'rejection')),
        reason             TEXT NOT NULL,
        signed_at_utc      TEXT NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        key_id             TEXT NOT NULL REFERENCES person_key (key_id),
        statement          BLOB NOT NULL,  -- canonical JSON: exactly what was signed
        signature          BLOB NOT NULL CHECK (length(signature) = 64)
      ) STRICT;
      CREATE INDEX signature_record ON signature (record_type, record_id);

      CREATE TRIGGER workspace_no_delete BEFORE DELETE ON workspace
        BEGIN SELECT RAISE(ABORT, 'the workspace record is never deleted'); END;
      CREATE TRIGGER person_no_delete BEFORE DELETE ON person
        BEGIN SELECT RAISE(ABORT, 'people are deactivated, never deleted'); END;
      CREATE TRIGGER person_key_no_delete BEFORE DELETE ON person_key
        BEGIN SELECT RAISE(ABORT, 'keys are retired, never deleted'); END;
      CREATE TRIGGER person_key_public_part BEFORE UPDATE OF key_id, person_id, purpose, public_key_pem
        ON person_key
        BEGIN SELECT RAISE(ABORT, 'the public part of a key never changes'); END;
      CREATE TRIGGER signature_no_update BEFORE UPDATE ON signature
        BEGIN SELECT RAISE(ABORT, 'signatures never change'); END;
      CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature
        BEGIN SELECT RAISE(ABORT, 'signatures are never deleted'); END;
    `);
  },
};
