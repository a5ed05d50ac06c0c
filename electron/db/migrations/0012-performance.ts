import type { Migration } from '../migrate';

/** Adds prediction logs, outcome files and what they measure: aggregates and keyed hashes, never rows. */
export const performance: Migration = {
  version: 12,
  name: 'performance',
  up(db) {
    db.exec(`
      CREATE TABLE join_key (                           -- hashes the identifiers of a model's logs
        model_id TEXT PRIMARY KEY REFERENCES model (id),
        key      BLOB NOT NULL CHECK (length(key) = 16)
      ) STRICT;

      CREATE TABLE performance_setting (
        model_id   TEXT NOT NULL REFERENCES model (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),
        policy     TEXT NOT NULL,                       -- JSON: what is kept of later files
        reason     TEXT NOT NULL CHECK (length(reason) > 0),
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL,
        PRIMARY KEY (model_id, revision)
      ) STRICT;

      CREATE TABLE performance_policy (
        model_id   TEXT NOT NULL REFERENCES model (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),
        policy     TEXT NOT NULL,                       -- JSON: the rules
        reason     TEXT NOT NULL CHECK (length(reason) > 0),
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL,
        PRIMARY KEY (model_id, revision)
      ) STRICT;

      CREATE TABLE prediction_log (
        id              TEXT PRIMARY KEY,
        model_id        TEXT NOT NULL REFERENCES model (id),
        version_id      TEXT NOT NULL REFERENCES model_version (id),
        file_sha256     TEXT NOT NULL CHECK (length(file_sha256) = 64),
        is_baseline     INTEGER NOT NULL CHECK (is_baseline IN (0, 1)),
        imported_at_utc TEXT NOT NULL,
        log             TEXT NOT NULL,                  -- JSON: everything else that never changes
        join_blob       BLOB,                           -- hashes, scores and classes; NULL: not kept
        dropped_at_utc  TEXT,                           -- when what was kept was dropped
        UNIQUE (version_id, file_sha256),
        CHECK (join_blob IS NULL OR dropped_at_utc IS NULL)
      ) STRICT;
      CREATE INDEX prediction_log_model ON prediction_log (model_id, imported_at_utc);

      CREATE TABLE outcome_file (
        id              TEXT PRIMARY KEY,
        model_id        TEXT NOT NULL REFERENCES model (id),
        imported_at_utc TEXT NOT NULL,
        outcome         TEXT NOT NULL,                  -- JSON: everything else that never changes
        matched         BLOB NOT NULL,                  -- one byte a row: 1 when it met a prediction
        join_blob       BLOB,                           -- hashes and outcomes; NULL: not kept
        dropped_at_utc  TEXT,
        CHECK (join_blob IS NULL OR dropped_at_utc IS NULL)
      ) STRICT;
      CREATE INDEX outcome_file_model ON outcome_file (model_id, imported_at_utc);

      CREATE TABLE performance_report (
        id              TEXT PRIMARY KEY,
        log_id          TEXT NOT NULL REFERENCES prediction_log (id),
        computed_at_utc TEXT NOT NULL,
        ordinal         INTEGER NOT NULL CHECK (ordinal > 0),
        head            TEXT NOT NULL,                  -- JSON: what lists and charts show
        detail          TEXT NOT NULL,                  -- JSON: segments and curves
        UNIQUE (log_id, ordinal)
      ) STRICT;

      CREATE TRIGGER join_key_is_immutable BEFORE UPDATE ON join_key
        BEGIN SELECT RAISE(ABORT, 'a key for joining never changes'); END;
      CREATE TRIGGER performance_setting_is_immutable BEFORE UPDATE ON performance_setting
        BEGIN SELECT RAISE(ABORT, 'a revision of settings never changes'); END;
      CREATE TRIGGER performance_policy_is_immutable BEFORE UPDATE ON performance_policy
        BEGIN SELECT RAISE(ABORT, 'a revision of a policy never changes'); END;
      CREATE TRIGGER performance_report_is_immutable BEFORE UPDATE ON performance_report
        BEGIN SELECT RAISE(ABORT, 'a performance report is immutable'); END;
      CREATE TRIGGER prediction_log_is_only_dropped BEFORE UPDATE ON prediction_log
      WHEN NEW.join_blob IS NOT NULL OR OLD.join_blob IS NULL OR NEW.dropped_at_utc IS NULL
        OR NEW.model_id IS NOT OLD.model_id OR NEW.version_id IS NOT OLD.version_id
        OR NEW.file_sha256 IS NOT OLD.file_sha256 OR NEW.is_baseline IS NOT OLD.is_baseline
        OR NEW.imported_at_utc IS NOT OLD.imported_at_utc OR NEW.log IS NOT OLD.log
        BEGIN SELECT RAISE(ABORT, 'of a prediction log only what is kept for joining is dropped'); END;
      CREATE TRIGGER outcome_file_is_kept_as_it_came BEFORE UPDATE ON outcome_file
      WHEN (NEW.join_blob IS NOT NULL AND NEW.join_blob IS NOT OLD.join_blob)
        OR NEW.model_id IS NOT OLD.model_id OR NEW.imported_at_utc IS NOT OLD.imported_at_utc
        OR NEW.outcome IS NOT OLD.outcome OR length(NEW.matched) <> length(OLD.matched)
        OR (NEW.join_blob IS NULL) IS NOT (OLD.join_blob IS NULL) AND NEW.dropped_at_utc IS NULL
        BEGIN SELECT RAISE(ABORT, 'of an outcome file only what was matched changes'); END;
    `);
  },
};
