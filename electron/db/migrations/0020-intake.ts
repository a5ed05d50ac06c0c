import type { Migration } from '../migrate';

/**
 * Adds the watched folder: what was chosen, and one row for every sidecar that was taken.
 *
 * A row of an imported file is written in the transaction of the import itself, so that after a crash its
 * presence says whether the import happened.
 */
export const intake: Migration = {
  version: 20,
  name: 'intake',
  up(db) {
    db.exec(`
      CREATE TABLE intake_setting (
        revision   INTEGER PRIMARY KEY CHECK (revision >= 1),
        folder     TEXT CHECK (length(folder) BETWEEN 1 AND 4096),
        is_on      INTEGER NOT NULL CHECK (is_on IN (0, 1) AND (is_on = 0 OR folder IS NOT NULL)),
        reason     TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE TRIGGER intake_setting_stays BEFORE DELETE ON intake_setting
        BEGIN SELECT raise(ABORT, 'intake_setting rows are never deleted'); END;
      CREATE TRIGGER intake_setting_is_fixed BEFORE UPDATE ON intake_setting
        BEGIN SELECT raise(ABORT, 'intake_setting rows never change'); END;

      CREATE TABLE intake_file (
        id             TEXT PRIMARY KEY,
        ordinal        INTEGER NOT NULL UNIQUE CHECK (ordinal >= 1),
        sidecar_name   TEXT NOT NULL CHECK (length(sidecar_name) BETWEEN 1 AND 1024),
        sidecar_sha256 TEXT CHECK (length(sidecar_sha256) = 64),
        content_sha256 TEXT CHECK (length(content_sha256) = 64), -- over the hashes of sidecar and files
        outcome        TEXT NOT NULL CHECK (outcome IN ('imported', 'repeated', 'failed')),
        taken_at_utc   TEXT NOT NULL,
        taken_by       TEXT NOT NULL REFERENCES person (id),
        record         TEXT NOT NULL CHECK (json_valid(record)),
        CHECK (outcome = 'failed' OR content_sha256 IS NOT NULL)
      ) STRICT;
      CREATE UNIQUE INDEX intake_file_imported_once ON intake_file (content_sha256)
        WHERE outcome = 'imported';
      CREATE INDEX intake_file_by_sidecar ON intake_file (sidecar_sha256) WHERE outcome = 'imported';
      CREATE INDEX intake_file_by_outcome ON intake_file (outcome, ordinal);
      CREATE TRIGGER intake_file_stays BEFORE DELETE ON intake_file
        BEGIN SELECT raise(ABORT, 'intake_file rows are never deleted'); END;
      CREATE TRIGGER intake_file_is_fixed BEFORE UPDATE ON intake_file
        BEGIN SELECT raise(ABORT, 'intake_file rows never change'); END;
    `);
  },
};
