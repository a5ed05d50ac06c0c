import type { Migration } from '../migrate';

/** Adds what may change about a model and its versions: facts, tags, aliases, stages, and the gates between them. */
export const lifecycle: Migration = {
  version: 9,
  name: 'lifecycle',
  up(db) {
    db.exec(`
      ALTER TABLE model ADD COLUMN intended_use TEXT;  -- NULL until somebody says so
      ALTER TABLE model ADD COLUMN risk_class TEXT     -- of the EU AI Act; NULL: not assessed
        CHECK (risk_class IN ('prohibited', 'high', 'limited', 'minimal', 'generalPurpose'));
      ALTER TABLE model ADD COLUMN tags TEXT           -- JSON array of words
        CHECK (tags IS NULL OR json_type(tags) = 'array');
      ALTER TABLE model ADD COLUMN revision INTEGER;   -- optimistic lock; NULL counts as 0

      CREATE TABLE version_tag (
        version_id TEXT PRIMARY KEY REFERENCES model_version (id),
        tags       TEXT NOT NULL CHECK (json_type(tags) = 'array'),
        revision   INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE alias_change (
        ordinal    INTEGER PRIMARY KEY,
        model_id   TEXT NOT NULL REFERENCES model (id),
        alias      TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 120),
        version_id TEXT REFERENCES model_version (id),  -- NULL: taken away
        at_utc     TEXT NOT NULL,
        changed_by TEXT NOT NULL REFERENCES person (id),
        reason     TEXT NOT NULL
      ) STRICT;
      CREATE INDEX alias_change_model ON alias_change (model_id, alias, ordinal);
      CREATE INDEX alias_change_version ON alias_change (version_id);

      CREATE TABLE lifecycle_policy (
        model_id   TEXT NOT NULL REFERENCES model (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),
        policy     TEXT NOT NULL,                       -- JSON: the gates before each stage
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL REFERENCES person (id),
        reason     TEXT NOT NULL,
        PRIMARY KEY (model_id, revision)
      ) STRICT;

      CREATE TABLE promotion_request (
        id               TEXT PRIMARY KEY,
        model_id         TEXT NOT NULL REFERENCES model (id),
        version_id       TEXT NOT NULL REFERENCES model_version (id),
        to_stage         TEXT NOT NULL CHECK (to_stage IN ('Staging', 'Production')),
        reason           TEXT NOT NULL,
        requested_by     TEXT NOT NULL REFERENCES person (id),
        requested_at_utc TEXT NOT NULL,
        closed_at_utc    TEXT,                          -- NULL while open
        closed_by        TEXT REFERENCES person (id),
        outcome          TEXT CHECK (outcome IN ('promoted', 'rejected', 'withdrawn')),
        CHECK ((closed_at_utc IS NULL) = (outcome IS NULL))
      ) STRICT;
      CREATE INDEX promotion_request_model ON promotion_request (model_id, requested_at_utc);
      CREATE UNIQUE INDEX promotion_request_open ON promotion_request (version_id)
        WHERE closed_at_utc IS NULL;

      CREATE TABLE stage_change (
        ordinal    INTEGER PRIMARY KEY,
        model_id   TEXT NOT NULL REFERENCES model (id),
        version_id TEXT NOT NULL REFERENCES model_version (id),
        from_stage TEXT NOT NULL CHECK (from_stage IN ('None', 'Staging', 'Production', 'Archived')),
        to_stage   TEXT NOT NULL CHECK (to_stage IN ('Staging', 'Production', 'Archived')),
        kind       TEXT NOT NULL CHECK (kind IN ('promotion', 'rollback', 'archiving')),
        request_id TEXT REFERENCES promotion_request (id),
        at_utc     TEXT NOT NULL,
        changed_by TEXT NOT NULL REFERENCES person (id),
        reason     TEXT NOT NULL,
        CHECK (from_stage <> to_stage)
      ) STRICT;
      CREATE INDEX stage_change_model ON stage_change (model_id, ordinal);

      CREATE TABLE version_stage (                      -- where each version stands now; None has no row
        version_id TEXT PRIMARY KEY REFERENCES model_version (id),
        model_id   TEXT NOT NULL REFERENCES model (id),
        stage      TEXT NOT NULL CHECK (stage IN ('Staging', 'Production', 'Archived')),
        ordinal    INTEGER NOT NULL REFERENCES stage_change (ordinal)
      ) STRICT;
      CREATE UNIQUE INDEX version_stage_live ON version_stage (model_id) WHERE stage = 'Production';
      CREATE INDEX version_stage_model ON version_stage (model_id, stage);

      CREATE TRIGGER version_tag_is_kept BEFORE DELETE ON version_tag
        BEGIN SELECT RAISE(ABORT, 'tags are emptied, never deleted'); END;
      CREATE TRIGGER alias_change_is_immutable BEFORE UPDATE ON alias_change
        BEGIN SELECT RAISE(ABORT, 'a change of alias never changes'); END;
      CREATE TRIGGER alias_change_is_kept BEFORE DELETE ON alias_change
        BEGIN SELECT RAISE(ABORT, 'a change of alias is never deleted'); END;
      CREATE TRIGGER lifecycle_policy_is_immutable BEFORE UPDATE ON lifecycle_policy
        BEGIN SELECT RAISE(ABORT, 'a revision of a policy never changes'); END;
      CREATE TRIGGER lifecycle_policy_is_kept BEFORE DELETE ON lifecycle_policy
        BEGIN SELECT RAISE(ABORT, 'a revision of a policy is never deleted'); END;
      CREATE TRIGGER promotion_request_is_closed_once BEFORE UPDATE ON promotion_request
      WHEN OLD.closed_at_utc IS NOT NULL OR NEW.closed_at_utc IS NULL
        OR NEW.model_id IS NOT OLD.model_id OR NEW.version_id IS NOT OLD.version_id
        OR NEW.to_stage IS NOT OLD.to_stage OR NEW.reason IS NOT OLD.reason
        OR NEW.requested_by IS NOT OLD.requested_by
        OR NEW.requested_at_utc IS NOT OLD.requested_at_utc
        BEGIN SELECT RAISE(ABORT, 'a promotion request is only closed, once'); END;
      CREATE TRIGGER promotion_request_is_kept BEFORE DELETE ON promotion_request
        BEGIN SELECT RAISE(ABORT, 'a promotion request is never deleted'); END;
      CREATE TRIGGER stage_change_is_immutable BEFORE UPDATE ON stage_change
        BEGIN SELECT RAISE(ABORT, 'a change of stage never changes'); END;
      CREATE TRIGGER stage_change_is_kept BEFORE DELETE ON stage_change
        BEGIN SELECT RAISE(ABORT, 'a change of stage is never deleted'); END;
      CREATE TRIGGER version_stage_is_kept BEFORE DELETE ON version_stage
        BEGIN SELECT RAISE(ABORT, 'a stage is changed, never deleted'); END;
      CREATE TRIGGER version_stage_follows_change BEFORE INSERT ON version_stage
      WHEN NOT EXISTS (SELECT 1 FROM stage_change c WHERE c.ordinal = NEW.ordinal
        AND c.version_id = NEW.version_id AND c.to_stage = NEW.stage)
        BEGIN SELECT RAISE(ABORT, 'a stage follows a recorded change'); END;
      CREATE TRIGGER version_stage_follows_later_change BEFORE UPDATE ON version_stage
      WHEN NEW.ordinal <= OLD.ordinal
        OR NOT EXISTS (SELECT 1 FROM stage_change c WHERE c.ordinal = NEW.ordinal
          AND c.version_id = NEW.version_id AND c.to_stage = NEW.stage AND c.from_stage = OLD.stage)
        BEGIN SELECT RAISE(ABORT, 'a stage follows a recorded change'); END;
    `);
  },
};
