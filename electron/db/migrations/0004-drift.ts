import type { Migration } from '../migrate';

/** Adds reference profiles, drift policies (as revisions) and drift reports: aggregates, never rows. */
export const drift: Migration = {
  version: 4,
  name: 'drift',
  up(db) {
    db.exec(`
      CREATE TABLE reference_profile (
        id              TEXT PRIMARY KEY,
        version_id      TEXT NOT NULL UNIQUE REFERENCES model_version (id),
        file_name       TEXT NOT NULL,
        file_sha256     TEXT NOT NULL CHECK (length(file_sha256) = 64),
        file_size_bytes INTEGER NOT NULL,
        n_rows          INTEGER NOT NULL CHECK (n_rows > 0),
        columns         TEXT NOT NULL,               -- JSON: name, kind, role of every column
        frozen_at_utc   TEXT NOT NULL
      ) STRICT;

      CREATE TABLE reference_column (
        reference_id      TEXT NOT NULL REFERENCES reference_profile (id),
        position          INTEGER NOT NULL,
        facts             TEXT NOT NULL,             -- JSON: counts, mean, sd, labels
        value_blob        BLOB,                      -- float64, little endian; numeric columns
        count_blob        BLOB NOT NULL,             -- float64: cumulative counts, or counts per label
        PRIMARY KEY (reference_id, position)
      ) STRICT;

      CREATE TABLE drift_policy (
        model_id   TEXT NOT NULL REFERENCES model (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),
        policy     TEXT NOT NULL,                    -- JSON
        reason     TEXT NOT NULL CHECK (length(reason) > 0),
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL,
        PRIMARY KEY (model_id, revision)
      ) STRICT;

      CREATE TABLE drift_report (
        id              TEXT PRIMARY KEY,
        model_id        TEXT NOT NULL REFERENCES model (id),
        version_id      TEXT NOT NULL REFERENCES model_version (id),
        reference_id    TEXT NOT NULL REFERENCES reference_profile (id),
        label           TEXT NOT NULL,
        computed_at_utc TEXT NOT NULL,
        head            TEXT NOT NULL,               -- JSON: what lists and the history show
        report          TEXT NOT NULL                -- JSON: everything but the features
      ) STRICT;
      CREATE INDEX drift_report_by_model ON drift_report (model_id, computed_at_utc);

      CREATE TABLE drift_feature (
        report_id TEXT NOT NULL REFERENCES drift_report (id),
        position  INTEGER NOT NULL,
        name      TEXT NOT NULL,
        feature   TEXT NOT NULL,                     -- JSON: statistics, verdict, picture
        detail    TEXT NOT NULL,                     -- JSON: curves and quantiles
        PRIMARY KEY (report_id, position),
        UNIQUE (report_id, name)
      ) STRICT;

      CREATE TRIGGER drift_report_is_immutable BEFORE UPDATE ON drift_report
        BEGIN SELECT RAISE(ABORT, 'a drift report is immutable'); END;
      CREATE TRIGGER reference_profile_is_immutable BEFORE UPDATE ON reference_profile
        BEGIN SELECT RAISE(ABORT, 'a reference profile is frozen'); END;
    `);
  },
};
