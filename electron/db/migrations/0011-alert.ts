import type { Migration } from '../migrate';

/**
 * Lets anything that breaks a rule raise an alert, not drift reports alone, and keeps every time it broke
 * and everything that was done about it.
 *
 * The table is made anew under its name, because its column of reports was required and unique; every row
 * moves with its identifier, its report becomes its first occurrence, its acknowledgement its first step.
 */
export const alert: Migration = {
  version: 11,
  name: 'alert',
  up(db) {
    db.exec(`
      ALTER TABLE alert RENAME TO alert_before;
      CREATE TABLE alert (
        id                TEXT PRIMARY KEY,
        model_id          TEXT NOT NULL REFERENCES model (id),
        version_id        TEXT REFERENCES model_version (id), -- NULL: of the model as a whole
        segment           TEXT,                               -- NULL: of all rows
        rule              TEXT NOT NULL CHECK (length(rule) BETWEEN 1 AND 120),
        severity          TEXT NOT NULL CHECK (severity IN ('warning', 'critical')),
        raised_at_utc     TEXT NOT NULL,
        state             TEXT NOT NULL DEFAULT 'new'
          CHECK (state IN ('new', 'acknowledged', 'owned', 'explained', 'closed')),
        owner_id          TEXT REFERENCES person (id),        -- NULL while nobody owns it
        snoozed_until_utc TEXT,
        revision          INTEGER NOT NULL DEFAULT 0          -- optimistic lock, +1 per step
      ) STRICT;
      CREATE TABLE alert_occurrence (                         -- each time the rule was broken
        alert_id TEXT NOT NULL REFERENCES alert (id),
        ordinal  INTEGER NOT NULL CHECK (ordinal > 0),
        source   TEXT NOT NULL CHECK (json_type(source, '$.kind') = 'text'),
        label    TEXT NOT NULL,                               -- how people call the source
        severity TEXT NOT NULL CHECK (severity IN ('warning', 'critical')),
        message  TEXT NOT NULL,
        features TEXT NOT NULL CHECK (json_type(features) = 'array'),
        at_utc   TEXT NOT NULL,
        PRIMARY KEY (alert_id, ordinal)
      ) STRICT;
      CREATE TABLE alert_step (                               -- each thing that was done about it
        alert_id   TEXT NOT NULL REFERENCES alert (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),     -- that the step made
        act        TEXT NOT NULL
          CHECK (act IN ('acknowledge', 'own', 'explain', 'snooze', 'close', 'wake')),
        owner      TEXT,                                      -- printed name of the new owner
        until_utc  TEXT,                                      -- end of a snooze
        text       TEXT NOT NULL,                             -- reason or explanation
        changed_by TEXT,                                      -- printed name; NULL: a worse occurrence
        at_utc     TEXT NOT NULL,
        PRIMARY KEY (alert_id, revision)
      ) STRICT;

      INSERT INTO alert (id, model_id, version_id, rule, severity, raised_at_utc, state, revision)
        SELECT a.id, a.model_id, r.version_id, 'drift', a.severity, a.raised_at_utc,
          iif(a.acknowledged_at_utc IS NULL, 'new', 'acknowledged'), a.revision
        FROM alert_before a JOIN drift_report r ON r.id = a.report_id;
      INSERT INTO alert_occurrence
        SELECT a.id, 1, json_object('kind', 'drift', 'reportId', a.report_id), r.label, a.severity,
          a.message, a.features, a.raised_at_utc
        FROM alert_before a JOIN drift_report r ON r.id = a.report_id;
      INSERT INTO alert_step
        SELECT id, revision, 'acknowledge', NULL, NULL, coalesce(reason, ''), acknowledged_by,
          acknowledged_at_utc
        FROM alert_before WHERE acknowledged_at_utc IS NOT NULL;
      DROP TABLE alert_before;

      CREATE INDEX alert_waiting ON alert (model_id) WHERE state = 'new';
      CREATE INDEX alert_rule ON alert (model_id, rule) WHERE state <> 'closed';

      CREATE TRIGGER alert_is_kept BEFORE DELETE ON alert
        BEGIN SELECT RAISE(ABORT, 'an alert is closed, never deleted'); END;
      CREATE TRIGGER alert_facts_are_immutable BEFORE UPDATE ON alert
      WHEN NEW.model_id IS NOT OLD.model_id OR NEW.version_id IS NOT OLD.version_id
        OR NEW.segment IS NOT OLD.segment OR NEW.rule IS NOT OLD.rule
        OR NEW.raised_at_utc IS NOT OLD.raised_at_utc OR OLD.state = 'closed'
        BEGIN SELECT RAISE(ABORT, 'what an alert is about never changes, and a closed one stays closed'); END;
      CREATE TRIGGER alert_occurrence_is_immutable BEFORE UPDATE ON alert_occurrence
        BEGIN SELECT RAISE(ABORT, 'an occurrence never changes'); END;
      CREATE TRIGGER alert_occurrence_is_kept BEFORE DELETE ON alert_occurrence
        BEGIN SELECT RAISE(ABORT, 'an occurrence is never deleted'); END;
      CREATE TRIGGER alert_step_is_immutable BEFORE UPDATE ON alert_step
        BEGIN SELECT RAISE(ABORT, 'a step never changes'); END;
      CREATE TRIGGER alert_step_is_kept BEFORE DELETE ON alert_step
        BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;
    `);
  },
};
