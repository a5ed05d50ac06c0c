import type { Migration } from '../migrate';

/** Adds canaries: plans with their revisions, looks as aggregates, and verdicts that never change. */
export const canary: Migration = {
  version: 13,
  name: 'canary',
  up(db) {
    db.exec(`
      CREATE TABLE canary (
        id                   TEXT PRIMARY KEY,
        model_id             TEXT NOT NULL REFERENCES model (id),
        candidate_version_id TEXT NOT NULL REFERENCES model_version (id),
        control_version_id   TEXT NOT NULL REFERENCES model_version (id),
        created_at_utc       TEXT NOT NULL,
        created_by           TEXT NOT NULL REFERENCES person (id),
        CHECK (candidate_version_id <> control_version_id)
      ) STRICT;
      CREATE INDEX canary_model ON canary (model_id, created_at_utc);
      CREATE INDEX canary_candidate ON canary (candidate_version_id);

      CREATE TABLE canary_plan (
        canary_id      TEXT NOT NULL REFERENCES canary (id),
        revision       INTEGER NOT NULL CHECK (revision > 0),
        plan           TEXT NOT NULL CHECK (json_type(plan) = 'object'),
        reason         TEXT NOT NULL CHECK (length(reason) > 0),
        n_looks_before INTEGER NOT NULL CHECK (n_looks_before >= 0),
        set_at_utc     TEXT NOT NULL,
        set_by         TEXT NOT NULL REFERENCES person (id),
        PRIMARY KEY (canary_id, revision)
      ) STRICT;

      CREATE TABLE canary_look (
        canary_id       TEXT NOT NULL REFERENCES canary (id),
        ordinal         INTEGER NOT NULL CHECK (ordinal > 0),
        evidence        TEXT NOT NULL CHECK (json_type(evidence) = 'object'),  -- aggregates, never rows
        imported_at_utc TEXT NOT NULL,
        imported_by     TEXT NOT NULL REFERENCES person (id),
        PRIMARY KEY (canary_id, ordinal)
      ) STRICT;

      CREATE TABLE canary_verdict (
        id               TEXT PRIMARY KEY,
        canary_id        TEXT NOT NULL REFERENCES canary (id),
        ordinal          INTEGER NOT NULL CHECK (ordinal > 0),
        plan_revision    INTEGER NOT NULL,
        n_looks          INTEGER NOT NULL CHECK (n_looks > 0),
        verdict          TEXT NOT NULL CHECK (verdict IN ('promote', 'hold', 'rollBack')),
        judgement        TEXT NOT NULL CHECK (json_type(judgement) = 'object'),  -- canonical JSON
        judgement_sha256 TEXT NOT NULL CHECK (length(judgement_sha256) = 64),
        judged_at_utc    TEXT NOT NULL,
        judged_by        TEXT NOT NULL REFERENCES person (id),
        UNIQUE (canary_id, ordinal),
        FOREIGN KEY (canary_id, plan_revision) REFERENCES canary_plan (canary_id, revision)
      ) STRICT;

      CREATE TRIGGER canary_is_immutable BEFORE UPDATE ON canary
        BEGIN SELECT RAISE(ABORT, 'a canary never changes'); END;
      CREATE TRIGGER canary_is_kept BEFORE DELETE ON canary
        BEGIN SELECT RAISE(ABORT, 'a canary is never deleted'); END;
      CREATE TRIGGER canary_plan_is_immutable BEFORE UPDATE ON canary_plan
        BEGIN SELECT RAISE(ABORT, 'a revision of a plan never changes'); END;
      CREATE TRIGGER canary_plan_is_kept BEFORE DELETE ON canary_plan
        BEGIN SELECT RAISE(ABORT, 'a revision of a plan is never deleted'); END;
      CREATE TRIGGER canary_look_is_immutable BEFORE UPDATE ON canary_look
        BEGIN SELECT RAISE(ABORT, 'a look never changes'); END;
      CREATE TRIGGER canary_look_is_kept BEFORE DELETE ON canary_look
        BEGIN SELECT RAISE(ABORT, 'a look is never deleted'); END;
      CREATE TRIGGER canary_verdict_is_immutable BEFORE UPDATE ON canary_verdict
        BEGIN SELECT RAISE(ABORT, 'a verdict never changes'); END;
      CREATE TRIGGER canary_verdict_is_kept BEFORE DELETE ON canary_verdict
        BEGIN SELECT RAISE(ABORT, 'a verdict is never deleted'); END;
    `);
  },
};
