import type { Migration } from '../migrate';

/** Adds alerts: one per drift report that breaks its policy. */
export const incident: Migration = {
  version: 5,
  name: 'incident',
  up(db) {
    db.exec(`
      CREATE TABLE alert (
        id                  TEXT PRIMARY KEY,
        model_id            TEXT NOT NULL REFERENCES model (id),
        report_id           TEXT NOT NULL UNIQUE REFERENCES drift_report (id),
        severity            TEXT NOT NULL CHECK (severity IN ('warning', 'critical')),
        message             TEXT NOT NULL,
        features            TEXT NOT NULL,           -- JSON: name, primary, value, threshold
        raised_at_utc       TEXT NOT NULL,
        acknowledged_at_utc TEXT,                    -- NULL while new
        acknowledged_by     TEXT,
        reason              TEXT,
        revision            INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX alert_open ON alert (model_id) WHERE acknowledged_at_utc IS NULL;
    `);
  },
};
