import type { Migration } from '../migrate';

/** Adds the data-flow map: its revisions, their approvals, and findings that somebody lets stand. */
export const dataflow: Migration = {
  version: 23,
  name: 'dataflow',
  up(db) {
    db.exec(`
      CREATE TABLE dataflow_revision (
        revision       INTEGER PRIMARY KEY CHECK (revision > 0),
        content        TEXT NOT NULL CHECK (json_type(content) = 'object'),
        content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
        reason         TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
        saved_at_utc   TEXT NOT NULL,
        saved_by       TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE TABLE dataflow_approval (
        signature_id    TEXT PRIMARY KEY REFERENCES signature (id),
        revision        INTEGER NOT NULL REFERENCES dataflow_revision (revision),
        approved_at_utc TEXT NOT NULL,
        approved_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE INDEX dataflow_approval_revision ON dataflow_approval (revision);
      CREATE TABLE dataflow_acceptance (
        ordinal         INTEGER PRIMARY KEY CHECK (ordinal > 0),
        revision        INTEGER NOT NULL REFERENCES dataflow_revision (revision),
        finding_key     TEXT NOT NULL CHECK (length(finding_key) BETWEEN 1 AND 200),
        finding_text    TEXT NOT NULL CHECK (length(finding_text) BETWEEN 1 AND 2000),
        reason          TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
        expires_on      TEXT NOT NULL CHECK (length(expires_on) = 10),
        accepted_at_utc TEXT NOT NULL,
        accepted_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE INDEX dataflow_acceptance_finding ON dataflow_acceptance (finding_key);
    `);
    for (const table of ['dataflow_revision', 'dataflow_approval', 'dataflow_acceptance']) {
      db.exec(`
        CREATE TRIGGER ${table}_stays BEFORE DELETE ON ${table}
          BEGIN SELECT RAISE(ABORT, '${table} rows are never deleted'); END;
        CREATE TRIGGER ${table}_is_fixed BEFORE UPDATE ON ${table}
          BEGIN SELECT RAISE(ABORT, '${table} rows never change'); END;
      `);
    }
  },
};
