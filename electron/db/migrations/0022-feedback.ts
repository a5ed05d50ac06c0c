import type { Migration } from '../migrate';

/** Adds what rules do (due actions and what came of them), the outbox, and retraining rules. */
export const feedback: Migration = {
  version: 22,
  name: 'feedback',
  up(db) {
    db.exec(`
      CREATE TABLE rule_action (
        alert_id        TEXT NOT NULL REFERENCES alert (id),
        action          TEXT NOT NULL
          CHECK (action IN ('openIncident', 'recommendRollback', 'rollBack', 'retrain')),
        model_id        TEXT NOT NULL REFERENCES model (id),
        version_id      TEXT NOT NULL REFERENCES model_version (id),
        log_id          TEXT NOT NULL,             -- the window that broke the rule
        rule_id         TEXT NOT NULL,
        policy_revision INTEGER NOT NULL CHECK (policy_revision > 0),
        finding         TEXT NOT NULL,
        due_at_utc      TEXT NOT NULL,
        PRIMARY KEY (alert_id, action)             -- one fault, one action
      ) STRICT;
      CREATE TABLE rule_action_outcome (
        alert_id   TEXT NOT NULL,
        action     TEXT NOT NULL,
        outcome    TEXT NOT NULL CHECK (outcome IN ('done', 'recommended', 'notDone')),
        text       TEXT NOT NULL,
        subject_id TEXT,                           -- the incident, version or packet that came of it
        at_utc     TEXT NOT NULL,
        acted_by   TEXT NOT NULL REFERENCES person (id),
        PRIMARY KEY (alert_id, action),
        FOREIGN KEY (alert_id, action) REFERENCES rule_action (alert_id, action)
      ) STRICT;
      CREATE TABLE outbox_folder (
        revision   INTEGER PRIMARY KEY CHECK (revision > 0),
        path       TEXT,                           -- NULL: none
        reason     TEXT NOT NULL,
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE TABLE outbox_manifest (
        stage_ordinal  INTEGER PRIMARY KEY REFERENCES stage_change (ordinal),
        model_id       TEXT NOT NULL REFERENCES model (id),
        file_name      TEXT NOT NULL UNIQUE,
        content        TEXT NOT NULL CHECK (json_valid(content)),
        created_at_utc TEXT NOT NULL
      ) STRICT;
      CREATE TABLE outbox_delivery (
        stage_ordinal  INTEGER PRIMARY KEY REFERENCES outbox_manifest (stage_ordinal),
        written_at_utc TEXT NOT NULL,
        written_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE TABLE retraining_policy (
        model_id   TEXT NOT NULL REFERENCES model (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),
        policy     TEXT NOT NULL CHECK (json_valid(policy)),
        reason     TEXT NOT NULL,
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL,                  -- printed name
        PRIMARY KEY (model_id, revision)
      ) STRICT;
      CREATE TABLE retraining_firing (
        model_id        TEXT NOT NULL REFERENCES model (id),
        rule_id         TEXT NOT NULL,
        cause           TEXT NOT NULL,             -- what set it off; the same sets it off once
        policy_revision INTEGER NOT NULL CHECK (policy_revision > 0),
        finding         TEXT NOT NULL,
        packet_id       TEXT NOT NULL REFERENCES handoff_packet (id),
        fired_at_utc    TEXT NOT NULL,
        fired_by        TEXT NOT NULL REFERENCES person (id),
        PRIMARY KEY (model_id, rule_id, cause)
      ) STRICT;
    `);
    for (const table of TABLES) {
      db.exec(`
        CREATE TRIGGER ${table}_stays BEFORE DELETE ON ${table}
          BEGIN SELECT RAISE(ABORT, '${table} rows are never deleted'); END;
        CREATE TRIGGER ${table}_is_fixed BEFORE UPDATE ON ${table}
          BEGIN SELECT RAISE(ABORT, '${table} rows never change'); END;
      `);
    }
  },
};

const TABLES = [
  'rule_action',
  'rule_action_outcome',
  'outbox_folder',
  'outbox_manifest',
  'outbox_delivery',
  'retraining_policy',
  'retraining_firing',
];
