import type { Migration } from '../migrate';

/** Adds incidents: alerts taken together, what happened with its evidence, and how long it may take. */
export const incidentRecord: Migration = {
  version: 14,
  name: 'incidentRecord',
  up(db) {
    db.exec(`
      CREATE TABLE incident (
        id            TEXT PRIMARY KEY,
        model_id      TEXT NOT NULL REFERENCES model (id),
        title         TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        opened_at_utc TEXT NOT NULL,
        opened_by     TEXT NOT NULL REFERENCES person (id),
        state         TEXT NOT NULL CHECK (state IN ('open', 'closed')),
        began_at_utc  TEXT,                        -- NULL while nobody knows
        post_mortem   TEXT NOT NULL DEFAULT '',
        revision      INTEGER NOT NULL DEFAULT 0   -- optimistic lock, +1 per step
      ) STRICT;
      CREATE INDEX incident_model ON incident (model_id, opened_at_utc);
      CREATE TABLE incident_alert (
        alert_id    TEXT PRIMARY KEY REFERENCES alert (id),
        incident_id TEXT NOT NULL REFERENCES incident (id)
      ) STRICT;
      CREATE INDEX incident_alert_incident ON incident_alert (incident_id);
      CREATE TABLE incident_entry (
        incident_id     TEXT NOT NULL REFERENCES incident (id),
        ordinal         INTEGER NOT NULL CHECK (ordinal > 0),
        kind            TEXT NOT NULL CHECK (kind IN
          ('detection', 'decision', 'rollback', 'retraining', 'restoration', 'note')),
        at_utc          TEXT NOT NULL,             -- when it happened
        text            TEXT NOT NULL,
        evidence        TEXT CHECK (evidence IS NULL OR json_type(evidence, '$.evidence.kind') = 'text'),
        recorded_by     TEXT NOT NULL REFERENCES person (id),
        recorded_at_utc TEXT NOT NULL,
        PRIMARY KEY (incident_id, ordinal)
      ) STRICT;
      CREATE TABLE incident_step (
        incident_id TEXT NOT NULL REFERENCES incident (id),
        revision    INTEGER NOT NULL CHECK (revision >= 0),
        act         TEXT NOT NULL CHECK (act IN
          ('open', 'addEntry', 'setBegan', 'writePostMortem', 'close', 'reopen')),
        text        TEXT NOT NULL,                 -- the reason; of a post-mortem its text
        changed_by  TEXT NOT NULL REFERENCES person (id),
        at_utc      TEXT NOT NULL,
        PRIMARY KEY (incident_id, revision)
      ) STRICT;
      CREATE TABLE incident_target (
        model_id     TEXT NOT NULL REFERENCES model (id),
        revision     INTEGER NOT NULL CHECK (revision > 0),
        target_hours INTEGER NOT NULL CHECK (target_hours BETWEEN 1 AND 8760),
        set_at_utc   TEXT NOT NULL,
        set_by       TEXT NOT NULL REFERENCES person (id),
        reason       TEXT NOT NULL,
        PRIMARY KEY (model_id, revision)
      ) STRICT;

      CREATE TRIGGER incident_is_kept BEFORE DELETE ON incident
        BEGIN SELECT RAISE(ABORT, 'an incident is closed, never deleted'); END;
      CREATE TRIGGER incident_follows_its_steps BEFORE UPDATE ON incident
      WHEN NEW.model_id IS NOT OLD.model_id OR NEW.title IS NOT OLD.title
        OR NEW.opened_at_utc IS NOT OLD.opened_at_utc OR NEW.opened_by IS NOT OLD.opened_by
        OR NEW.revision IS NOT OLD.revision + 1
        BEGIN SELECT RAISE(ABORT, 'an incident changes by steps only'); END;
      CREATE TRIGGER incident_alert_is_immutable BEFORE UPDATE ON incident_alert
        BEGIN SELECT RAISE(ABORT, 'an alert stays with its incident'); END;
      CREATE TRIGGER incident_alert_is_kept BEFORE DELETE ON incident_alert
        BEGIN SELECT RAISE(ABORT, 'an alert stays with its incident'); END;
      CREATE TRIGGER incident_entry_is_immutable BEFORE UPDATE ON incident_entry
        BEGIN SELECT RAISE(ABORT, 'an entry of a timeline never changes'); END;
      CREATE TRIGGER incident_entry_is_kept BEFORE DELETE ON incident_entry
        BEGIN SELECT RAISE(ABORT, 'an entry of a timeline is never deleted'); END;
      CREATE TRIGGER incident_step_is_immutable BEFORE UPDATE ON incident_step
        BEGIN SELECT RAISE(ABORT, 'a step never changes'); END;
      CREATE TRIGGER incident_step_is_kept BEFORE DELETE ON incident_step
        BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;
      CREATE TRIGGER incident_target_is_immutable BEFORE UPDATE ON incident_target
        BEGIN SELECT RAISE(ABORT, 'a revision of a target never changes'); END;
      CREATE TRIGGER incident_target_is_kept BEFORE DELETE ON incident_target
        BEGIN SELECT RAISE(ABORT, 'a revision of a target is never deleted'); END;
    `);
  },
};
