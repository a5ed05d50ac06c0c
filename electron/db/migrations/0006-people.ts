import type { Migration } from '../migrate';

/** Lets several people share a workspace: who they are, how their keys came and went, their training. */
export const people: Migration = {
  version: 6,
  name: 'people',
  up(db) {
    db.exec(`
      ALTER TABLE workspace ADD COLUMN is_key_change_due INTEGER NOT NULL DEFAULT 0
        CHECK (is_key_change_due IN (0, 1));       -- 1: somebody left who knew the workspace key

      ALTER TABLE person ADD COLUMN identity_check TEXT NOT NULL DEFAULT '';  -- how it was established
      ALTER TABLE person ADD COLUMN slot_sha256 TEXT; -- of the key slot last recorded; NULL: not yet
      ALTER TABLE person ADD COLUMN access_origin TEXT NOT NULL DEFAULT 'created'
        CHECK (access_origin IN ('created', 'invited', 'reset', 'recovered'));
      ALTER TABLE person ADD COLUMN access_by TEXT REFERENCES person (id); -- who invited or reset them
      CREATE UNIQUE INDEX person_name ON person (printed_name COLLATE NOCASE); -- never reused

      ALTER TABLE person_key ADD COLUMN origin TEXT NOT NULL DEFAULT 'created'
        CHECK (origin IN ('created', 'invited', 'reset', 'recovered'));
      ALTER TABLE person_key ADD COLUMN authorised_by TEXT REFERENCES person (id);
      ALTER TABLE person_key ADD COLUMN retired_reason TEXT
        CHECK (retired_reason IN ('reset', 'recovered', 'deactivated', 'replaced'));

      CREATE TABLE training_note (
        id              TEXT PRIMARY KEY,
        person_id       TEXT NOT NULL REFERENCES person (id),
        topic           TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 500),
        trained_on      TEXT NOT NULL,               -- calendar day
        recorded_by     TEXT NOT NULL REFERENCES person (id),
        recorded_at_utc TEXT NOT NULL
      ) STRICT;
      CREATE INDEX training_note_person ON training_note (person_id);

      CREATE TABLE recovery_kit (
        id             TEXT PRIMARY KEY,             -- printed on the kit; never the code
        made_by        TEXT NOT NULL REFERENCES person (id),
        made_at_utc    TEXT NOT NULL,
        slot_sha256    TEXT NOT NULL CHECK (length(slot_sha256) = 64),
        ended_at_utc   TEXT,                         -- used, or replaced by a newer one
        ended_by       TEXT REFERENCES person (id),
        was_used       INTEGER NOT NULL DEFAULT 0 CHECK (was_used IN (0, 1))
      ) STRICT;
      CREATE UNIQUE INDEX recovery_kit_valid ON recovery_kit ((1)) WHERE ended_at_utc IS NULL;

      CREATE TRIGGER training_note_is_immutable BEFORE UPDATE ON training_note
        BEGIN SELECT RAISE(ABORT, 'a training note never changes'); END;
      CREATE TRIGGER training_note_is_kept BEFORE DELETE ON training_note
        BEGIN SELECT RAISE(ABORT, 'a training note is never deleted'); END;
      CREATE TRIGGER recovery_kit_is_kept BEFORE DELETE ON recovery_kit
        BEGIN SELECT RAISE(ABORT, 'a recovery kit is ended, never deleted'); END;
    `);
  },
};
